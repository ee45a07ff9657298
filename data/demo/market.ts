import { easterSunday } from "../common/calendar.ts";
import { addDays, dayNumber } from "../common/dates.ts";
import { ACCOUNTS } from "./accounts.ts";
import { type Frame, HISTORY } from "./frame.ts";
import { CATEGORY_PRICE, DRIFT, NOISE_SHARES, type Parameters } from "./parameters.ts";
import { CATEGORIES, categoryOf, PRODUCTS } from "./products.ts";
import { random } from "./random.ts";
import type { Rival } from "./types.ts";

/** What holds with no promotion of ours: prices, distribution, the category, and the log of units. Series are [account][product][week]. */
export interface Market {
  /** Everyday shelf price, EUR incl. VAT. */
  readonly basePrice: Series;
  /** Share of the account's stores that carry the product. */
  readonly distribution: Series;
  /** Share of the week in which the shelf was empty for reasons of its own. */
  readonly outOfStock: Series;
  readonly noise: Series;
  /** Log of expected units with no promotion of ours, noise and competitors included; NaN where not listed. */
  readonly logBase: Series;
  /** Competitors' depth by [account][category][week]. */
  readonly rivalDepth: Series;
  /** Price level of the category by week, 1 in the last full week. */
  readonly priceIndex: readonly Float64Array[];
}

export type Series = readonly (readonly Float64Array[])[];

const grid = (cell: (account: number, product: number) => Float64Array): Series =>
  ACCOUNTS.map((_, a) => PRODUCTS.map((_, p) => cell(a, p)));

export function makeMarket(frame: Frame, parameters: Parameters, rivals: readonly Rival[]): Market {
  const total = frame.weeks.length;
  const basePrice = grid((a, p) => priceHistory(a, p, total));
  const distribution = grid((a, p) => distributionOf(frame, a, p));
  const outOfStock = grid((a, p) => gaps(a, p, total));
  const noise = makeNoise(parameters, total);
  const rivalDepth = ACCOUNTS.map((_, a) => CATEGORIES.map((_, c) => depthOf(rivals, a, c, total)));
  const priceIndex = CATEGORIES.map((_, c) => categoryPrice(c, total));
  const season = CATEGORIES.map((_, c) => seasonOf(frame, c));
  const holidays = CATEGORIES.map((_, c) => holidaysOf(frame, c));
  const logBase = grid((a, p) => {
    const c = categoryOf(p);
    const listing = frame.listings[a]![p];
    const today = basePrice[a]![p]![HISTORY - 1]!;
    return Float64Array.from({ length: total }, (_, t) => {
      if (!listing || t < listing.from || t > listing.to) return Number.NaN;
      return (
        parameters.level[a]![p]! +
        (parameters.trend[p]! * (t - HISTORY)) / 52 +
        parameters.seasonScale[a]! * season[c]![t]! +
        holidays[c]![t]! -
        parameters.everyday[p]! * Math.log(basePrice[a]![p]![t]! / today) +
        Math.log(distribution[a]![p]![t]! / 0.93) +
        parameters.competitor[a]![p]! * rivalDepth[a]![c]![t]! +
        CATEGORY_PRICE * Math.log(priceIndex[c]![t]!) +
        noise[a]![p]![t]!
      );
    });
  });
  return { basePrice, distribution, outOfStock, noise, logBase, rivalDepth, priceIndex };
}

/** A year's wave at the middle of each week. */
export function seasonOf(frame: Frame, category: number): Float64Array {
  const [amplitude, peak] = CATEGORIES[category]!.season;
  return Float64Array.from(frame.weeks, (monday) => {
    const day = dayNumber(addDays(monday, 3)) - dayNumber(`${monday.slice(0, 4)}-01-01`);
    const angle = (2 * Math.PI * (day - peak)) / 365.25;
    return amplitude * (Math.cos(angle) + 0.12 * Math.cos(2 * angle));
  });
}

function holidaysOf(frame: Frame, category: number): Float64Array {
  const [easter, christmas, newYear] = CATEGORIES[category]!.holidays;
  return Float64Array.from(frame.weeks, (monday) => {
    const sunday = addDays(monday, 6);
    const within = (date: string): boolean => date >= monday && date <= sunday;
    const year = Number(sunday.slice(0, 4));
    let effect = 0;
    if (within(easterSunday(year))) effect += easter;
    else if (within(addDays(easterSunday(year), -7))) effect += easter / 2;
    const december = Number(monday.slice(0, 4));
    if (within(`${december}-12-24`)) effect += christmas;
    else if (within(`${december}-12-17`)) effect += christmas / 2;
    if (within(`${year}-01-01`)) effect += newYear;
    return effect;
  });
}

