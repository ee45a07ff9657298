import { LARGEST_VARIANCE } from "../predict/forecast.ts";
import type { RowEffect } from "./effects.ts";
import type { ScenarioFactors } from "./factors.ts";
import { addProfit, addScaled, addThree, countLosses, sumProducts } from "./kernels.ts";
import type { ScenarioStart } from "./start.ts";
import { SCENARIO_DRAWS } from "./worlds.ts";

const LARGEST = 1e15;
const N = SCENARIO_DRAWS;

/** Money a unit; by product of the line-up, and of the others (0 where not known). All in one currency, ex tax. */
export interface ScenarioTerms {
  /** Null where not known: there is no profit then. */
  readonly margin: ArrayLike<number> | null;
  readonly allowance: ArrayLike<number>;
  readonly fixed: number;
  readonly otherMargin: ArrayLike<number>;
  /** Null where a price is not known. */
  readonly retailer: RetailerTerms | null;
}

/** The retailer's cash margin a unit: everyday, and promoted with the firm's allowance; on the others every day. */
export interface RetailerTerms {
  readonly everyday: ArrayLike<number>;
  readonly promoted: ArrayLike<number>;
  readonly others: ArrayLike<number>;
}

/** Expected units and money of a scenario, and the probability that the firm loses money on it. */
export interface ScenarioValue {
  readonly units: number;
  readonly baseline: number;
  readonly dip: number;
  readonly cannibalised: number;
  readonly halo: number;
  readonly trueIncremental: number;
  readonly spend: number;
  /** Incremental profit before spend; null, as what follows from it, where margins are not known. */
  readonly profit: number | null;
  readonly netProfit: number | null;
  readonly probabilityOfLoss: number | null;
  /** Change of the retailer's cash margin, the firm's payments included; null where its prices are not known. */
  readonly retailerGain: number | null;
}

/**
 * One scenario: a design for a line-up from a start on. Means and draws are those that `scenarioDraws` gives the same
 * plan, to rounding; profit = Σ margin (gain − dip) + Σ others' margin × change, spend = Σ allowance × units + fixed.
 * @param start an account's weeks; its window is that of the effect
 * @param factors draws of the design
 */
export function evaluateScenario(start: ScenarioStart, factors: ScenarioFactors, terms: ScenarioTerms): ScenarioValue {
  const { net } = start;
  const { weeks } = start.window;
  const { effect } = factors;
  let [units, baseline, dip, cannibalised, halo] = [0, 0, 0, 0, 0];
  let [profit, spend, retailer] = [0, terms.fixed, terms.fixed];
  net.fill(-terms.fixed);
  for (let i = 0; i < effect.places.length; i++) {
    const place = effect.places[i]!;
    const rows = effect.products[i]!;
    const margin = terms.margin ? terms.margin[i]! : 0;
    const allowance = terms.allowance[i]!;
    const off = start.meanOff(place);
    const on = meanUnder(start, place, rows, 0, weeks);
    const lost = Math.max(0, off.after - meanUnder(start, place, rows, weeks, rows.length));
    units += on;
    baseline += off.window;
    dip += lost;
    profit += margin * (on - off.window - lost);
    spend += allowance * on;
    if (terms.retailer)
      retailer += on * terms.retailer.promoted[i]! - (off.window + lost) * terms.retailer.everyday[i]!;
    addOwn(start, factors, i, on > 0 && off.window > 0 ? Math.log(on / off.window) : 0, margin, allowance);
  }
  for (let k = 0; k < effect.otherPlaces.length; k++) {
    const place = effect.otherPlaces[k]!;
    const change = meanUnder(start, place, effect.others[k]!, 0, weeks) - start.meanOff(place).window;
    cannibalised += Math.max(0, -change);
    halo += Math.max(0, change);
    profit += terms.otherMargin[k]! * change;
    if (terms.retailer) retailer += change * terms.retailer.others[k]!;
  }
  addOthers(start, factors, terms.otherMargin);
  const losses = countLosses(net);
  return {
    units,
    baseline,
    dip,
    cannibalised,
    halo,
    trueIncremental: units - baseline - dip - cannibalised + halo,
    spend,
    profit: terms.margin && profit,
    netProfit: terms.margin && profit - spend,
    probabilityOfLoss: terms.margin && losses / N,
    retailerGain: terms.retailer ? retailer : null,
  };
}

