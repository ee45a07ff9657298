import type { Store } from "../store/open.ts";
import { type Actor, seesAccount } from "../users/actor.ts";
import { type StoreCheck, shelfChecksOf } from "./execution.repo.ts";

/** What was seen in the stores of one promotion; shares are fractions of the stores checked, null where nobody looked. */
export interface Execution {
  readonly promotion_id: number;
  /** Stores with at least one check. */
  readonly stores: number;
  readonly visits: number;
  readonly first: string;
  readonly last: string;
  readonly sources: readonly string[];
  readonly display_share: number | null;
  readonly feature_share: number | null;
  readonly on_shelf_share: number | null;
}

/** A store counts as executed when any of its visits found the promotion so. */
function summarise(promotionId: number, checks: readonly StoreCheck[]): Execution {
  const stores = [...Map.groupBy(checks, (check) => check.store).values()];
  const share = (seen: (check: StoreCheck) => number | null): number | null => {
    const known = stores.filter((visits) => visits.some((visit) => seen(visit) !== null));
    return known.length
      ? known.filter((visits) => visits.some((visit) => seen(visit) === 1)).length / known.length
      : null;
  };
  const dates = checks.map((check) => check.date).sort();
  return {
    promotion_id: promotionId,
    stores: stores.length,
    visits: checks.length,
    first: dates[0]!,
    last: dates.at(-1)!,
    sources: [...new Set(checks.map((check) => check.source))].sort(),
    display_share: share((check) => check.display),
    feature_share: share((check) => check.feature),
    on_shelf_share: share((check) => check.on_shelf),
  };
}

/** Proof of performance by promotion id; a promotion whose stores nobody visited is not in the map. */
export async function executionOf(
  actor: Actor,
  store: Store,
  promotions: readonly { readonly promotion_id: number; readonly account_id: number }[],
): Promise<Map<number, Execution>> {
  const seen = promotions.filter((promotion) => seesAccount(actor, promotion.account_id));
  const checks = await shelfChecksOf(
    store,
    seen.map((promotion) => promotion.promotion_id),
  );
  return new Map(
    [...Map.groupBy(checks, (check) => check.promotion_id)].map(([id, rows]) => [id, summarise(id, rows)] as const),
  );
}
