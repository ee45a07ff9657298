import { weekFromIndex, weekIndex } from "../../data/common/dates.ts";
import { KamError } from "../../data/common/errors.ts";
import { toMajor } from "../../data/common/money.ts";
import { type PanelRow, panelRows } from "../../data/sales/sales.repo.ts";
import type { Store } from "../../data/store/open.ts";
import type { Driver, Panel } from "../../forecasting/types.ts";
import { shareOfWeek } from "./calendarDrivers.ts";
import { factsOf, type Ground, type SeriesFacts, SUPPORT_SEEN, SUPPORTS, usualSupport } from "./ground.ts";
import {
  contextLookup,
  contextNames,
  DISTRIBUTION,
  type MarketBook,
  pairKey,
  readMarketBook,
  termsOf,
} from "./marketBook.ts";
import { DEPTH_DRIVERS, offerOf } from "./offer.ts";

/** Weeks of a year: what a season repeats after. */
export const SEASON = 52;

/** The store's sales as the forecasting module reads them, with what ties positions to ids. */
export interface StorePanel {
  readonly panel: Panel;
  readonly accountIds: readonly number[];
  readonly productIds: readonly number[];
  readonly ground: Ground;
  readonly book: MarketBook;
  /** Monday of the last measured week. */
  readonly lastWeek: string;
}

/**
 * The panel of a store: one row a measured week of a product at an account. Display and feature are as measured
 * (where an account's were never measured, as its promotions say); a discount that the ticket does not show is a
 * depth driver; holidays, competitors and distribution are context.
 * @param before leaves out this week (a Monday) and everything after it
 * @throws KamError no_data where nothing was measured
 */
export async function panelOfStore(store: Store, before?: string): Promise<StorePanel> {
  const rows = await panelRows(store, before);
  if (rows.length === 0)
    throw new KamError("no_data", "The store holds no weekly sales yet; load some with `kam import`, then fit.");
  const book = await readMarketBook(store);
  const accountIds = book.accounts.map((a) => a.id);
  const productIds = book.products.map((p) => p.id);
  const accountAt = new Map(accountIds.map((id, i) => [id, i]));
  const productAt = new Map(productIds.map((id, i) => [id, i]));
  const n = rows.length;
  const week = Int32Array.from(rows, (row) => weekIndex(row.week));
  const price = Float64Array.from(rows, shelfPrice);
  const basePrice = Float64Array.from(rows, (row) => row.base_price ?? Number.NaN);
  const drivers = new Map<string, Float64Array>();
  for (const name of [...SUPPORTS, ...DEPTH_DRIVERS, ...contextNames(book)]) drivers.set(name, new Float64Array(n));
  fillDrivers(rows, week, price, basePrice, book, drivers);
  return {
    panel: {
      account: Int32Array.from(rows, (row) => accountAt.get(row.account_id)!),
      product: Int32Array.from(rows, (row) => productAt.get(row.product_id)!),
      week,
      price,
      basePrice,
      drivers: [...drivers].map(([name, values]): Driver => ({ name, values, kind: kindOf(name) })),
      accounts: book.accounts.map((a) => a.name),
      products: book.products.map((p) => p.name),
      categories: book.products.map((p) => p.category),
      brands: book.products.map((p) => p.brand),
      units: Float64Array.from(rows, (row) => row.units),
      outOfStock: Float64Array.from(rows, (row) => row.out_of_stock),
      season: SEASON,
    },
    accountIds,
    productIds,
    ground: groundOf(rows, week, price, basePrice, drivers, accountAt, productAt),
    book,
    lastWeek: weekFromIndex(week.reduce((latest, w) => Math.max(latest, w), week[0]!)),
  };
}

const shelfPrice = (row: PanelRow): number =>
  row.price ?? (row.retail_value_minor && row.units > 0 ? toMajor(row.retail_value_minor) / row.units : Number.NaN);

/** How the module treats a driver of this name. */
export function kindOf(name: string): Driver["kind"] {
  if ((SUPPORTS as readonly string[]).includes(name)) return "support";
  return (DEPTH_DRIVERS as readonly string[]).includes(name) ? "depth" : "context";
}

function fillDrivers(
  rows: readonly PanelRow[],
  week: Int32Array,
  price: Float64Array,
  basePrice: Float64Array,
  book: MarketBook,
  drivers: ReadonlyMap<string, Float64Array>,
): void {
  const context = contextLookup(book);
  const names = contextNames(book);
  const measured = { display: new Set<number>(), feature: new Set<number>() };
  for (const row of rows) for (const support of SUPPORTS) if (row[support] > 0) measured[support].add(row.account_id);
  rows.forEach((row, i) => {
    for (const name of names) {
      const values = drivers.get(name)!;
      if (name === DISTRIBUTION) values[i] = row.distribution ? Math.log(row.distribution) : 0;
      else values[i] = context(name, row.account_id, row.product_id, week[i]!);
    }
    for (const support of SUPPORTS) drivers.get(support)![i] = row[support];
    for (const promotion of book.promotionsOf.get(pairKey(row.account_id, row.product_id)) ?? []) {
      const share = shareOfWeek(row.week, promotion.start, promotion.end);
      if (share === 0) continue;
      for (const support of SUPPORTS) {
        const values = drivers.get(support)!;
        if (promotion[support] && !measured[support].has(row.account_id)) values[i] = Math.max(values[i]!, share);
      }
      const everyday = Number.isNaN(basePrice[i]!) ? null : basePrice[i]!;
      const offer = offerOf(termsOf(promotion), everyday);
      if (!offer.driver) continue;
      // A measured average price that already shows the offer is what buyers really saved; the ticket itself stayed as it was.
      const saved = everyday && price[i]! < 0.995 * everyday ? 1 - price[i]! / everyday : offer.depth * share;
      if (everyday) price[i] = everyday;
      const values = drivers.get(offer.driver)!;
      values[i] = Math.max(values[i]!, saved);
    }
  });
}

function groundOf(
  rows: readonly PanelRow[],
  week: Int32Array,
  price: Float64Array,
  base: Float64Array,
  drivers: ReadonlyMap<string, Float64Array>,
  accountAt: ReadonlyMap<number, number>,
  productAt: ReadonlyMap<number, number>,
): Ground {
  const series: (SeriesFacts | null)[] = new Array(accountAt.size * productAt.size).fill(null);
  const perAccount = () => Array.from({ length: accountAt.size }, (): number[] => []);
  const seen = { display: perAccount(), feature: perAccount() };
  for (let from = 0; from < rows.length; ) {
    const first = rows[from]!;
    let to = from;
    while (rows[to]?.account_id === first.account_id && rows[to]?.product_id === first.product_id) to++;
    const account = accountAt.get(first.account_id)!;
    series[account * productAt.size + productAt.get(first.product_id)!] = factsOf({
      rows: rows.slice(from, to),
      week: week.subarray(from, to),
      price: price.subarray(from, to),
      base: base.subarray(from, to),
      drivers: new Map([...drivers].map(([name, values]) => [name, values.subarray(from, to)])),
    });
    for (const support of SUPPORTS) {
      for (const share of drivers.get(support)!.subarray(from, to))
        if (share >= SUPPORT_SEEN) seen[support][account]!.push(share);
    }
    from = to;
  }
  return { series, usual: usualSupport(seen), eventSpread: 0, eventShape: [] };
}
