import { measuredForecasts, type UsedForecast } from "../../../data/forecasts/forecasts.service.ts";
import type { Store } from "../../../data/store/open.ts";
import { keptTrackRecord, type TrackRecord } from "./kept.ts";
import type { Outcome, Scored } from "./scored.ts";

/** Everything that was forecast in a store and came to an end; of accounts that an actor does not see nothing may be counted. */
export interface Scorings {
  readonly of: TrackRecord["of"];
  /** Told before the promotion ran. */
  readonly made: readonly Scored[];
  /** Tried afterwards. */
  readonly tried: readonly Scored[];
}

/** @param until the last day with sales: what ran beyond it is not over */
export const readScorings = async (store: Store, until: string): Promise<Scorings> =>
  scoringsOf(await keptTrackRecord(store), await measuredForecasts(store, until));

/** Both kinds beside each other; a plan that was the program's own forecast is no person's. */
export function scoringsOf(record: TrackRecord | null, used: readonly UsedForecast[]): Scorings {
  const made = used.flatMap((one) => madeOf(one) ?? []);
  const own = new Map(used.map((one) => [one.promotion_id, one.planned]));
  const tried = (record?.tried ?? []).map((one) =>
    one.promotion_id !== null && own.has(one.promotion_id) ? { ...one, planned: own.get(one.promotion_id)! } : one,
  );
  return { of: record?.of ?? "promotions", made, tried };
}

/** Each promotion once: as it was told where it was, else as it was tried. */
export function eachOnce({ made, tried }: Scorings): readonly Scored[] {
  if (made.length === 0) return tried;
  const told = new Set(made.map((one) => one.promotion_id));
  return [...made, ...tried.filter((one) => !told.has(one.promotion_id))];
}

function madeOf(used: UsedForecast): Scored | null {
  const outcome = (figure: "units" | "true_incremental", actual: number): Outcome | null => {
    const row = used.figures[figure];
    return row
      ? { mean: row.mean, low: row.q10, high: row.q90, wide: { low: row.q025, high: row.q975 }, actual }
      : null;
  };
  const units = outcome("units", used.sold);
  if (!units) return null;
  const { promotion_id, account_id, product_ids, mechanic, depth, planned, overridden } = used;
  return {
    promotion_id,
    account_id,
    product_ids,
    mechanic,
    depth,
    source: "made",
    units,
    gain: outcome("true_incremental", used.gained),
    planned,
    overridden,
  };
}
