import { addDays, addMonths, daysBetween } from "../../../data/common/dates.ts";
import { dateInWords } from "../../../data/common/format.ts";
import { endOfLength } from "../dates/span.ts";
import { allAccounts, type Goods, unknownName } from "../mentions.ts";
import { mechanicsIn, offersIn, ownUnitsIn, termsIn } from "../offer.ts";
import { promotionMeant, type RefWish } from "../promotionRef.ts";
import type { Args, LexiconPromotion } from "../types.ts";
import { PACK_UNITS } from "../vocabulary/index.ts";
import { frameOf, inWords, planDates } from "../when.ts";
import { accountArg, ask, type Build, type Built, done, goodsWords, soFar } from "./build.ts";

/** States from which a promotion can still be changed or cancelled. */
export const OPEN = ["draft", "submitted", "approved"];

/** Accounts, products, dates and terms of a plan, as far as the sentence says them. `loose`: a month counts as its days (a forecast may). */
export function planArgs(b: Build, loose: boolean): { args: Args; notes: string[] } {
  const names = b.accounts.all ? allAccounts(b.reading, b.lexicon, b.accounts.excluded) : b.accounts.names;
  const there = accountArg(b).account;
  const accounts = names.length ? names : there ? [there] : [];
  const when = planDates(b.reading.dates, frameOf(b.lexicon, "future", accounts[0]), accounts[0], loose);
  const goods = b.goods.length ? b.goods : b.features.has("thisproduct") ? b.focus.goods : [];
  return {
    args: {
      ...(accounts.length === 1 ? { account: accounts[0] } : accounts.length ? { accounts } : {}),
      ...(goods.length ? { products: goods } : {}),
      ...(when.start ? { start: when.start } : {}),
      ...(when.end ? { end: when.end } : {}),
      ...termsIn(b.reading),
      ...(when.length && !when.end ? { length: when.length } : {}),
    },
    notes: [...when.notes],
  };
}

export const hasOffer = (args: Args): boolean =>
  args.discount !== undefined || args.price_off !== undefined || (args.get !== undefined && args.pay !== undefined);

/** What a draft still lacks, asked in this order: account, start, end or length, offer. */
export function askForPlan(args: Args, b: Pick<Build, "lexicon" | "accounts">): Built | null {
  const { account, accounts, products, start, end } = args as {
    account?: string;
    accounts?: string[];
    products?: Goods[];
    start?: string;
    end?: string;
  };
  const said = [account ?? accounts?.join(", "), goodsWords(products), inWords(start, end)];
  if (b.accounts.unsure && (b.accounts.unsure.names.length > 1 || b.accounts.unsure.names.includes(account ?? ""))) {
    const { account: _, ...rest } = args;
    return askAccount(b.accounts.unsure, rest);
  }
  if (!account && !accounts)
    return ask(
      "account",
      `Which account is the promotion for?${soFar(said)}`,
      args,
      b.lexicon.accounts.map((a) => a.name),
    );
  if (!start) return ask("start", `When shall it start?${soFar(said)}`, args);
  if (!end) return ask("end", `When shall it end, or how long shall it run?${soFar(said)}`, args);
  if (end < start) {
    const { end: _, ...rest } = args;
    return ask("end", `It would end before it starts on ${dateInWords(start)}. When shall it end?`, rest);
  }
  if (!hasOffer(args))
    return ask("discount", `What is the offer: which discount, or which multibuy?${soFar(said)}`, args);
  return null;
}

export function askAccount(unsure: { said: string; names: readonly string[] }, args: Args): Built {
  const names = unsure.names.slice(0, 8);
  const list = names.length > 1 ? `${names.slice(0, -1).join(", ")} or ${names.at(-1)}` : names[0];
  return ask("account", `Which account is meant by "${unsure.said}": ${list}?`, args, names);
}

/** A length that was said before its start ("for two weeks", then "from 3 May") closes the range. */
export function closeRange(args: Args): Args {
  const { length, ...rest } = args as Args & { length?: { days: number; months: number } };
  if (!length) return rest;
  if (typeof rest.start === "string" && rest.end === undefined)
    return { ...rest, end: endOfLength(rest.start, length, addMonths) };
  return rest.end === undefined ? { ...rest, length } : rest;
}

