import { ACCOUNTS } from "./accounts.ts";
import { BRANDS, CATEGORIES, categoryOf, PRODUCTS } from "./products.ts";
import { random } from "./random.ts";
import type { Mechanic } from "./types.ts";

/** One value for every account and product, read as `of(account, product)`. */
export type Grid = readonly (readonly number[])[];

/** The true parameters of the market; the formulas that use them stand in README.md. */
export interface Parameters {
  readonly level: Grid;
  readonly trend: readonly number[];
  readonly seasonScale: readonly number[];
  readonly everyday: readonly number[];
  readonly depth: Grid;
  readonly display: Grid;
  readonly feature: Grid;
  readonly pantry: readonly number[];
  readonly competitor: Grid;
  readonly noise: Grid;
}

/** A category's response to log depth, before account and product; saturation bends it for deep cuts. */
const DEPTH = 3.1;
export const SATURATION = 0.8;
const DISPLAY = 0.42;
const FEATURE = 0.24;
export const DISPLAY_X_FEATURE = 0.08;
/** Share of the pantry stock that is left a week later. */
export const PANTRY_DECAY = 0.5;
/** What a brand's other products gain where it stands on display or in the leaflet everywhere (log). */
export const HALO = 0.03;
/** How much a competitor's promotion of depth 1 would blunt the response to ours. */
export const BLUNTING = 0.9;
/** Log effect on units of the category's price level. */
export const CATEGORY_PRICE = 0.3;
/** Depth counts for more or less by how it is offered. */
export const MECHANIC: Readonly<Record<Mechanic, number>> = {
  tpr: 1,
  multibuy: 1.05,
  loyalty_price: 1.05,
  coupon: 1.3,
  edlp: 0.7,
};

/** How the variance of the noise divides; the drift is an AR(1) with the coefficient below. */
export const NOISE_SHARES = { own: 0.42, product: 0.16, account: 0.12, drift: 0.3 };
export const DRIFT = 0.9;

export function makeParameters(): Parameters {
  const trend = PRODUCTS.map(
    (product, p) =>
      BRANDS[product.brand]!.trend + 0.025 * random("trend", p).normal() + (product.delistedWeeksAgo ? -0.15 : 0),
  );
  const productDepth = PRODUCTS.map((_, p) => spread(random("depth", p), 0.72, 1.38));
  const productDisplay = PRODUCTS.map((_, p) => spread(random("display", p), 0.75, 1.3));
  const productFeature = PRODUCTS.map((_, p) => spread(random("feature", p), 0.8, 1.25));
  const grid = (cell: (account: number, product: number) => number): Grid =>
    ACCOUNTS.map((_, a) => PRODUCTS.map((_, p) => cell(a, p)));
  return {
    trend,
    seasonScale: ACCOUNTS.map((account) => spread(random("season", account.code), 0.85, 1.15)),
    everyday: PRODUCTS.map(
      (_, p) => CATEGORIES[categoryOf(p)]!.everydayElasticity * spread(random("everyday", p), 0.75, 1.3),
    ),
    level: grid((a, p) => Math.log(PRODUCTS[p]!.weekly * ACCOUNTS[a]!.size) + 0.22 * random("level", a, p).normal()),
    depth: grid(
      (a, p) => DEPTH * ACCOUNTS[a]!.priceResponse * productDepth[p]! * Math.exp(0.07 * random("depth", a, p).normal()),
    ),
    display: grid((a, p) => DISPLAY * ACCOUNTS[a]!.displayResponse * productDisplay[p]!),
    feature: grid((a, p) => FEATURE * ACCOUNTS[a]!.featureResponse * productFeature[p]!),
    pantry: PRODUCTS.map((_, p) => CATEGORIES[categoryOf(p)]!.pantry * spread(random("pantry", p), 0.85, 1.15)),
    competitor: grid((a, p) => -spread(random("competitor", a, categoryOf(p)), 0.8, 1.3)),
    noise: grid((a, p) => random("noise sd", a, p).uniform(0.125, 0.195)),
  };
}

/** Log-uniform between two multiples. */
const spread = (draw: ReturnType<typeof random>, low: number, high: number): number =>
  Math.exp(draw.uniform(Math.log(low), Math.log(high)));
