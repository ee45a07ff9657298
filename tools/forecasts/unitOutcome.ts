import {
  type EventChance,
  type Plan,
  SCENARIO_DRAWS,
  scenarioDraws,
  scenarioNormals,
} from "../../forecasting/index.ts";
import { normalShare } from "../chances.ts";
import { EFFECT_SPREAD } from "../fitting/effectSpread.ts";
import { DIP_WEEKS, windowWeeks } from "../fitting/events.ts";
import { type ForecastGround, soldAt } from "./forecastGround.ts";
import { offerFor, supportShare } from "./offerOfSpec.ts";
import { type PlanCell, planOf, weeksAfter } from "./planRows.ts";
import type { PromotionSpec } from "./types.ts";

/** Units of one product over some weeks with the promotion and without: means, and joint draws (draw d is the same world everywhere). */
export interface Units {
  readonly product_id: number;
  readonly with: number;
  readonly without: number;
  readonly drawsWith: Float64Array;
  readonly drawsWithout: Float64Array;
}

/** What a promotion does to units: its own products in the window and in the weeks after it, and the account's others of the category. */
export interface UnitOutcome {
  readonly promoted: readonly Units[];
  readonly after: readonly Units[];
  readonly others: readonly Units[];
  /** In what promoted products lie outside what was seen of them: the sum of the `BEYOND` that hold, 0 for none. */
  readonly extrapolated: number;
}

const KEPT = new WeakMap<object, Map<string, UnitOutcome>>();
const MOST_KEPT = 256;

/** The outcome in units; kept by model and what of the promotion moves units, since money is often asked about twice. */
export function unitOutcome(ground: ForecastGround, spec: PromotionSpec): UnitOutcome {
  const kept = KEPT.get(ground.fitted) ?? new Map<string, UnitOutcome>();
  KEPT.set(ground.fitted, kept);
  const { payment: _payment, fixed_spend: _fixed, ...moving } = spec;
  const others = otherProducts(ground, spec);
  const offers = spec.product_ids.map((id) => offerFor(ground, spec, id));
  const key = JSON.stringify([moving, others, offers, ground.book.rivals.length]);
  const known = kept.get(key);
  if (known) return known;
  const made = compute(ground, spec, others);
  if (kept.size >= MOST_KEPT) kept.clear();
  kept.set(key, made);
  return made;
}

/**
 * How one promotion of these products as a whole differs from its kind. Named by account and products: the same products in
 * another week, or cut deeper, are the same shoppers.
 */
export function eventChance(ground: ForecastGround, accountId: number, productIds: readonly number[]): EventChance {
  const place = ground.fitted.accountIndex.get(accountId)!;
  const { eventSpread, eventShape } = ground.fitted.ground;
  const range = productIds.reduce((sum, id) => sum + id * 7919, 0);
  return {
    event: shaped(scenarioNormals(place, range), eventShape[place] ?? []),
    eventSpread,
    effects: scenarioNormals(-1 - place, range),
    effectSpread: EFFECT_SPREAD,
  };
}

/** Standard normals as draws of the distribution whose quantiles are given; as they are where there are none. */
function shaped(normals: Float64Array, quantiles: readonly number[]): Float64Array {
  if (quantiles.length === 0) return normals;
  return normals.map((z) => {
    const place = Math.max(0, Math.min(quantiles.length - 1, normalShare(z) * quantiles.length - 0.5));
    const low = Math.floor(place);
    const below = quantiles[low]!;
    return below + (place - low) * ((quantiles[low + 1] ?? below) - below);
  });
}

/** The account's other products of the same categories that are sold over the window. */
function otherProducts(ground: ForecastGround, spec: PromotionSpec): number[] {
  const mine = new Set(spec.product_ids);
  const categories = new Set(spec.product_ids.map((id) => ground.book.productById.get(id)?.category_id));
  return soldAt(ground, spec.account_id, { from: spec.start, to: spec.end }).filter(
    (id) => !mine.has(id) && categories.has(ground.book.productById.get(id)?.category_id),
  );
}

function compute(ground: ForecastGround, spec: PromotionSpec, others: readonly number[]): UnitOutcome {
  const weeks = windowWeeks(spec);
  const display = supportShare(ground, spec, "display");
  const feature = supportShare(ground, spec, "feature");
  const cells: PlanCell[] = [];
  const group: number[] = [];
  const weight: number[] = [];
  const add = (cell: PlanCell, g: number, w: number): void => {
    cells.push(cell);
    group.push(g);
    weight.push(w);
  };
  const own = spec.product_ids.length;
  spec.product_ids.forEach((product_id, k) => {
    const offer = offerFor(ground, spec, product_id);
    const place = { account_id: spec.account_id, product_id };
    for (const { index, share } of weeks) add({ ...place, week: index, offer, display, feature }, 2 * k, share);
    for (const week of weeksAfter(spec.end, DIP_WEEKS)) add({ ...place, week }, 2 * k + 1, 1);
  });
  others.forEach((product_id, k) => {
    const place = { account_id: spec.account_id, product_id };
    for (const { index, share } of weeks) add({ ...place, week: index }, 2 * own + k, share);
    // Not counted, but there: what stands beside the promoted products is the same in the window and after it.
    for (const week of weeksAfter(spec.end, DIP_WEEKS)) add({ ...place, week }, -1, 0);
  });
  const plan: Plan = planOf(ground, cells);
  const groups = 2 * own + others.length;
  const drawn = scenarioDraws(ground.fitted.model, plan, Int32Array.from(group), groups, Float64Array.from(weight));
  const { event, eventSpread, effects, effectSpread } = eventChance(ground, spec.account_id, spec.product_ids);
  const column = (draws: Float64Array, g: number) =>
    Float64Array.from({ length: SCENARIO_DRAWS }, (_, d) => draws[d * groups + g]!);
  const units = (product_id: number, g: number): Units => ({
    product_id,
    with: drawn.meanWith[g]!,
    without: drawn.meanWithout[g]!,
    drawsWith: column(drawn.with, g),
    drawsWithout: column(drawn.without, g),
  });
  /** Shoppers respond more or less to a promotion as a whole than to its kind, to its products together. */
  const asEvent = (u: Units): Units => {
    const response = u.without > 0 && u.with > 0 ? Math.log(u.with / u.without) : 0;
    const correction = (eventSpread * response) ** 2 / 2;
    return {
      ...u,
      drawsWith: u.drawsWith.map((v, d) => v * Math.exp(eventSpread * response * event[d]! - correction)),
    };
  };
  /** Dip and cross effects are averages over like promotions; this one's own are more or less. */
  const asEffect = (u: Units): Units => ({
    ...u,
    drawsWith: u.drawsWith.map((v, d) => {
      const without = u.drawsWithout[d]!;
      return Math.max(0, without + (v - without) * (1 + effectSpread * effects[d]!));
    }),
  });
  return {
    promoted: spec.product_ids.map((id, k) => asEvent(units(id, 2 * k))),
    after: spec.product_ids.map((id, k) => asEffect(units(id, 2 * k + 1))),
    others: others.map((id, k) => asEffect(units(id, 2 * own + k))),
    extrapolated: spec.product_ids.reduce((bits, _, k) => bits | drawn.extrapolated[2 * k]!, 0),
  };
}
