import { addDays, addMonths, daysBetween } from "../../../data/common/dates.ts";
import { endOfLength } from "../dates/span.ts";
import type { Goods } from "../mentions.ts";
import { changedTerms, isReplaced, offersIn, ownPlanIn } from "../offer.ts";
import type { Args, LexiconPromotion } from "../types.ts";
import { PACK_UNITS } from "../vocabulary/index.ts";
import { frameOf, planDates } from "../when.ts";
import { ask, type Build, type Built, done } from "./build.ts";
import { endSaid } from "./ends.ts";
import { OPEN, which } from "./which.ts";
import { windowsIn } from "./windows.ts";

export function buildUpdate(said: Build): Built {
  const { args: windows, rest: b } = windowsIn(said);
  const changes = updateArgs(b);
  const found = which(b, { statuses: OPEN, newTerms: true }, "change", { ...changes.args, ...windows });
  if ("asked" in found) return found.asked;
  const stored = b.lexicon.promotions.find((p) => p.code === found.code);
  const shifted = { ...updateArgs(b, stored).args, ...shift(b, found.code), ...windows };
  const { length, ...rest } = shifted as Args;
  const args: Args = { promotion: found.code, ...rest };
  if (length && stored) {
    const start = (rest.start as string | undefined) ?? stored.start;
    const extend = b.features.has("extend") && /\b(by|another|more|extra|longer)\b/.test(b.reading.text);
    args.end = extend
      ? addDays(addMonths(stored.end, (length as { months: number }).months), (length as { days: number }).days)
      : endOfLength(start, length as { days: number; months: number }, addMonths);
  }
  // A promotion that moves keeps its length.
  if (stored && typeof args.start === "string" && args.end === undefined)
    args.end = addDays(args.start, daysBetween(stored.start, stored.end));
  if (takesGoodsOut(b)) args.remove_products = leaving(b);
  if (b.features.has("head:remove") && /\bfees?\b/i.test(b.reading.text)) {
    delete args.payment;
    args.fixed_spend = { amount: 0, currency: "EUR" };
  }
  const note = noteIn(b);
  if (note) args.note = note;
  const swapped = b.features.has("replaceword") && b.goods.length > 1 && /\b(?:with|by|for)\b/i.test(b.reading.text);
  if (swapped) Object.assign(args, { remove_products: b.goods.slice(0, 1), add_products: b.goods.slice(1) });
  else if (bringsGoods(b, stored))
    args[b.features.has("head:update") || b.features.has("instead") ? "products" : "add_products"] = b.goods;
  if (Object.keys(args).length === 1)
    return ask("change", `What shall change in ${found.code}${stored ? `, ${stored.name}` : ""}?`, args);
  return done(args, changes.notes);
}

/** 'Add the note "buyer agreed"', "put a note on it: buyer agreed" */
export function noteIn(b: Build): string | undefined {
  if (!b.features.has("noteword") && !b.reading.quotes.length) return undefined;
  if (b.reading.quotes.length) return b.reading.quotes.join(" ");
  return /\bnote\b[^:]{0,60}:\s*(.{2,400})$/i.exec(b.reading.text)?.[1]?.trim();
}

/** "drop the Gel Black from P-1045" */
const leaving = (b: Build): readonly Goods[] => (b.goods.length ? b.goods : b.excludedGoods);
const takesGoodsOut = (b: Build): boolean =>
  leaving(b).length > 0 &&
  (b.features.has("from2") || /\bout of\b/i.test(b.reading.text)) &&
  (b.features.has("head:remove") || b.features.has("head:cancel"));

/** Products that are not what the promotion already is about: to be added, or put in its place. */
const bringsGoods = (b: Build, stored: LexiconPromotion | undefined): boolean =>
  (b.features.has("head:add") ||
    b.features.has("head:update") ||
    b.features.has("add") ||
    b.features.has("instead") ||
    b.features.has("replaceword")) &&
  b.goods.some((g) => typeof g === "string" || ("brand" in g && g.brand !== stored?.brand));

function updateArgs(b: Build, stored?: LexiconPromotion): { args: Args; notes: string[] } {
  const when = endSaid(
    b,
    planDates(b.reading.dates, frameOf(b.lexicon, "future", b.accounts.names[0]), b.accounts.names[0], false),
    stored ? { start: stored.start } : {},
  );
  const bare = offersIn(b.reading).length === 0 && b.features.has("number") && !when.start ? bareDiscount(b) : {};
  const terms = changedTerms(b.reading);
  const own = ownPlanIn(b.reading);
  const onlyEnd = b.features.has("extend") && when.end === undefined && when.start !== undefined;
  const dates: Args = onlyEnd
    ? { end: when.start }
    : { ...(when.start ? { start: when.start } : {}), ...(when.end ? { end: when.end } : {}) };
  const moved = b.features.has("move");
  return {
    args: {
      ...withoutUnits(terms, own),
      ...own,
      ...bare,
      ...dates,
      ...(when.length && !moved ? { length: when.length } : {}),
      ...(when.length && b.features.has("extend") ? { length: when.length } : {}),
    },
    notes: [...when.notes],
  };
}

/** "12k units" is no amount of money. */
const withoutUnits = ({ fixed_spend, ...terms }: Args, own: Args): Args =>
  fixed_spend && (fixed_spend as { amount: number }).amount !== own.planned_units ? { ...terms, fixed_spend } : terms;

/** "1 kg", "2 packs": a number that counts something is no discount. */
const isCounted = ({ tokens }: Build["reading"], to: number): boolean =>
  PACK_UNITS.has(tokens[to]?.text ?? "") ||
  ["pack", "packs", "store", "stores", "unit", "units", "product", "products"].includes(tokens[to]?.text ?? "");

/** "make it 25": a bare number where only a discount can be meant. */
export function bareDiscount(b: Pick<Build, "reading">): Args {
  // A spelt-out small number is a pronoun ("the last one"), not an offer.
  const isOffer = (at: number, value: number): boolean => b.reading.tokens[at]!.kind === "number" || value >= 5;
  const numbers = b.reading.quantities.flatMap((q) =>
    q.kind === "number" &&
    !q.ordinal &&
    !isCounted(b.reading, q.to) &&
    !isReplaced(b.reading, q.from) &&
    q.value > 0 &&
    q.value < 100 &&
    isOffer(q.from, q.value)
      ? [q.value]
      : [],
  );
  return numbers.length === 1 ? { discount: Math.round(numbers[0]! * 1e4) / 1e6 } : {};
}

/** "move it a week", "push it back by two weeks", "bring it forward three days": both dates, the length kept. */
export function shift(b: Pick<Build, "reading" | "features" | "lexicon">, code: string): Args {
  const stored = b.lexicon.promotions.find((p) => p.code === code);
  return stored ? shiftDates(b, stored.start, stored.end) : {};
}

export function shiftDates(b: Pick<Build, "reading" | "features">, start: string, end: string): Args {
  const mention =
    b.reading.dates.find((d) => d.role === "shift") ??
    (b.features.has("move") ? b.reading.dates.find((d) => d.role === "length") : undefined);
  if (mention?.role !== "shift" && mention?.role !== "length") return {};
  const forward = /\b(?:bring|pull)\b.*\bforward\b|\bearlier\b|\bsooner\b|\badvance\b|\bprepone\b/i.test(
    b.reading.text,
  );
  const sign = forward ? -1 : mention.role === "shift" ? mention.sign : 1;
  const move = (date: string): string =>
    addDays(addMonths(date, sign * mention.length.months), sign * mention.length.days);
  return { start: move(start), end: move(end) };
}
