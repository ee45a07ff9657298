import { addDays, mondayOf } from "../common/dates.ts";
import { writeFunds } from "../ledger/testing.ts";
import type { Store } from "../store/open.ts";
import type { PromotionDraft } from "./draft.ts";

export const ALBION = 1;
export const BRAMLEY = 2;
export const DELPHI = 3;
/** Products: three of Kestrel (1–3), two of Morning Row (4, 5), one of Polar Lane (6, not at Delphi). */
export const KESTREL = [1, 2, 3] as const;
export const EVERYDAY = 5;

/** A small market for tests, by hand: Ana's Albion and Bramley, Ben's Delphi, two managers, finance and a reader. */
export async function writeTestMarket(store: Store): Promise<void> {
  const { db } = store;
  const insert = {
    people: [
      ["ana", "Ana", "kam"],
      ["ben", "Ben", "kam"],
      ["dora", "Dora", "manager"],
      ["eva", "Eva", "finance"],
      ["rob", "Rob", "reader"],
    ] as const,
    accounts: [
      [ALBION, "ALB", "Albion Fresh", "ana", "Retailer A"],
      [BRAMLEY, "BRA", "Bramley Stores", "ana", "Retailer B"],
      [DELPHI, "DEL", "Delphi Discount", "ben", "Retailer D"],
    ] as const,
    products: [
      [1, "Kestrel Espresso 500 g", 1],
      [2, "Kestrel Crema 500 g", 1],
      [3, "Kestrel Decaf 250 g", 1],
      [4, "Morning Row Mild 500 g", 2],
      [5, "Morning Row Strong 500 g", 2],
      [6, "Polar Lane Vanilla 1 l", 3],
    ] as const,
  };
  await db
    .insertInto("person")
    .values(insert.people.map(([id, name, role]) => ({ id, name, role })))
    .execute();
  await db
    .insertInto("category")
    .values([
      { id: 1, name: "Coffee" },
      { id: 2, name: "Ice cream" },
    ])
    .execute();
  await db
    .insertInto("brand")
    .values([
      { id: 1, name: "Kestrel", category_id: 1 },
      { id: 2, name: "Morning Row", category_id: 1 },
      { id: 3, name: "Polar Lane", category_id: 2 },
    ])
    .execute();
  await db
    .insertInto("product")
    .values(
      insert.products.map(([id, name, brand_id]) => ({
        id,
        code: `SKU-${id}`,
        name,
        brand_id,
        cost_minor: 150,
        list_price_minor: 350,
      })),
    )
    .execute();
  for (const [id, code, name, owner_id, alias] of insert.accounts) {
    await db.insertInto("account").values({ id, code, name, owner_id, vat_rate: 0.25 }).execute();
    await db.insertInto("account_alias").values({ alias, account_id: id }).execute();
    await writeAccount(store, id);
  }
}

/** Contract (14 days' notice, 30 % at most, no coupons), a blackout before Christmas, two years' funds, listings, eight weeks of sales. */
async function writeAccount(store: Store, account_id: number): Promise<void> {
  const { db, today } = store;
  await db
    .insertInto("contract")
    .values({
      id: account_id,
      account_id,
      start: "2025-01-01",
      end: "2027-12-31",
      usual_payment: "scan_back",
      max_discount: 0.3,
      notice_days: 14,
      off_invoice_rate: 0.05,
      rebate_rate: 0.05,
    })
    .execute();
  await db
    .insertInto("contract_mechanic")
    .values(["tpr", "multibuy", "edlp"].map((mechanic) => ({ contract_id: account_id, mechanic })))
    .execute();
  await db
    .insertInto("contract_blackout")
    .values({ contract_id: account_id, start: "2026-12-01", end: "2026-12-27", reason: "Christmas" })
    .execute();
  for (const year of ["2026", "2027"])
    await writeFunds(store, [
      {
        account_id,
        name: `Trade fund ${year}`,
        start: `${year}-01-01`,
        end: `${year}-12-31`,
        amount_minor: 1_000_000,
      },
    ]);
  const listed = [1, 2, 3, 4, 5, 6].filter((id) => account_id !== DELPHI || id !== 6);
  await db
    .insertInto("listing")
    .values(listed.map((product_id) => ({ account_id, product_id, start: "2024-01-01", end: null })))
    .execute();
  const last = mondayOf(addDays(today, -7));
  for (let w = 0; w < 8; w++)
    await db
      .insertInto("sales_week")
      .values(
        listed.map((product_id) => ({
          account_id,
          product_id,
          week: addDays(last, -7 * w),
          units: 100,
          price: EVERYDAY,
          base_price: EVERYDAY,
        })),
      )
      .execute();
}

/** A sound draft: Kestrel 20 % at Albion, 1–14 June 2027, for 1,000.00 EUR. */
export function draftOf(
  changes: Partial<PromotionDraft> & { readonly products?: readonly number[] } = {},
): PromotionDraft {
  const { products = KESTREL, ...rest } = changes;
  return {
    account_id: ALBION,
    name: "Kestrel 20 % at Albion",
    series: null,
    mechanic: "tpr",
    discount: 0.2,
    price_off_minor: null,
    get: null,
    pay: null,
    redemption: null,
    depth: 0.2,
    feature: false,
    display: false,
    payment: "scan_back",
    fixed_spend_minor: 0,
    currency: "EUR",
    start: "2027-06-01",
    end: "2027-06-14",
    buy_in: null,
    scan: null,
    note: null,
    lines: products.map((product_id) => ({
      product_id,
      allowance_minor: 80,
      planned_units: 400,
      planned_baseline: 200,
    })),
    own_units: null,
    spend_minor: 100_000,
    ...rest,
  };
}