export function buildCreate(b: Build): Built {
  const { args, notes } = planArgs(b, false);
  const strange = args.products ? null : unknownName(b.reading, "product");
  if (strange && /^\p{Lu}/u.test(strange) && strange !== args.account && strange !== b.accounts.unknown)
    args.products = [strange];
  const closed = withNote({ ...fromThread(b, args), ...closeRange(args), ...ownUnitsIn(b.reading) }, b);
  const asked = askForPlan(closed, b);
  return asked ?? done(closed, notes);
}
/**
 * What a draft takes from the thread where the sentence points there: "ok, create it" the plan that was forecast,
 * "create one for Bramley too" the draft before, "a promotion for that" the account and products spoken of.
 */
function fromThread(b: Build, said: Args): Args {
  const plans = b.features.has("onemore") ? ["forecast_promotion", "create_promotion"] : ["forecast_promotion"];
  const last = b.focus.recent.find((call) => plans.includes(call.tool) && call.status !== "error");
  const points = b.features.has("pronoun") || b.features.has("draftit") || b.features.has("onemore");
  if (last && points && !(said.account && said.start)) {
    const offer = hasOffer(said) ? ["discount", "mechanic", "get", "pay", "price_off"] : [];
    const own = said.account || said.accounts ? ["account", "accounts"] : [];
    return Object.fromEntries(Object.entries(last.args).filter(([key]) => ![...offer, ...own, "note"].includes(key)));
  }
  if (!b.features.has("pronoun") || last || said.account || said.accounts) return {};
  const products = said.products || !b.focus.goods.length ? {} : { products: b.focus.goods };
  return { ...(b.focus.account ? { account: b.focus.account } : {}), ...products };
}
/** A quotation in the sentence is a note to keep, not words to follow. */
const withNote = (args: Args, b: Build): Args =>
  b.reading.quotes.length ? { ...args, note: b.reading.quotes.join(" ") } : args;

/** "cancel all drafts at Delphi", "submit all my drafts": each that is meant and in a state for it. */
function everyOne(b: Build, statuses: readonly string[], rest: Args): Built | null {
  if (!/\b(?:all|every|both|each)\b/i.test(b.reading.text) || b.reading.codes.length > 0) return null;
  if (!b.reading.concepts.some((c) => c.concepts.includes("promotion") || c.concepts.includes("draftword")))
    return null;
  const meant = promotionMeant(b.reading, b.features, b.lexicon, b.focus, { statuses });
  const named = statuses.filter((status) => b.features.has(`st_${status}`));
  const wanted = named.length ? named : statuses;
  const found = meant.kind === "several" ? meant.promotions.filter((p) => wanted.includes(p.status)) : [];
  if (found.length < 2 || found.length > MOST_AT_ONCE) return null;
  return { args: found.map((p) => ({ promotion: p.code, ...rest })), notes: [] };
}
/** More than this nobody can look through before a yes. */
const MOST_AT_ONCE = 12;

function which(b: Build, wish: RefWish, verb: string, args: Args): { code: string } | { asked: Built } {
  const meant = promotionMeant(b.reading, b.features, b.lexicon, b.focus, wish);
  if (meant.kind === "one") return { code: meant.code };
  // Those of another state would only be refused.
  const fit = meant.kind === "several" ? meant.promotions.filter((p) => wish.statuses.includes(p.status)) : [];
  const some = fit.length
    ? fit
    : b.lexicon.promotions.filter(
        (p) =>
          wish.statuses.includes(p.status) &&
          (!b.accounts.names.length || wish.notAccounts || b.accounts.names.includes(p.account)),
      );
  const none = meant.kind === "several" && fit.length === 0;
  return { asked: askPromotion(some, verb, args, none ? `None of those can be ${PAST[verb]} now. ` : "") };
}
const PAST: Readonly<Record<string, string>> = {
  change: "changed",
  copy: "copied",
  cancel: "cancelled",
  submit: "submitted",
  approve: "approved",
  reject: "rejected",
};
export function askPromotion(some: readonly LexiconPromotion[], verb: string, args: Args, before = ""): Built {
  const shown = [...some].sort((a, b) => (a.start < b.start ? 1 : -1)).slice(0, 6);
  const names = shown.map((p) => `${p.code} (${p.name}, ${inWords(p.start, p.end)})`);
  return ask(
    "promotion",
    `${before}Which promotion shall I ${verb}?${names.length ? ` ${names.join("; ")}.` : ""}`,
    args,
    shown.map((p) => p.code),
  );
}