/** Price ending as shops like it: …9 cents. */
const charm = (price: number): number => Math.max(0.49, Math.round(price * 10) / 10 - 0.01);

/** Two or three price rounds in three years, a brand's at about the same time everywhere; now and then one goes down. */
function priceHistory(a: number, p: number, total: number): Float64Array {
  const account = ACCOUNTS[a]!;
  const product = PRODUCTS[p]!;
  const brand = random("price round", product.brand);
  const own = random("price", a, p);
  const now = product.list * account.markup * (1 + account.vat) * own.uniform(0.97, 1.03);
  const rounds = [brand.int(16, 34), brand.int(66, 84), brand.int(118, 138)].map((week) => ({
    week: week + own.int(0, 5),
    change: own.chance(0.15) ? -own.uniform(0.02, 0.04) : own.uniform(0.02, 0.06),
  }));
  return Float64Array.from({ length: total }, (_, t) => {
    const factor = rounds.reduce((sum, round) => (t < round.week ? sum / (1 + round.change) : sum), 1);
    return Math.round(100 * charm(now * factor)) / 100;
  });
}

/** Nearly all stores, after a launch that takes ten weeks. */
function distributionOf(frame: Frame, a: number, p: number): Float64Array {
  const draw = random("distribution", a, p);
  const mature = draw.uniform(0.88, 0.98);
  const from = frame.listings[a]![p]?.from ?? 0;
  return Float64Array.from(frame.weeks, (_, t) => {
    const ramp = from > 0 ? Math.min(1, 0.3 + 0.07 * Math.max(0, t - from)) : 1;
    return Math.round(1000 * mature * ramp) / 1000;
  });
}

function gaps(a: number, p: number, total: number): Float64Array {
  const draw = random("gap", a, p);
  const out = new Float64Array(total);
  for (let t = 0; t < HISTORY; t++) {
    if (!draw.chance(0.009)) continue;
    const share = Math.round(100 * draw.uniform(0.2, 0.75)) / 100;
    out[t] = share;
    if (draw.chance(0.4) && t + 1 < HISTORY) out[t + 1] = Math.round(60 * share) / 100;
  }
  return out;
}

/** Independent, shared by a product, shared by an account's category, and drifting; beyond the history only what is left of the drift. */
function makeNoise(parameters: Parameters, total: number): Series {
  const shocks = (draw: ReturnType<typeof random>): Float64Array =>
    Float64Array.from({ length: total }, (_, t) => (t < HISTORY ? draw.normal() : 0));
  const product = PRODUCTS.map((_, p) => shocks(random("product shock", p)));
  const account = ACCOUNTS.map((_, a) => CATEGORIES.map((_, c) => shocks(random("account shock", a, c))));
  const innovation = Math.sqrt(1 - DRIFT * DRIFT);
  return grid((a, p) => {
    const own = shocks(random("own shock", a, p));
    const drifts = shocks(random("drift", a, p));
    const sd = parameters.noise[a]![p]!;
    let drift = random("drift start", a, p).normal();
    return Float64Array.from({ length: total }, (_, t) => {
      drift = DRIFT * drift + innovation * drifts[t]!;
      return (
        sd *
        (Math.sqrt(NOISE_SHARES.own) * own[t]! +
          Math.sqrt(NOISE_SHARES.product) * product[p]![t]! +
          Math.sqrt(NOISE_SHARES.account) * account[a]![categoryOf(p)]![t]! +
          Math.sqrt(NOISE_SHARES.drift) * drift)
      );
    });
  });
}

function depthOf(rivals: readonly Rival[], account: number, category: number, total: number): Float64Array {
  const out = new Float64Array(total);
  for (const rival of rivals) {
    if (rival.account !== account || rival.category !== category) continue;
    for (let t = rival.start; t < rival.start + rival.weeks; t++) out[t] = Math.max(out[t]!, rival.depth);
  }
  return out;
}

/** The weeks in which a category's shelf prices moved at large, and by how much. */
export const categoryMoves = (category: number): { week: number; change: number }[] => {
  const draw = random("category price", category);
  return [draw.int(20, 40), draw.int(70, 95), draw.int(HISTORY - 22, HISTORY - 6)].map((week) => ({
    week,
    change: Math.round(1000 * (draw.chance(0.25) ? -draw.uniform(0.015, 0.03) : draw.uniform(0.02, 0.045))) / 1000,
  }));
};

function categoryPrice(category: number, total: number): Float64Array {
  const moves = categoryMoves(category);
  return Float64Array.from({ length: total }, (_, t) =>
    moves.reduce((index, move) => (t < move.week ? index / (1 + move.change) : index), 1),
  );
}
