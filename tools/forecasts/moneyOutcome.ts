import { breakEvenUplift, grossRoi, netRoi, SCENARIO_DRAWS } from "../../forecasting/index.ts";
import { type Ends, type Range, rangeOf, rangesOf } from "../statistics.ts";
import type { ForecastGround } from "./forecastGround.ts";
import { statementOf } from "./statement.ts";
import { type LineTerms, lineTerms, vatRate } from "./terms.ts";
import type { PromotionForecast, PromotionSpec } from "./types.ts";
import type { UnitOutcome, Units } from "./unitOutcome.ts";

/** Money of a promotion, major units; draws belong to the same worlds as those of the units. */
export interface MoneyOutcome {
  readonly lines: readonly LineTerms[];
  readonly spend: number | null;
  readonly profit: Range | null;
  readonly net: Range | null;
  /** 95 % interval of `net`. */
  readonly netWide: Ends | null;
  readonly netDraws: Float64Array | null;
  readonly netRoi: Range | null;
  readonly grossRoi: number | null;
  readonly breakEven: number | null;
  /** No uplift pays for the promotion: the allowance is not below the margin. */
  readonly neverPays: boolean;
  readonly lossProbability: number | null;
  readonly retailer: PromotionForecast["retailer"];
  readonly statement: PromotionForecast["statement"];
}

/** Units that a product gains over the window and loses in the weeks after it, world by world. */
const gainOf = (window: Units, after: Units, d: number | null): number =>
  d === null
    ? window.with - window.without - Math.max(0, after.without - after.with)
    : window.drawsWith[d]! - window.drawsWithout[d]! - Math.max(0, after.drawsWithout[d]! - after.drawsWith[d]!);

const changeOf = (units: Units, d: number | null): number =>
  d === null ? units.with - units.without : units.drawsWith[d]! - units.drawsWithout[d]!;

const soldOf = (units: Units, d: number | null): number => (d === null ? units.with : units.drawsWith[d]!);

/**
 * Profit = Σ lines margin × (window gain − dip) + Σ other products margin × change; S = Σ allowance × units sold + F.
 * Null where a promoted product's cost, list price or allowance is not known.
 */
export function moneyOutcome(ground: ForecastGround, spec: PromotionSpec, units: UnitOutcome): MoneyOutcome {
  const lines = spec.product_ids.map((id) => lineTerms(ground, spec, id));
  const others = units.others.map((other) => lineTerms(ground, spec, other.product_id));
  const allowances = lines.map((line) => line.allowance);
  const margins = lines.map((line) => line.margin);
  const spendIn = allChecked(allowances)
    ? (d: number | null) => units.promoted.reduce((sum, u, k) => sum + allowances[k]! * soldOf(u, d), spec.fixed_spend)
    : null;
  const profitIn = allChecked(margins)
    ? (d: number | null) =>
        units.promoted.reduce((sum, u, k) => sum + margins[k]! * gainOf(u, units.after[k]!, d), 0) +
        units.others.reduce((sum, u, k) => sum + (others[k]!.margin ?? 0) * changeOf(u, d), 0)
    : null;
  const spend = spendIn ? spendIn(null) : null;
  const profit = profitIn ? ranged(profitIn) : null;
  const netIn = spendIn && profitIn ? (d: number | null) => profitIn(d) - spendIn(d) : null;
  const netDraws = netIn ? Float64Array.from({ length: SCENARIO_DRAWS }, (_, d) => netIn(d)) : null;
  const net = netIn && netDraws ? rangesOf(netIn(null), netDraws) : null;
  const roi = spendIn && profitIn && spend ? (d: number | null) => netRoi(profitIn(d), spendIn(d)) ?? 0 : null;
  const even = spend === null ? null : evenUplift(lines, units, spec.fixed_spend);
  return {
    lines,
    spend,
    profit,
    net: net?.range ?? null,
    netWide: net?.wide ?? null,
    netDraws,
    netRoi: roi ? ranged(roi) : null,
    grossRoi: profit && spend ? grossRoi(profit.mean, spend) : null,
    breakEven: even?.possible ? even.uplift : null,
    neverPays: even?.possible === false,
    lossProbability: netDraws ? netDraws.filter((net) => net < 0).length / netDraws.length : null,
    retailer: retailerView(ground, spec, units, lines, others),
    statement: statementOf(units, lines, others, spec.fixed_spend, 1 + vatRate(ground, spec.account_id)),
  };
}

const allChecked = (values: readonly (number | null)[]): values is readonly number[] => values.every((v) => v !== null);

const ranged = (of: (d: number | null) => number): Range =>
  rangeOf(
    of(null),
    Float64Array.from({ length: SCENARIO_DRAWS }, (_, d) => of(d)),
  );

/** Break-even uplift at the lines' terms, weighted by their baselines; null where a margin is not known. */
function evenUplift(lines: readonly LineTerms[], units: UnitOutcome, fixed: number) {
  const baseline = units.promoted.reduce((sum, u) => sum + u.without, 0);
  if (baseline <= 0 || lines.some((line) => line.margin === null || line.allowance === null)) return null;
  const weighted = (of: (line: LineTerms) => number): number =>
    lines.reduce((sum, line, k) => sum + of(line) * units.promoted[k]!.without, 0) / baseline;
  return breakEvenUplift(
    weighted((line) => line.allowance!),
    fixed,
    baseline,
    weighted((line) => line.margin!),
  );
}

/** The retailer's margin with and without, and the change of its cash margin, fees from the firm included; null where a price is not known. */
function retailerView(
  ground: ForecastGround,
  spec: PromotionSpec,
  units: UnitOutcome,
  lines: readonly LineTerms[],
  others: readonly LineTerms[],
): PromotionForecast["retailer"] {
  const tax = 1 + vatRate(ground, spec.account_id);
  let [sales, cash, everydaySales, everydayCash, extra] = [0, 0, 0, 0, spec.fixed_spend];
  for (const [k, line] of lines.entries()) {
    if (line.everyday === null || line.promoted === null || line.net === null || line.allowance === null) return null;
    const window = units.promoted[k]!;
    const after = units.after[k]!;
    const everyday = line.everyday / tax - line.net;
    sales += (window.with * line.promoted) / tax;
    cash += window.with * (line.promoted / tax - line.net + line.allowance);
    everydaySales += (window.without * line.everyday) / tax;
    everydayCash += window.without * everyday;
    extra -= Math.max(0, after.without - after.with) * everyday;
  }
  for (const [k, other] of others.entries()) {
    if (other.everyday !== null && other.net !== null)
      extra += changeOf(units.others[k]!, null) * (other.everyday / tax - other.net);
  }
  if (sales <= 0 || everydaySales <= 0) return null;
  return {
    margin: cash / sales,
    everyday_margin: everydayCash / everydaySales,
    extra_profit: extra + cash - everydayCash,
  };
}