export function buildUpdate(b: Build): Built {
  const changes = updateArgs(b);
  const found = which(b, { statuses: OPEN, newTerms: true }, "change", changes.args);
  if ("asked" in found) return found.asked;
  const shifted = { ...changes.args, ...shift(b, found.code) };
  const { length, ...rest } = shifted as Args;
  const stored = b.lexicon.promotions.find((p) => p.code === found.code);
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
  if (takesGoodsOut(b)) args.remove_products = b.goods;
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
function noteIn(b: Build): string | undefined {
  if (!b.features.has("noteword") && !b.reading.quotes.length) return undefined;
  if (b.reading.quotes.length) return b.reading.quotes.join(" ");
  return /\bnote\b[^:]{0,60}:\s*(.{2,400})$/i.exec(b.reading.text)?.[1]?.trim();
}
/** "drop the Gel Black from P-1045" */
const takesGoodsOut = (b: Build): boolean =>
  b.goods.length > 0 &&
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

function updateArgs(b: Build): { args: Args; notes: string[] } {
  const when = planDates(
    b.reading.dates,
    frameOf(b.lexicon, "future", b.accounts.names[0]),
    b.accounts.names[0],
    false,
  );
  const bare = offersIn(b.reading).length === 0 && b.features.has("number") && !when.start ? bareDiscount(b) : {};
  const terms = termsIn(b.reading);
  const own = ownUnitsIn(b.reading);
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
    q.value > 0 &&
    q.value < 100 &&
    isOffer(q.from, q.value)
      ? [q.value]
      : [],
  );
  return numbers.length === 1 ? { discount: Math.round(numbers[0]! * 1e4) / 1e6, mechanic: "tpr" } : {};
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

export function buildCopy(b: Build): Built {
  const targets = targetAccounts(b);
  const given = b.reading.dates.filter((d) => !describesPromotion(b, d));
  const when = planDates(given, frameOf(b.lexicon, "future", targets[0]), targets[0], false);
  const rest: Args = {
    ...(targets.length === 1 ? { account: targets[0] } : {}),
    ...(when.start ? { start: when.start } : {}),
    ...(when.end ? { end: when.end } : {}),
  };
  const found = which(
    b,
    { statuses: ["ended", "closed", "running", ...OPEN], notAccounts: targets, newTerms: true, pastDates: true },
    "copy",
    rest,
  );
  if ("asked" in found) return found.asked;
  const source = b.lexicon.promotions.find((p) => p.code === found.code);
  if (when.length && source && !when.start) delete rest.end;
  const args = { promotion: found.code, ...rest };
  return targets.length > 1
    ? { args: targets.map((account) => ({ promotion: found.code, account, ...rest })), notes: when.notes }
    : done(args, when.notes);
}

/** Where a copy goes: the accounts after "to", "for" or "at" once the promotion is named. */
function targetAccounts(b: Build): string[] {
  const { reading } = b;
  const spans = reading.names.filter((n) => n.kind === "account");
  const to = spans.filter((s) => {
    for (let i = s.from - 1; i >= Math.max(0, s.from - 3); i--) {
      const word = reading.tokens[i]!.text;
      if (["to", "into", "onto", "nach", "naar", "zu", "vers"].includes(word)) return true;
      if (["for", "fur", "pour", "voor"].includes(word))
        return (
          reading.codes.length > 0 ||
          spans.length > 1 ||
          reading.concepts.some((c) => c.concepts.includes("promotion") && c.to <= i + 1)
        );
      if (["at", "with", "from", "of", "in"].includes(word))
        return (reading.codes.length > 0 || b.features.has("pronoun")) && spans.length === 1;
    }
    return false;
  });
  // "to A and B"
  const last = to.at(-1);
  const more = last ? spans.filter((s) => s.from > last.to && s.from - last.to <= 2) : [];
  const names = [...to, ...more].map((s) => s.names[0]!);
  if (!names.length && b.features.has("thisaccount") && b.focus.account) return [b.focus.account];
  return names.length || !b.accounts.all ? [...new Set(names)] : allAccounts(reading, b.lexicon, b.accounts.excluded);
}
const describesPromotion = (b: Build, mention: Build["reading"]["dates"][number]): boolean => {
  const noun = b.reading.concepts.find(
    (c) => c.concepts.includes("promotion") && c.from >= mention.to && c.from - mention.to <= 2,
  );
  return (
    noun !== undefined ||
    ("span" in mention && ["month", "quarter", "season", "holiday", "year"].includes(mention.span.grain)) ||
    ("span" in mention && mention.span.tense === "past") ||
    ("span" in mention && mention.span.year !== null && mention.span.year < Number(b.lexicon.today.slice(0, 4)))
  );
};

const REASONS = [
  /\bbecause(?: of)?\s+(.{3,300})$/i,
  /\b(?:due to|reason(?: is)?:?|since|as)\s+((?:the|we|they|it|he|she|our|their|there|too)\b.{3,300})$/i,
  /(?:[,;:]|\s[-–—])\s*(?!and\b|please\b|thanks\b|at\b|for\b|with\b|\d)(.{3,300})$/i,
];
/** Why something is cancelled, rejected or disputed, in the person's own words. */
export function reasonIn(b: Build): string | undefined {
  if (b.reading.quotes.length) return b.reading.quotes.join(" ");
  for (const pattern of REASONS) {
    const found = pattern
      .exec(b.reading.text)?.[1]
      ?.replace(/[.!\s]+$/, "")
      .trim();
    if (found) return found.replace(/^(?:dispute|reject|cancel|contest|decline|pay)\b[,:\s]+/i, "");
  }
  return undefined;
}

export function buildCancel(b: Build): Built {
  const reason = reasonIn(b);
  const rest: Args = reason ? { reason } : {};
  const all = everyOne(b, OPEN, rest);
  if (all) return all;
  const found = which(b, { statuses: OPEN }, "cancel", rest);
  return "asked" in found ? found.asked : done({ promotion: found.code, ...rest });
}
export function buildSubmit(b: Build): Built {
  const codes = [...new Set(b.reading.codes.filter((c) => c.kind === "promotion").map((c) => c.code))];
  if (codes.length > 1) return { args: codes.map((promotion) => ({ promotion })), notes: [] };
  const all = everyOne(b, ["draft"], {});
  if (all) return all;
  const found = which(b, { statuses: ["draft"] }, "submit", {});
  return "asked" in found ? found.asked : done({ promotion: found.code });
}
export function buildDecide(b: Build): Built {
  const decision = b.features.has("reject") ? "reject" : "approve";
  const reason = decision === "reject" ? reasonIn(b) : undefined;
  const rest: Args = { decision, ...(reason ? { reason } : {}) };
  const codes = [...new Set(b.reading.codes.filter((c) => c.kind === "promotion").map((c) => c.code))];
  if (codes.length > 1) return { args: codes.map((promotion) => ({ promotion, ...rest })), notes: [] };
  const all = everyOne(b, ["submitted"], rest);
  if (all) return all;
  const found = which(b, { statuses: ["submitted"] }, decision, rest);
  return "asked" in found ? found.asked : done({ promotion: found.code, ...rest });
}

export const mechanicArg = (b: Build): { mechanic?: string } => {
  const [only, ...more] = mechanicsIn(b.reading);
  return only && !more.length ? { mechanic: only } : {};
};
