import type { VisibleAccount } from "../../../data/accounts/accounts.service.ts";
import { addDays, type Period } from "../../../data/common/dates.ts";
import { shelfWeeks } from "../../../data/products/listing.service.ts";
import type { Product } from "../../../data/products/products.service.ts";
import { categoryWeeks } from "../../../data/sales/category.service.ts";
import type { Cell } from "../../../forecasting/index.ts";
import type { ToolContext } from "../../define.ts";
import { median } from "../../statistics.ts";

/** Everyday weeks that a rate of sale must stand on. */
const LEAST_WEEKS = 6;
/** A shelf that was empty for this share of a week tells no rate. */
const EMPTY = 0.1;
/** Stores below this share tell more of the stores than of the product. */
const LEAST_DISTRIBUTION = 0.25;

/** How a product sells at an account every day: in a usual week of the year, were it in all of its stores. */
export interface RateCell extends Cell {
  readonly weeks: number;
  readonly price: number | null;
  /** Monday of the last week it was sold in. */
  readonly last: string;
}

export interface Rates {
  readonly cells: readonly RateCell[];
  /** Usual share of an account's stores that carry one of our products. */
  readonly distribution: ReadonlyMap<number, number>;
}

/**
 * Everyday rates of sale of the last year: promoted and half-empty weeks left out, each week set to a usual one of the category
 * at the accounts, and units set to full distribution.
 */
export async function ratesOfSale(
  context: ToolContext,
  accounts: readonly VisibleAccount[],
  products: readonly Product[],
  period: Period,
): Promise<Rates> {
  const { actor, store } = context;
  const ids = accounts.map((a) => a.id);
  const rows = await shelfWeeks(
    actor,
    store,
    ids,
    products.map((p) => p.id),
    period,
  );
  const usual = await usualWeeks(context, ids, period);
  const categoryOf = new Map(products.map((p) => [p.id, p.category_id]));
  const seen = new Map<string, { account: number; product: number; rates: number[]; prices: number[]; last: string }>();
  const carried = new Map<number, number[]>();
  for (const row of rows) {
    if (row.distribution !== null)
      carried.set(row.account_id, [...(carried.get(row.account_id) ?? []), row.distribution]);
    if (row.promoted || row.out_of_stock >= EMPTY || (row.distribution ?? 1) < LEAST_DISTRIBUTION) continue;
    const key = `${row.account_id}|${row.product_id}`;
    const at = seen.get(key) ?? {
      account: row.account_id,
      product: row.product_id,
      rates: [],
      prices: [],
      last: row.week,
    };
    const season = usual.get(`${categoryOf.get(row.product_id)}|${row.week}`) ?? 1;
    at.last = row.week;
    at.rates.push(row.units / (row.distribution ?? 1) / season);
    const price = row.base_price ?? row.price;
    if (price !== null) at.prices.push(price);
    seen.set(key, at);
  }
  return {
    cells: [...seen.values()].flatMap(({ account, product, rates, prices, last }) => {
      const rate = rates.reduce((sum, r) => sum + r, 0) / rates.length;
      return rates.length >= LEAST_WEEKS && rate > 0
        ? [{ account, product, rate, weeks: rates.length, price: prices.at(-1) ?? null, last }]
        : [];
    }),
    distribution: new Map([...carried].map(([id, shares]) => [id, median(shares)!])),
  };
}

/** By `category|week`: the category's volume at these accounts over its mean of the period; 1 where there are no totals. */
async function usualWeeks({ actor, store }: ToolContext, accountIds: readonly number[], period: Period) {
  const rows = await categoryWeeks(actor, store, { accountIds, period });
  const out = new Map<string, number>();
  for (const [category, some] of Map.groupBy(rows, (r) => r.category_id)) {
    const byWeek = new Map<string, number>();
    for (const row of some) byWeek.set(row.week, (byWeek.get(row.week) ?? 0) + row.volume);
    const mean = [...byWeek.values()].reduce((sum, v) => sum + v, 0) / byWeek.size;
    for (const [week, volume] of byWeek) out.set(`${category}|${week}`, volume / mean);
  }
  return out;
}

/** The year of whole weeks that ends with the last measured one. */
export const lastYear = (lastWeek: string): Period => ({ from: addDays(lastWeek, -357), to: addDays(lastWeek, 6) });
