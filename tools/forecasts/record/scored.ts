import type { PromotionTable } from "../../../data/store/schema/promotions.ts";
import { bias, coverage, wape } from "../../../forecasting/index.ts";
import type { Ends, Range } from "../../statistics.ts";

/** A figure as it was forecast, with its 80 % and 95 % interval, and what it came to. */
export interface Outcome extends Range {
  readonly wide: Ends;
  readonly actual: number;
}

/** One promotion (or promoted week) whose forecast can be held against what came of it. */
export interface Scored {
  /** Null for a promoted week of a store without promotions. */
  readonly promotion_id: number | null;
  readonly account_id: number;
  readonly product_ids: readonly number[];
  readonly mechanic: PromotionTable["mechanic"] | null;
  /** What shoppers save on average, a fraction; null where it is not known. */
  readonly depth: number | null;
  /** `made`: told to a person before the promotion ran. `tried`: computed afterwards by a model that had seen nothing of it. */
  readonly source: "made" | "tried";
  readonly units: Outcome;
  /** True incremental units, as measured afterwards; null where they are not measured. */
  readonly gain: Outcome | null;
  /** Units that a person planned with, where the plan was hers and not the program's. */
  readonly planned: number | null;
  /** She set it against a forecast that she was shown. */
  readonly overridden: boolean;
}

/** With fewer than this many nothing is said about how good forecasts were. */
export const ENOUGH = 5;

/** Errors of some forecasts: WAPE and bias of the mean, and how many of the n intervals held. */
export interface Score {
  readonly n: number;
  readonly wape: number;
  readonly bias: number;
  /** Intervals of 80 % and 95 % that held what came, as a number of promotions and as a share. */
  readonly held: number;
  readonly coverage: number;
  readonly wide_held: number;
  readonly wide_coverage: number;
}

/** Null for fewer than the least number, or where nothing was sold. */
export function scoreOf(outcomes: readonly Outcome[]): Score | null {
  if (outcomes.length < ENOUGH) return null;
  const actual = outcomes.map((o) => o.actual);
  const mean = outcomes.map((o) => o.mean);
  const [error, off] = [wape(actual, mean), bias(actual, mean)];
  if (error === null || off === null) return null;
  const held = (of: (o: Outcome) => Ends): number => outcomes.filter((o) => inside(o, of(o))).length;
  const share = (of: (o: Outcome) => Ends): number =>
    coverage(
      actual,
      outcomes.map((o) => of(o).low),
      outcomes.map((o) => of(o).high),
    )!;
  const wide = (o: Outcome): Ends => o.wide;
  return {
    n: outcomes.length,
    wape: error,
    bias: off,
    held: held((o) => o),
    coverage: share((o) => o),
    wide_held: held(wide),
    wide_coverage: share(wide),
  };
}

const inside = ({ actual }: Outcome, { low, high }: Ends): boolean => actual >= low && actual <= high;
