import { addDays } from "../../data/common/dates.ts";
import type { Store } from "../../data/store/open.ts";
import { temporaryStore } from "../../data/testing.ts";
import { loadActor } from "../../data/users/actor.ts";
import type { ToolContext } from "../define.ts";

/** What a hand-made event may say about itself; the rest is plain. */
export interface HandEvent {
  readonly account: number;
  readonly start: string;
  readonly weeks?: number;
  readonly products?: readonly number[];
  readonly discount?: number | null;
  readonly mechanic?: "tpr" | "multibuy" | "coupon";
  readonly feature?: number;
  readonly display?: number;
  readonly status?: "draft" | "submitted" | "approved" | "closed" | "cancelled";
  readonly planned?: number;
  /** units, baseline, spend and profit of the result; profit null where no cost is known, no result where left out. */
  readonly result?: readonly [units: number, baseline: number, spend: number, profit: number | null];
}

/** Today of the hand-made market. */
const HAND_TODAY = "2026-11-21";

/**
 * Three accounts (Ana has the first two, Ben the third), two brands of two products in two categories, 110 weeks of sales of
 * 100 units a week and series, and the events given, P-1 the first. The results stand as current; no model is fitted.
 */
export async function handMarket(events: readonly HandEvent[]) {
  const made = await temporaryStore(HAND_TODAY);
  await writeNames(made.store);
  await writeSales(made.store);
  for (const [at, event] of events.entries()) await writeEvent(made.store, at + 1, event);
  const context = async (user: string): Promise<ToolContext> => ({
    store: made.store,
    actor: await loadActor(made.store, user),
    models: { current: () => Promise.reject(new Error("no model is needed here")) },
  });
  return { ...made, context };
}

async function writeNames({ db }: Store): Promise<void> {
  await db
    .insertInto("person")
    .values([
      { id: "ana", name: "Ana", role: "kam" },
      { id: "ben", name: "Ben", role: "kam" },
    ])
    .execute();
  const account = (id: number, name: string, owner: string) => ({
    id,
    code: `A${id}`,
    name,
    owner_id: owner,
    country: "UK",
  });
  await db
    .insertInto("account")
    .values([
      account(1, "North Stores", "ana"),
      account(2, "South-East Markets", "ana"),
      account(3, "West Foods", "ben"),
    ])
    .execute();
  await db
    .insertInto("contract")
    .values(
      [1, 2, 3].map((id) => ({
        account_id: id,
        start: "2026-01-01",
        end: "2026-12-31",
        max_discount: 0.35,
        off_invoice_rate: 0.05,
        rebate_rate: 0.02,
      })),
    )
    .execute();
  await db
    .insertInto("category")
    .values([
      { id: 1, name: "Tea" },
      { id: 2, name: "Soap" },
    ])
    .execute();
  await db
    .insertInto("brand")
    .values([
      { id: 1, name: "Aster", category_id: 1 },
      { id: 2, name: "Birch", category_id: 2 },
    ])
    .execute();
  const product = (id: number, name: string, brand_id: number) => ({
    id,
    code: `S${id}`,
    name,
    brand_id,
    list_price_minor: 200,
    cost_minor: 100,
  });
  await db
    .insertInto("product")
    .values([
      product(1, "Aster Green 50 g", 1),
      product(2, "Aster Black 100 g", 1),
      product(3, "Birch Bar", 2),
      product(4, "Birch Liquid", 2),
    ])
    .execute();
  await db
    .insertInto("model")
    .values({ data_version: 1, method: "hand", rows: 1, series: 1, fitted_at: HAND_TODAY, summary: "{}", body: "{}" })
    .execute();
}

async function writeSales({ db }: Store): Promise<void> {
  const weeks = Array.from({ length: 110 }, (_, at) => addDays("2024-10-07", 7 * at)).filter(
    (week) => week < HAND_TODAY,
  );
  for (const account_id of [1, 2, 3])
    for (const product_id of [1, 2, 3, 4])
      await db
        .insertInto("sales_week")
        .values(
          weeks.map((week, at) => ({
            account_id,
            product_id,
            week,
            units: 100 + account_id * product_id + (at >= 52 ? 10 * product_id : 0),
            net_sales_minor: 150 * (100 + account_id * product_id),
            price: 3,
            base_price: 3,
          })),
        )
        .execute();
}

async function writeEvent({ db }: Store, id: number, event: HandEvent): Promise<void> {
  const end = addDays(event.start, 7 * (event.weeks ?? 2) - 1);
  const products = event.products ?? [1, 2];
  const discount = event.discount === undefined ? 0.2 : event.discount;
  await db
    .insertInto("promotion")
    .values({
      id,
      code: `P-${id}`,
      account_id: event.account,
      name: `Event ${id}`,
      mechanic: event.mechanic ?? "tpr",
      discount,
      feature: event.feature ?? 0,
      display: event.display ?? 0,
      payment: "bill_back",
      status: event.status ?? "closed",
      start: event.start,
      end,
      created_by: "dan",
      created_at: event.start,
    })
    .execute();
  await db
    .insertInto("promotion_line")
    .values(products.map((product_id) => ({ promotion_id: id, product_id, planned_units: event.planned ?? null })))
    .execute();
  if (!event.result) return;
  const [units, baseline, spend, profit] = event.result;
  const extra = units - baseline;
  await db
    .insertInto("promotion_result")
    .values({
      promotion_id: id,
      units,
      baseline,
      gross_incremental: extra,
      dip: extra * 0.1,
      cannibalised: extra * 0.05,
      halo: 0,
      true_incremental: extra * 0.85,
      low: extra * 0.85 - 40,
      high: extra * 0.85 + 40,
      spend_minor: Math.round(spend * 100),
      incremental_profit_minor: profit === null ? null : Math.round(profit * 100),
    })
    .execute();
}
