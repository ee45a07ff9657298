import type { Say } from "../say.ts";

interface Part {
  readonly part: string;
  readonly units: number;
}
export interface Split {
  readonly sold: readonly Part[];
  readonly net: readonly Part[];
}

/** Each part, as it is named; a mechanic's driver has its own name. */
const PARTS: Readonly<Record<string, string>> = {
  baseline: "Would have sold with no promotion at all",
  pulled_forward: "Pulled forward by earlier promotions",
  other_promotions: "Our other promotions beside it",
  price: "Lower price",
  display: "Display",
  feature: "Feature",
  multibuy: "Multibuy",
  loyalty_price: "Loyalty price",
  coupon: "Coupon",
  full_cupboards: "Full cupboards in its later weeks",
  between_products: "Its products from one another",
  unexplained: "Unexplained",
  gross_incremental: "Incremental units in its weeks",
  dip: "Dip in the weeks after",
  cannibalised: "Taken from our other products",
  halo: "Lent to our other products",
};

/** Where the units came from: what adds up to the units sold, and what of it is truly incremental. */
export function splitTable(say: Say, split: Split): void {
  const rows = (list: "sold" | "net"): string[][] =>
    split[list].map(({ part }, i) => [PARTS[part] ?? part, say.fig(`/split/${list}/${i}/units`, "units")]);
  say.p("Where its units came from; the parts add up to what it sold:");
  say.table(["Part", "Units"], [...rows("sold"), ["**Sold**", say.fig("/units", "units")]]);
  say.p("And what of that was truly incremental:");
  say.table(["Part", "Units"], [...rows("net"), ["**Truly incremental**", say.fig("/true_incremental", "units")]]);
}
