import { easterSunday } from "../common/calendar.ts";
import { addDays, daysBetween, mondayOf, nextQuarter, type Period } from "../common/dates.ts";
import { ACCOUNTS, type AccountSpec } from "./accounts.ts";
import { BRANDS, categoryOf, PRODUCTS } from "./products.ts";
import { random } from "./random.ts";

/** Full weeks of sales that the store holds. */
export const HISTORY = 156;
/** Weeks that the simulator goes on beyond them: the planned calendar, and the year that scenarios may ask about. */
const AHEAD = 70;

/** First and last week (inclusive) in which an account lists a product. */
export interface Listing {
  readonly from: number;
  readonly to: number;
}

/** Time, and who lists what: all that is fixed before anything is planned or sold. */
export interface Frame {
  readonly today: string;
  /** Mondays; week HISTORY − 1 is the last full one before today. */
  readonly weeks: readonly string[];
  /** Weeks that touch the four before Christmas. */
  readonly blocked: readonly boolean[];
  /** Last week that ends by the end of the next calendar quarter. */
  readonly planEnd: number;
  /** Weeks until the next shopping holiday (Easter, the last weeks before the blackout), 99 where it is far. */
  readonly holidayIn: readonly number[];
  /** By account and product; null where it is not listed. */
  readonly listings: readonly (readonly (Listing | null)[])[];
  readonly years: readonly number[];
}

/** The blackout of a year: the four weeks before Christmas Day. */
export const blackoutOf = (year: number): Period => ({
  from: `${year}-11-27`,
  to: `${year}-12-24`,
});

export function makeFrame(today: string): Frame {
  const thisMonday = mondayOf(today);
  const weeks = Array.from({ length: HISTORY + AHEAD }, (_, t) => addDays(thisMonday, 7 * (t - HISTORY)));
  const firstYear = Number(weeks[0]!.slice(0, 4));
  const lastYear = Number(today.slice(0, 4)) + 1;
  const years = Array.from({ length: lastYear - firstYear + 1 }, (_, i) => firstYear + i);
  const blocked = weeks.map((monday) => {
    const { from, to } = blackoutOf(Number(addDays(monday, 3).slice(0, 4)));
    return monday <= to && addDays(monday, 6) >= from;
  });
  const end = nextQuarter(today).to;
  const planEnd = weeks.findLastIndex((monday) => addDays(monday, 6) <= end);
  const holidays = years.concat(lastYear + 1).flatMap((year) => [easterSunday(year), `${year}-11-15`]);
  const holidayIn = weeks.map((monday) => {
    const sunday = addDays(monday, 6);
    const days = holidays.map((date) => daysBetween(sunday, date)).filter((d) => d >= -6);
    return Math.ceil(Math.min(99 * 7, ...days) / 7);
  });
  const listings = ACCOUNTS.map((account, a) => listingsOf(account, a));
  return { today, weeks, blocked, planEnd, holidayIn, listings, years };
}

/** Which products an account lists, and since when: some of each brand, never all of everything. */
function listingsOf(account: AccountSpec, a: number): (Listing | null)[] {
  const draw = random("listing", account.code);
  const harbour = account.code === "HAR";
  const out: (Listing | null)[] = PRODUCTS.map((product, p) => {
    if (harbour && categoryOf(p) < 2) return null;
    const from =
      product.launchedWeeksAgo === undefined ? 0 : HISTORY - product.launchedWeeksAgo + draw.int(0, 3) * (a % 3);
    const to =
      product.delistedWeeksAgo === undefined ? Number.MAX_SAFE_INTEGER : HISTORY - product.delistedWeeksAgo - 1;
    return { from, to };
  });
  BRANDS.forEach((_, brand) => {
    const own = PRODUCTS.flatMap((product, p) => (product.brand === brand ? [p] : []));
    const lasting = own.filter((p) => !PRODUCTS[p]!.launchedWeeksAgo && !PRODUCTS[p]!.delistedWeeksAgo);
    // A brand's first product is everywhere; of the others one is missing now and then, and one came later.
    const gaps = draw.weighted([
      [0, 0.3],
      [1, 0.55],
      [2, 0.15],
    ] as const);
    for (const p of draw.shuffle(lasting.slice(1)).slice(0, Math.min(gaps, lasting.length - 3))) out[p] = null;
    if (draw.chance(0.15)) {
      const late = draw.pick(lasting.slice(1));
      if (out[late]) out[late] = { from: draw.int(15, 100), to: Number.MAX_SAFE_INTEGER };
    }
  });
  if (out.every((listing) => listing)) out[1] = null;
  return out;
}

/** Is the product on the account's shelves in every one of these weeks? */
export function isListed(frame: Frame, account: number, product: number, from: number, to: number): boolean {
  const listing = frame.listings[account]![product];
  return listing != null && listing.from <= from && listing.to >= to;
}

/** Products of a brand that an account lists in all of these weeks. */
export const listedOfBrand = (frame: Frame, account: number, brand: number, from: number, to: number): number[] =>
  PRODUCTS.flatMap((product, p) => (product.brand === brand && isListed(frame, account, p, from, to) ? [p] : []));
