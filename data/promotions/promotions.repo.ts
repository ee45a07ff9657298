import { sql } from "kysely";
import type { Store } from "../store/open.ts";
import type { PromotionTable } from "../store/schema/promotions.ts";
import type { PromotionDraft } from "./draft.ts";
import { windowsOf } from "./draft.ts";

/** The first id that a promotion gets; its code is "P-" and the id. */
const FIRST_ID = 1001;

/** One above every id and every code in use, so that imported codes are never given again. */
export async function nextPromotionId(store: Store): Promise<number> {
  const row = await store.db
    .selectFrom("promotion")
    .select((eb) => [
      eb.fn.max("id").as("id"),
      sql<number | null>`max(CASE WHEN code GLOB 'P-[0-9]*' THEN CAST(substr(code, 3) AS INTEGER) END)`.as("code"),
    ])
    .executeTakeFirst();
  return Math.max(FIRST_ID - 1, row?.id ?? 0, row?.code ?? 0) + 1;
}

const columnsOf = (draft: PromotionDraft) => {
  const { buyIn, scan } = windowsOf(draft);
  return {
    series: draft.series,
    account_id: draft.account_id,
    name: draft.name,
    mechanic: draft.mechanic,
    discount: draft.discount,
    price_off_minor: draft.price_off_minor,
    get_n: draft.get,
    pay_n: draft.pay,
    redemption: draft.redemption,
    feature: Number(draft.feature),
    display: Number(draft.display),
    payment: draft.payment,
    fixed_spend_minor: draft.fixed_spend_minor,
    currency: draft.currency,
    start: draft.start,
    end: draft.end,
    buy_in_start: buyIn.from,
    buy_in_end: buyIn.to,
    scan_start: scan.from,
    scan_end: scan.to,
    note: draft.note,
  };
};

export async function insertPromotion(
  store: Store,
  id: number,
  draft: PromotionDraft,
  fundId: number | null,
  createdBy: string,
): Promise<void> {
  await store.db
    .insertInto("promotion")
    .values({
      id,
      code: `P-${id}`,
      ...columnsOf(draft),
      status: "draft",
      fund_id: fundId,
      created_by: createdBy,
      created_at: store.today,
    })
    .execute();
  await writeLines(store, id, draft);
}

/** @returns false where the row has moved on from `version` */
export async function replacePromotion(
  store: Store,
  id: number,
  version: number,
  draft: PromotionDraft,
  fundId: number | null,
): Promise<boolean> {
  const done = await store.db
    .updateTable("promotion")
    .set({ ...columnsOf(draft), fund_id: fundId, version: version + 1 })
    .where("id", "=", id)
    .where("version", "=", version)
    .where("status", "=", "draft")
    .executeTakeFirst();
  if (done.numUpdatedRows !== 1n) return false;
  await store.db.deleteFrom("promotion_line").where("promotion_id", "=", id).execute();
  await writeLines(store, id, draft);
  return true;
}

const writeLines = (store: Store, id: number, draft: PromotionDraft) =>
  store.db
    .insertInto("promotion_line")
    .values(draft.lines.map((line) => ({ promotion_id: id, ...line })))
    .execute();

/** Puts windows in place that differ from those that the dates give. */
export const setWindows = (
  store: Store,
  id: number,
  windows: Pick<PromotionTable, "buy_in_start" | "buy_in_end" | "scan_start" | "scan_end">,
) => store.db.updateTable("promotion").set(windows).where("id", "=", id).execute();

/** @returns false where the promotion is not in `from` any more */
export async function moveStatus(
  store: Store,
  id: number,
  from: PromotionTable["status"],
  to: PromotionTable["status"],
): Promise<boolean> {
  const done = await store.db
    .updateTable("promotion")
    .set({ status: to })
    .where("id", "=", id)
    .where("status", "=", from)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

export const insertHistory = (
  store: Store,
  promotionId: number,
  step: { from: string | null; to: string; by: string; reason: string | null },
) =>
  store.db
    .insertInto("promotion_history")
    .values({
      promotion_id: promotionId,
      at: store.today,
      from_status: step.from,
      to_status: step.to,
      by: step.by,
      reason: step.reason,
    })
    .execute();

export const findPromotionRow = (store: Store, id: number) =>
  store.db.selectFrom("promotion").selectAll().where("id", "=", id).executeTakeFirst();

export const promotionOfCode = (store: Store, code: string) =>
  store.db.selectFrom("promotion").selectAll().where("code", "=", code).executeTakeFirst();

/** Every promotion's id, code, name and account: what a person's words are matched against. */
export const promotionNames = (store: Store) =>
  store.db
    .selectFrom("promotion")
    .select(["id", "code", "name", "account_id", "status", "start", "end"])
    .orderBy("id")
    .execute();

export const promotionLines = (store: Store, id: number) =>
  store.db
    .selectFrom("promotion_line")
    .innerJoin("product", "product.id", "promotion_line.product_id")
    .innerJoin("brand", "brand.id", "product.brand_id")
    .innerJoin("category", "category.id", "brand.category_id")
    .selectAll("promotion_line")
    .select(["product.name as product", "brand.name as brand", "category.name as category"])
    .where("promotion_id", "=", id)
    .orderBy("product_id")
    .execute();

export const promotionHistory = (store: Store, id: number) =>
  store.db
    .selectFrom("promotion_history")
    .innerJoin("person", "person.id", "promotion_history.by")
    .selectAll("promotion_history")
    .select("person.name as person")
    .where("promotion_id", "=", id)
    .orderBy("promotion_history.id")
    .execute();

export const promotionsDueBy = (store: Store, status: "approved" | "running") =>
  store.db
    .selectFrom("promotion")
    .selectAll()
    .where("status", "=", status)
    .where(status === "approved" ? "start" : "end", status === "approved" ? "<=" : "<", store.today)
    .orderBy("id")
    .execute();

export const seriesTaken = async (store: Store, series: string): Promise<boolean> =>
  (await store.db.selectFrom("promotion").select("id").where("series", "=", series).executeTakeFirst()) !== undefined;
