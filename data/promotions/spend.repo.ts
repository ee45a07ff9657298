import type { Store } from "../store/open.ts";
import type { PromotionSpendTable } from "../store/schema/promotions.ts";

type SpendState = PromotionSpendTable["state"];

/** What a promotion takes from its funds, by state. */
export const promotionSpend = (store: Store, promotionId: number) =>
  store.db
    .selectFrom("promotion_spend")
    .innerJoin("fund", "fund.id", "promotion_spend.fund_id")
    .selectAll("promotion_spend")
    .select("fund.name as fund")
    .where("promotion_id", "=", promotionId)
    .orderBy("state")
    .execute();

/** Puts the plan's money in place of what was planned before; nothing where there is no fund or no known spend. */
export async function replacePlannedSpend(
  store: Store,
  promotionId: number,
  fundId: number | null,
  spendMinor: number | null,
): Promise<void> {
  await releaseSpend(store, promotionId, "planned");
  if (fundId === null || !spendMinor) return;
  await store.db
    .insertInto("promotion_spend")
    .values({ promotion_id: promotionId, fund_id: fundId, state: "planned", amount_minor: Math.round(spendMinor) })
    .execute();
}

/** Moves all the money of a promotion from one state to another. */
export const moveSpend = (store: Store, promotionId: number, from: SpendState, to: SpendState) =>
  store.db
    .updateTable("promotion_spend")
    .set({ state: to })
    .where("promotion_id", "=", promotionId)
    .where("state", "=", from)
    .execute();

/** Gives money of one state back to the fund. */
export const releaseSpend = (store: Store, promotionId: number, state: SpendState) =>
  store.db.deleteFrom("promotion_spend").where("promotion_id", "=", promotionId).where("state", "=", state).execute();

/** Takes money from the funds again as it was held before. */
export async function restoreSpend(store: Store, rows: readonly PromotionSpendTable[]): Promise<void> {
  if (!rows.length) return;
  await store.db
    .insertInto("promotion_spend")
    .values(
      rows.map(({ promotion_id, fund_id, state, amount_minor }) => ({ promotion_id, fund_id, state, amount_minor })),
    )
    .execute();
}
