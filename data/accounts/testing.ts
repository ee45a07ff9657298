import { writeFunds, writeSpend } from "../ledger/testing.ts";
import type { Store } from "../store/open.ts";

/**
 * A small store for the tests of accounts, notes, claims and reports: Albion is Ana's (one promotion over, with a display that
 * stood in one of two stores, and three claims for it), Delphi is Ben's; Eva is finance, Rob only reads. Today is 21 November 2026.
 */
export async function writeAccountsFixture(store: Store): Promise<void> {
  const { db } = store;
  await db
    .insertInto("person")
    .values([
      { id: "ana", name: "Ana", role: "kam" },
      { id: "ben", name: "Ben", role: "kam" },
      { id: "eva", name: "Eva", role: "finance" },
      { id: "rob", name: "Rob", role: "reader" },
    ])
    .execute();
  const account = { channel: "supermarket", country: "NL", own_week1: null };
  await db
    .insertInto("account")
    .values([
      { ...account, id: 1, code: "ALB", name: "Albion Fresh", owner_id: "ana" },
      { ...account, id: 2, code: "DEL", name: "Delphi Discount", owner_id: "ben" },
      { ...account, id: 3, code: "NEW", name: "Newcomer", owner_id: null, channel: null, country: null },
    ])
    .execute();
  await db.insertInto("account_alias").values({ alias: "Retailer A", account_id: 1 }).execute();
  await db
    .insertInto("contract")
    .values([
      {
        id: 1,
        account_id: 1,
        start: "2026-01-01",
        end: "2027-12-31",
        max_discount: 0.35,
        notice_days: 21,
        rebate_rate: 0.03,
      },
      {
        id: 2,
        account_id: 1,
        start: "2024-01-01",
        end: "2025-12-31",
        max_discount: 0.2,
        notice_days: 14,
        rebate_rate: 0,
      },
      {
        id: 3,
        account_id: 2,
        start: "2026-01-01",
        end: "2026-12-31",
        max_discount: 0.3,
        notice_days: 14,
        rebate_rate: 0,
      },
    ])
    .execute();
  await db
    .insertInto("contract_mechanic")
    .values([
      { contract_id: 1, mechanic: "tpr" },
      { contract_id: 1, mechanic: "multibuy" },
    ])
    .execute();
  await db
    .insertInto("contract_blackout")
    .values([
      { contract_id: 1, start: "2025-11-27", end: "2025-12-24", reason: "Christmas" },
      { contract_id: 1, start: "2026-11-27", end: "2026-12-24", reason: "Christmas" },
    ])
    .execute();
  await db
    .insertInto("contact")
    .values([
      { account_id: 1, name: "Femke Bos", title: "Buyer", email: "femke@albion.example", influence: "influences" },
      { account_id: 1, name: "Joost Hartman", title: "Head of Buying", email: null, influence: "decides" },
      { account_id: 2, name: "Karl Stein", title: "Buyer", email: null, influence: "decides" },
    ])
    .execute();
  await writeMarket(store);
  await writePromotions(store);
  await writeTalks(db);
}

async function writeMarket(store: Store): Promise<void> {
  const { db } = store;
  await db.insertInto("category").values({ id: 1, name: "Coffee" }).execute();
  await db.insertInto("brand").values({ id: 1, name: "Kestrel", category_id: 1 }).execute();
  const product = {
    brand_id: 1,
    pack_size: 500,
    pack_unit: "g",
    cost_minor: 200,
    list_price_minor: 400,
    launched: null,
    delisted: null,
  };
  await db
    .insertInto("product")
    .values([
      { ...product, id: 1, code: "K1", name: "Kestrel Beans 500 g" },
      { ...product, id: 2, code: "K2", name: "Kestrel Ground 500 g" },
    ])
    .execute();
  await db
    .insertInto("listing")
    .values([
      { account_id: 1, product_id: 1, start: "2024-01-01", end: null },
      { account_id: 1, product_id: 2, start: "2024-01-01", end: "2025-12-31" },
      { account_id: 2, product_id: 1, start: "2024-01-01", end: null },
    ])
    .execute();
  const week = {
    product_id: 1,
    retail_value_minor: null,
    price: 4,
    base_price: 4,
    base_units: null,
    distribution: null,
  };
  await db
    .insertInto("sales_week")
    .values([
      { ...week, account_id: 1, week: "2026-10-05", units: 120, net_sales_minor: 36_000 },
      { ...week, account_id: 1, week: "2025-10-06", units: 100, net_sales_minor: 30_000 },
      { ...week, account_id: 2, week: "2026-10-05", units: 7_777, net_sales_minor: 2_222_200 },
    ])
    .execute();
  await writeFunds(store, [
    {
      id: 1,
      account_id: 1,
      name: "Trade fund 2026",
      start: "2026-01-01",
      end: "2026-12-31",
      amount_minor: 1_000_000,
    },
    { id: 2, account_id: 1, name: "Trade fund 2025", start: "2025-01-01", end: "2025-12-31", amount_minor: 900_000 },
    {
      id: 3,
      account_id: 2,
      name: "Trade fund 2026",
      start: "2026-01-01",
      end: "2026-12-31",
      amount_minor: 8_888_800,
    },
  ]);
}

