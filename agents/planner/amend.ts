import { addDays, addMonths, daysBetween } from "../../data/common/dates.ts";
import { foldName } from "../../data/common/names.ts";
import { endOfLength } from "./dates/span.ts";
import { type Goods, less } from "./mentions.ts";
import { mechanicsIn, moneyIn, offersIn } from "./offer.ts";
import type { Build } from "./slots/build.ts";
import { endSaid } from "./slots/ends.ts";
import { closeRange, hasOffer, planArgs } from "./slots/planArgs.ts";
import { bareDiscount, noteIn, shiftDates } from "./slots/update.ts";
import type { Args } from "./types.ts";
import { NEGATION } from "./vocabulary/index.ts";
import { matchAt } from "./vocabulary/match.ts";

/** Arguments of an offer, which exclude one another: a new one takes the place of the old. */
const OFFER = ["discount", "price_off", "get", "pay", "mechanic"];

/** What a sentence changes in a plan that stands ("make it 25 %", "with display", "move it a week", "for Bramley instead"), or null. */
export function amended(base: Args, b: Build): { args: Args; notes: string[] } | null {
  const { args: all, notes } = planArgs(notYears(b), true);
  const said = endSaid(b, all, base);
  // "make them both 25 %" says nothing of an account, whichever the thread is about.
  if (!b.accounts.names.length && !b.accounts.all) delete said.account;
  const note = noteIn(b);
  if (note) return { args: { ...base, note }, notes: [] };
  const swapped = swappedGoods(base, b);
  if (swapped) said.products = swapped;
  const bare = !hasOffer(said) && offersIn(b.reading).length === 0 ? bareDiscount(b) : {};
  const changes: Args = { ...closeRange({ ...said, ...(said.start ? {} : bare) }) };
  const moved =
    typeof base.start === "string" && typeof base.end === "string" ? shiftDates(b, base.start, base.end) : {};
  Object.assign(changes, moved, withoutIt(base, b));
  const planned = base.products as Goods[] | undefined;
  if (planned?.length && !swapped) {
    const out = isRemoval(b) ? [...b.goods, ...b.excludedGoods] : b.goods.length ? [] : b.excludedGoods;
    const left = out.length ? less(planned, out, b.lexicon) : [];
    if (left.length) changes.products = left;
    else if (b.goods.length && !adds(b)) changes.products = ofThePlan(planned, b);
  }
  const narrowed = changes.products ? null : narrowedGoods(base, b);
  if (narrowed) changes.products = narrowed;
  if (moved.start) delete changes.length;
  if (Object.keys(changes).length === 0) return null;
  const { length, ...rest } = changes as Args & { length?: { days: number; months: number } };
  const next: Args = { ...base };
  if (hasOffer(rest) || rest.mechanic)
    for (const key of OFFER) if (hasOffer(rest) || key === "mechanic") delete next[key];
  // 15 % of a coupon are 15 % of a coupon; of a multibuy they are a price reduction.
  const cut = rest.discount !== undefined || rest.price_off !== undefined;
  if (cut && !mechanicsIn(b.reading).length && typeof base.mechanic === "string")
    rest.mechanic = base.mechanic === "multibuy" ? "tpr" : base.mechanic;
  if (rest.products && adds(b) && !swapped)
    rest.products = [...((base.products as unknown[]) ?? []), ...(rest.products as unknown[])];
  if (rest.account) delete next.accounts;
  if (rest.accounts) delete next.account;
  // Only a new start: the promotion moves and keeps its length.
  if (rest.start && !rest.end && typeof base.start === "string" && typeof base.end === "string")
    rest.end = addDays(rest.start as string, daysBetween(base.start, base.end));
  const merged = closeRange({ ...next, ...rest });
  // Another length: the same start, a new end.
  if (length && !rest.end && typeof merged.start === "string") merged.end = newEnd(merged, length, base, b);
  return { args: merged, notes };
}
/** "drop the decaf", "take the 500 g out": what is named leaves the plan. */
const isRemoval = (b: Build): boolean => b.features.has("head:remove") || b.features.has("head:cancel");

/** A word that fits products of other brands too ("the decaf") means those of the plan, where some are among them. */
function ofThePlan(planned: readonly Goods[], b: Build): Goods[] {
  const inside = b.goods.filter((g) => typeof g === "string" && less([g], planned, b.lexicon).length === 0);
  return inside.length && b.goods.every((g) => typeof g === "string") ? inside : [...b.goods];
}

