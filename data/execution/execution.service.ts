import type { Period } from "../common/dates.ts";
import { foldName } from "../common/names.ts";
import type { Store } from "../store/open.ts";
import { type Actor, seenIds, seesAccount } from "../users/actor.ts";
import {
  everydayPricesOf,
  shelfChecksOf,
  storesOf,
  type VisitRow,
  visitRows,
  visitsOutside,
} from "./execution.repo.ts";
import { type AgreedPrice, type Proof, proofOf, type Seen, seenIn } from "./proof.ts";

export type { VisitRow } from "./execution.repo.ts";
export type { Evidence, Proof, Seen, Share } from "./proof.ts";

interface Promoted {
  readonly promotion_id: number;
  readonly account_id: number;
}

/** Proof of performance by promotion id; a promotion whose stores nobody visited is not in the map. */
export async function proofs(actor: Actor, store: Store, promotions: readonly Promoted[]): Promise<Map<number, Proof>> {
  const seen = promotions.filter((promotion) => seesAccount(actor, promotion.account_id));
  const checks = await shelfChecksOf(
    store,
    seen.map((promotion) => promotion.promotion_id),
  );
  return new Map(
    [...Map.groupBy(checks, (check) => check.promotion_id)].flatMap(([id, rows]) => {
      const proof = proofOf(rows);
      return proof ? [[id, proof] as const] : [];
    }),
  );
}

/** Shares of promotions that the caller got from their service. */
export async function sharesOf(store: Store, promotionIds: readonly number[]): Promise<Map<number, Seen>> {
  const checks = await shelfChecksOf(store, promotionIds);
  return new Map(
    [...Map.groupBy(checks, (check) => check.promotion_id)].flatMap(([id, rows]) => {
      const seen = seenIn(rows);
      return seen ? [[id, seen] as const] : [];
    }),
  );
}

/** What was seen in the stores of one promotion, in short; shares are fractions of the stores checked, null where nobody looked. */
export interface Execution extends Pick<Proof, "stores" | "visits" | "first" | "last" | "sources"> {
  readonly promotion_id: number;
  readonly display_share: number | null;
  readonly feature_share: number | null;
  readonly on_shelf_share: number | null;
}

/** The shares of `proofs` alone. */
export async function executionOf(
  actor: Actor,
  store: Store,
  promotions: readonly Promoted[],
): Promise<Map<number, Execution>> {
  return new Map(
    [...(await proofs(actor, store, promotions))].map(([promotion_id, proof]) => {
      const { stores, visits, first, last, sources } = proof;
      const [display_share, feature_share, on_shelf_share] = [proof.display, proof.feature, proof.on_shelf].map(
        (share) => share?.share ?? null,
      );
      return [
        promotion_id,
        {
          ...{ promotion_id, stores, visits, first, last, sources },
          display_share: display_share!,
          feature_share: feature_share!,
          on_shelf_share: on_shelf_share!,
        },
      ] as const;
    }),
  );
}

/** One promotion's proof with prices, and what stands around it. The caller got the promotion from the promotions' service. */
export async function proofDetail(
  store: Store,
  promotion: Promoted & {
    readonly mechanic: string;
    readonly discount: number | null;
    readonly price_off: number | null;
  },
) {
  const id = promotion.promotion_id;
  const checks = await shelfChecksOf(store, [id]);
  return {
    proof: proofOf(checks, await agreedPrices(store, promotion)),
    unsureOnly: checks.length,
    outside: (await visitsOutside(store, [id]))[0]?.visits ?? 0,
    accountStores: (await storesOf(store, [promotion.account_id])).get(promotion.account_id) ?? null,
  };
}

/** The everyday price of the week, less the cut; only a price cut sets a price on the shelf. */
async function agreedPrices(
  store: Store,
  { promotion_id, mechanic, discount, price_off }: Parameters<typeof proofDetail>[1],
): Promise<AgreedPrice> {
  if (mechanic !== "tpr" || (discount === null && price_off === null)) return () => null;
  const prices = Map.groupBy(await everydayPricesOf(store, promotion_id), (row) => row.product_id);
  return (productId, date) => {
    const everyday = prices.get(productId)?.find((row) => row.week <= date)?.base_price;
    if (everyday === undefined || everyday === null) return null;
    return discount === null ? everyday - price_off! : everyday * (1 - discount);
  };
}

export interface VisitSearch {
  readonly accountIds: readonly number[];
  readonly promotionId?: number | undefined;
  readonly period?: Period | undefined;
  /** A store's name, or a part of it. */
  readonly store?: string | undefined;
}

/** Visits of the actor's accounts with what was checked on them, latest first: the rows of a visit stand together. */
export async function findVisits(actor: Actor, store: Store, search: VisitSearch): Promise<VisitRow[][]> {
  const { store: name, ...filter } = search;
  const rows = await visitRows(store, { ...filter, accountIds: seenIds(actor, search.accountIds) });
  const wanted = name === undefined ? null : foldName(name);
  const found = wanted === null ? rows : rows.filter((row) => foldName(row.store).includes(wanted));
  return [...Map.groupBy(found, (row) => row.visit_id).values()];
}