async function writePromotions(store: Store): Promise<void> {
  const { db } = store;
  const promotion = {
    series: null,
    mechanic: "tpr" as const,
    discount: 0.2,
    price_off_minor: null,
    get_n: null,
    pay_n: null,
    redemption: null,
    feature: 0,
    display: 1,
    payment: "bill_back" as const,
    status: "ended" as const,
    start: "2026-10-05",
    end: "2026-10-18",
    buy_in_start: null,
    buy_in_end: null,
    scan_start: null,
    scan_end: null,
    note: null,
    created_at: "2026-09-01",
  };
  await db
    .insertInto("promotion")
    .values([
      {
        ...promotion,
        id: 1,
        code: "P-1001",
        account_id: 1,
        name: "Kestrel 20 % at Albion",
        fund_id: 1,
        created_by: "ana",
      },
      {
        ...promotion,
        id: 2,
        code: "P-1002",
        account_id: 2,
        name: "Kestrel 20 % at Delphi",
        fund_id: 3,
        created_by: "ben",
      },
      {
        ...promotion,
        id: 3,
        code: "P-1003",
        account_id: 1,
        name: "=Kestrel 10 % at Albion",
        fund_id: 1,
        created_by: "ana",
        status: "approved",
        start: "2027-01-11",
        end: "2027-01-24",
        discount: 0.1,
      },
    ])
    .execute();
  await db
    .insertInto("promotion_line")
    .values(
      [1, 2, 3].map((id) => ({
        promotion_id: id,
        product_id: 1,
        allowance_minor: 50,
        planned_units: 400,
        planned_baseline: 200,
      })),
    )
    .execute();
  await writeSpend(store, [
    { promotion_id: 1, fund_id: 1, state: "accrued", amount_minor: 100_000 },
    { promotion_id: 2, fund_id: 3, state: "accrued", amount_minor: 555_500 },
    { promotion_id: 3, fund_id: 1, state: "committed", amount_minor: 20_000 },
  ]);
  const result = {
    baseline: 200,
    gross_incremental: 300,
    dip: 20,
    cannibalised: 10,
    halo: 0,
    true_incremental: 270,
    low: 200,
    high: 330,
    model_id: null,
  };
  await db
    .insertInto("promotion_result")
    .values([
      { ...result, promotion_id: 1, units: 500, spend_minor: 100_000, incremental_profit_minor: 150_000 },
      { ...result, promotion_id: 2, units: 6_666, spend_minor: 555_500, incremental_profit_minor: 444_400 },
    ])
    .execute();
}

async function writeTalks(db: Store["db"]): Promise<void> {
  const claim = { kind: "claim" as const, date: "2026-10-30", status: "open" as const, reason: null };
  const open = { settled_minor: null, decided_by: null, decided_at: null };
  await db
    .insertInto("claim")
    .values([
      { ...claim, ...open, code: "C-1", account_id: 1, promotion_id: 1, amount_minor: 100_000, reference: "ALB-77" },
      { ...claim, ...open, code: "C-2", account_id: 1, promotion_id: 1, amount_minor: 130_000, reference: null },
      {
        ...claim,
        ...open,
        code: "C-3",
        account_id: 1,
        promotion_id: null,
        amount_minor: 45_000,
        reference: null,
        reason: "Leaflet, page 6",
      },
      { ...claim, ...open, code: "C-4", account_id: 2, promotion_id: 2, amount_minor: 555_500, reference: "DEL-1" },
    ])
    .execute();
  await db
    .insertInto("visit")
    .values([
      { id: 1, account_id: 1, promotion_id: 1, date: "2026-10-07", store: "Albion North", source: "field sales" },
      { id: 2, account_id: 1, promotion_id: 1, date: "2026-10-08", store: "Albion South", source: "field sales" },
    ])
    .execute();
  const check = { product_id: 1, on_shelf: 1, feature_present: null, price_seen: null };
  await db
    .insertInto("shelf_check")
    .values([
      { ...check, visit_id: 1, display_present: 1 },
      { ...check, visit_id: 2, display_present: 0 },
    ])
    .execute();
  await db
    .insertInto("activity")
    .values([
      {
        account_id: 1,
        kind: "meeting",
        date: "2026-11-02",
        text: "Femke asked for 5% more and €12,500 for 3 displays",
        next_step: "Answer by 2026-12-05",
        by: "ana",
      },
      { account_id: 1, kind: "call", date: "2026-10-20", text: "Talked about stock", next_step: null, by: "ana" },
      { account_id: 2, kind: "meeting", date: "2026-11-03", text: "Karl wants 4321 units", next_step: null, by: "ben" },
    ])
    .execute();
}
