import { isExcluded } from "./mentions.ts";
import { mechanicOf } from "./offer.ts";
import type { Reading } from "./reading.ts";
import type { Build } from "./slots/build.ts";
import type { Args } from "./types.ts";
import { NEGATION } from "./vocabulary/index.ts";
import { matchesAt } from "./vocabulary/match.ts";

/** Reads that leave out what they are told to, and what of it they know. */
const LEAVES_OUT: Readonly<Record<string, readonly ("accounts" | "products" | "mechanics")[]>> = {
  compare_promotions: ["accounts", "products", "mechanics"],
  discount_response: ["accounts", "products", "mechanics"],
  find_promotions: ["accounts", "products", "mechanics"],
  product_growth: ["accounts", "products"],
  market_signals: ["accounts", "products"],
  category_view: ["accounts", "products"],
  assortment_gaps: ["accounts", "products"],
  track_launches: ["accounts", "products"],
  find_risks: ["accounts"],
};
export const leavesOut = (tool: string): boolean => LEAVES_OUT[tool] !== undefined;

/** Mechanics that a sentence names to leave them out ("but not multibuy"), and those it names to keep. */
export function mechanicsOf(reading: Reading): { kept: string[]; excluded: string[] } {
  const hits = reading.concepts.filter((c) => mechanicOf(c.concepts) !== null);
  const of = (out: boolean): string[] => [
    ...new Set(hits.filter((h) => isOut(reading, h, hits) === out).map((h) => mechanicOf(h.concepts)!)),
  ];
  const excluded = of(true);
  const offers = reading.quantities.some((q) => q.kind === "multibuy") ? ["multibuy"] : [];
  return { kept: [...new Set([...of(false), ...offers])].filter((m) => !excluded.includes(m)), excluded };
}
function isOut(reading: Reading, hit: { from: number; to: number }, hits: readonly { from: number; to: number }[]) {
  if (isExcluded(reading, hit, hits)) return true;
  for (let at = Math.max(0, hit.from - 3); at < hit.from; at++)
    if (matchesAt(reading.tokens, at, NEGATION).some((m) => m.to === hit.from)) return true;
  return false;
}

/** True where a sentence takes out something that it names. */
export const namesExclusion = (reading: Reading): boolean =>
  reading.names.some((n) => isExcluded(reading, n, reading.names)) || mechanicsOf(reading).excluded.length > 0;

/** What a read leaves out, as its argument; empty where nothing is taken out or the tool cannot leave it out. */
export function exclusionOf(b: Build): { exclude?: Args } {
  const known = LEAVES_OUT[b.tool] ?? [];
  const found = {
    accounts: [...b.accounts.excluded],
    products: [...b.excludedGoods],
    mechanics: mechanicsOf(b.reading).excluded,
  };
  const parts = known.flatMap((key) => (found[key].length ? [[key, found[key]] as const] : []));
  return parts.length ? { exclude: Object.fromEntries(parts) } : {};
}

/** What was left out before and what is now, together. */
export function moreExcluded(before: Args | undefined, now: Args): Args {
  const keys = [...new Set([...Object.keys(before ?? {}), ...Object.keys(now)])];
  const once = (list: unknown[]): unknown[] => {
    const seen = new Set<string>();
    return list.filter((one) => !seen.has(JSON.stringify(one)) && seen.add(JSON.stringify(one)));
  };
  return Object.fromEntries(
    keys.map((key) => [key, once([...((before?.[key] as unknown[]) ?? []), ...((now[key] as unknown[]) ?? [])])]),
  );
}