/** "a lump sum of 2000": a year alone is no date of a plan. */
const notYears = (b: Build): Build => ({
  ...b,
  reading: { ...b.reading, dates: b.reading.dates.filter((d) => !("span" in d) || d.span.grain !== "year") },
});

/** "swap Kestrel for Polar Lane" */
function swappedGoods(base: Args, b: Build): Goods[] | null {
  const [out, ...into] = b.goods;
  const planned = base.products as Goods[] | undefined;
  if (!b.features.has("replaceword") || !out || !into.length || !planned?.length) return null;
  return [...(less(planned, [out], b.lexicon) ?? []), ...into];
}

/** "without it": what support the plan has goes. */
function withoutIt(base: Args, b: Build): Args {
  const { tokens } = b.reading;
  const bare = tokens.some(
    (t, i) => t.text === "without" && ["it", "that", "them", "?", ""].includes(tokens[i + 1]?.text ?? ""),
  );
  if (!bare) return {};
  return Object.fromEntries(["display", "feature"].flatMap((k) => (base[k] === true ? [[k, false]] : [])));
}

/**
 * "only the 500 g", "just the decaf": of the plan's brands or categories, the products whose names hold these words;
 * "drop the decaf", "without the 500 g": all others.
 */
function narrowedGoods(base: Args, b: Build): string[] | null {
  const whole = (base.products as unknown[] | undefined)?.filter((g) => typeof g === "object") as
    | { brand?: string; category?: string }[]
    | undefined;
  if (!whole?.length) return null;
  const pool = b.lexicon.products.filter((p) => whole.some((g) => g.brand === p.brand || g.category === p.category));
  const words = new Set(pool.flatMap((p) => foldName(p.name).split(" ")));
  const said = b.reading.tokens.map((t) => t.text);
  const packs = said.flatMap((w, i) =>
    /^\d/.test(w) && words.has(w) && words.has(said[i + 1] ?? "") ? [w, said[i + 1]!] : [],
  );
  const kinds = said.filter(
    (w) => w.length > 3 && words.has(w) && !whole.some((g) => foldName(g.brand ?? g.category ?? "").includes(w)),
  );
  const wanted = [...packs, ...kinds];
  if (wanted.length === 0) return null;
  const fits = pool.filter((p) => wanted.every((w) => foldName(p.name).split(" ").includes(w)));
  if (!fits.length || fits.length === pool.length) return null;
  const kept = takesOut(b, wanted) ? pool.filter((p) => !fits.includes(p)) : fits;
  return kept.map((p) => p.name);
}

/** True where what these words name is denied or taken away: a negation stands shortly before the first of them. */
function takesOut(b: Build, words: readonly string[]): boolean {
  const { tokens } = b.reading;
  const at = tokens.findIndex((t) => words.includes(t.text));
  return [1, 2, 3, 4].some((n) => {
    const end = matchAt(tokens, at - n, NEGATION)?.to ?? -1;
    return end > 0 && end <= at;
  });
}

const adds = (b: Build): boolean => b.features.has("add") || /\b(?:also|too|as well)\b/i.test(b.reading.text);

/** "three weeks": that long; "one week longer", "two days shorter": from the end that stands. */
function newEnd(plan: Args, length: { days: number; months: number }, base: Args, b: Build): string {
  const relative = b.features.has("byhowmuch") && typeof base.end === "string" && plan.start === base.start;
  if (!relative) return endOfLength(plan.start as string, length, addMonths);
  const sign = /\b(?:shorter|less)\b/i.test(b.reading.text) ? -1 : 1;
  return addDays(addMonths(base.end as string, sign * length.months), sign * length.days);
}

/** A waiting transfer or payment of another amount. */
export function amendedAmount(base: Args, b: Build): Args | null {
  const money = moneyIn(b.reading, ["any", "budget", "support"]);
  const number = b.reading.quantities.find((q) => q.kind === "number" && !q.ordinal);
  const amount = money ?? (number?.kind === "number" ? { amount: number.value, currency: "EUR" } : undefined);
  return amount ? { ...base, amount: inThousands(base, amount, money === undefined) } : null;
}

/** "only 8" of a transfer of 10,000 is 8,000: nobody moves eight euros instead. */
function inThousands(base: Args, said: { amount: number; currency: string }, bare: boolean): typeof said {
  const { amount: before } = (base.amount ?? {}) as { amount?: number };
  const short = bare && before !== undefined && before >= 1000 && before % 1000 === 0 && said.amount * 100 < before;
  return short ? { ...said, amount: said.amount * 1000 } : said;
}