/** Adds what promoted product i earns less what is paid for it to the profit of each draw. `response` is ln(with / without). */
function addOwn(
  start: ScenarioStart,
  { effect, products, chance, scale }: ScenarioFactors,
  i: number,
  response: number,
  margin: number,
  allowance: number,
): void {
  const place = effect.places[i]!;
  const rows = effect.products[i]!;
  const own = products[i]!;
  const { net, sold, later } = start;
  const { weeks } = start.window;
  const draws = (from: number): Float64Array[] =>
    (from === 0 ? own.window : own.after).map((_, w) => start.draws(place, from + w, rows[from + w]!.of));
  sumProducts(sold, own.window, draws(0));
  sumProducts(later, own.after, draws(weeks));
  const offLater = start.afterOff(place);
  if (!own.quiet) for (let d = 0; d < N; d++) later[d] = (offLater[d]! - later[d]!) * scale[d]!;
  const spread = chance.eventSpread * response;
  const paid = (margin - allowance) * Math.exp((-spread * spread) / 2);
  addProfit(net, sold, start.windowOff(place), later, offLater, chance.event, spread - own.response, paid, margin);
}

/** Adds what the other products win or lose to the profit of each draw, those with weeks alike three at a time. */
function addOthers(start: ScenarioStart, { effect, others, scale }: ScenarioFactors, margins: ArrayLike<number>): void {
  const { net, sold } = start;
  const alike: number[] = [];
  for (let k = 0; k < others.length; k++) {
    const margin = margins[k]!;
    const rows = effect.others[k]!;
    if (margin === 0 || rows.every((row) => row.columns.length === 0)) continue;
    if (others[k]!.alike) {
      alike.push(k);
      continue;
    }
    const place = effect.otherPlaces[k]!;
    const off = start.windowOff(place);
    sumProducts(
      sold,
      others[k]!.rows,
      rows.map((row, w) => start.draws(place, w, row.of)),
    );
    for (let d = 0; d < N; d++) net[d]! += margin * Math.max(-off[d]!, (sold[d]! - off[d]!) * scale[d]!);
  }
  const off = (k: number): Float64Array => start.windowOff(effect.otherPlaces[k]!);
  const share = (k: number): Float64Array => others[k]!.rows[0]!;
  let at = 0;
  for (; at + 2 < alike.length; at += 3) {
    const [a, b, c] = [alike[at]!, alike[at + 1]!, alike[at + 2]!];
    addThree(net, margins[a]!, off(a), share(a), margins[b]!, off(b), share(b), margins[c]!, off(c), share(c));
  }
  for (; at < alike.length; at++) addScaled(net, margins[alike[at]!]!, off(alike[at]!), share(alike[at]!));
}

/** Expected units of a product under a promotion from week `from` of the window to before week `to`. */
function meanUnder(start: ScenarioStart, place: number, rows: readonly RowEffect[], from: number, to: number): number {
  const { cells } = start;
  const p = cells.state.design.columns.length;
  let sum = 0;
  for (let w = from; w < to; w++) {
    const i = start.row(place, w);
    const { mu, columns, change, variance, of } = rows[rows.length === 1 ? 0 : w]!;
    const { spread, noise } = cells.classes[of]!;
    let both = 0;
    for (let c = 0; c < columns.length; c++) both += change[c]! * cells.covarianceX[i * p + columns[c]!]!;
    const parameter = Math.max(0, cells.parameterVariance[i]! + 2 * both + variance);
    const level = cells.levelVariance[i]! - cells.driftVariance[i]!;
    const whole = spread * spread * (parameter + level + cells.noiseVariance[i]! * noise);
    sum += Math.min(LARGEST, Math.exp(cells.mu[i]! + mu + Math.min(LARGEST_VARIANCE, whole) / 2));
  }
  return sum;
}
