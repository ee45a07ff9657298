import type { ScenarioTerms } from "../../forecasting/index.ts";
import type { ForecastGround } from "./forecastGround.ts";
import { allowanceOf, type LineTerms, lineTerms, vatRate } from "./terms.ts";
import type { DesignSpec } from "./types.ts";

/** Money of a line-up and of the products beside it with no promotion, under the contract of a start. */
export interface EverydayTerms {
  readonly own: readonly LineTerms[];
  readonly margin: readonly (number | null)[];
  readonly otherMargin: readonly number[];
  readonly tax: number;
  /** The retailer's cash margin a unit; null where a price is not known. */
  readonly retailer: readonly (number | null)[];
  readonly retailerOthers: readonly number[];
}

/** What a line-up and the products beside it earn a unit before any promotion. */
export function everydayTerms(
  ground: ForecastGround,
  accountId: number,
  productIds: readonly number[],
  otherIds: readonly number[],
  start: string,
): EverydayTerms {
  const terms = (id: number): LineTerms => lineTerms(ground, { account_id: accountId, start }, id);
  const tax = 1 + vatRate(ground, accountId);
  const cash = ({ everyday, net }: LineTerms): number | null =>
    everyday === null || net === null ? null : everyday / tax - net;
  const own = productIds.map(terms);
  const others = otherIds.map(terms);
  return {
    own,
    margin: own.map((line) => line.margin),
    otherMargin: others.map((line) => line.margin ?? 0),
    tax,
    retailer: own.map(cash),
    retailerOthers: others.map((line) => cash(line) ?? 0),
  };
}

/**
 * The same under a design.
 * @param effective effective discount by product
 * @returns null where what is paid for a promoted product is not known
 */
export function promotedTerms(
  ground: ForecastGround,
  design: DesignSpec,
  effective: readonly number[],
  { own, margin, otherMargin, tax, retailer, retailerOthers }: EverydayTerms,
): ScenarioTerms | null {
  const allowance = own.map((line, i) => allowanceOf(ground, design, effective[i]!, line.everyday));
  if (!allKnown(allowance)) return null;
  return {
    margin: allKnown(margin) ? margin : null,
    allowance,
    fixed: design.fixed_spend,
    otherMargin,
    retailer: allKnown(retailer)
      ? {
          everyday: retailer,
          promoted: retailer.map((cash, i) => cash - (own[i]!.everyday! * effective[i]!) / tax + allowance[i]!),
          others: retailerOthers,
        }
      : null,
  };
}

const allKnown = (values: readonly (number | null)[]): values is readonly number[] => values.every((v) => v !== null);
