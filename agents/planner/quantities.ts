import { fractionAt, type Num, numberAt } from "./numbers.ts";
import type { Token } from "./text/tokens.ts";
import { CENTS, CONCEPTS, FRACTIONS_AFTER, MONEY, PERCENT, UNITS } from "./vocabulary/index.ts";
import { matchAt, valueAt } from "./vocabulary/match.ts";

export interface Money {
  readonly amount: number;
  readonly currency: string;
}
/** An amount in the sentence, and one past its last token. */
export type Quantity = { readonly from: number; readonly to: number } & (
  | { readonly kind: "percent"; readonly values: readonly number[]; readonly between: boolean }
  | { readonly kind: "multibuy"; readonly get: number; readonly pay: number }
  | { readonly kind: "price_off"; readonly money: Money }
  | { readonly kind: "money"; readonly money: Money; readonly for: "support" | "budget" | "any" }
  | { readonly kind: "uplift"; readonly value: number }
  | { readonly kind: "number"; readonly value: number; readonly ordinal: boolean }
);

const OFF = new Set([
  "off",
  "cheaper",
  "less",
  "discount",
  "reduction",
  "saving",
  "rabatt",
  "korting",
  "remise",
  "gunstiger",
  "reduziert",
]);
const SUPPORT = new Set([
  "display",
  "feature",
  "leaflet",
  "fee",
  "fixed",
  "lump",
  "slotting",
  "listing",
  "placement",
  "flyer",
  "ad",
  "ads",
  "advert",
  "endcap",
  "gondola",
  "support",
  "advertising",
  "sum",
]);
const BUDGET = new Set([
  "budget",
  "fund",
  "funds",
  "spend",
  "invest",
  "money",
  "pot",
  "available",
  "have",
  "got",
  "allocate",
  "best",
  "max",
  "maximum",
  "limit",
]);
const FOR = new Set(["for", "fur", "pour", "voor", "4"]);
const PRICE_OF = ["zum preis von", "pour le prix de", "voor de prijs van", "for the price of", "halen"].map((p) =>
  p.split(" "),
);
const FREE = new Set(["free", "gratis", "offert", "umsonst", "kostenlos"]);

/** All amounts outside names and dates, in order. */
export function readQuantities(tokens: readonly Token[], blocked: readonly boolean[]): Quantity[] {
  const found: Quantity[] = [];
  for (let at = 0; at < tokens.length; ) {
    const quantity = blocked[at] ? null : quantityAt(tokens, blocked, at);
    if (quantity) found.push(quantity);
    at = Math.max(at + 1, quantity?.to ?? 0);
  }
  return found;
}

function quantityAt(tokens: readonly Token[], blocked: readonly boolean[], at: number): Quantity | null {
  return (
    multibuyAt(tokens, at) ??
    upliftOf(tokens, percentsAt(tokens, blocked, at)) ??
    moneyAt(tokens, at) ??
    fractionOffAt(tokens, at) ??
    bareOffAt(tokens, at) ??
    plainAt(tokens, at)
  );
}

const text = (tokens: readonly Token[], at: number): string => tokens[at]?.text ?? "";
const count = (n: Num | null): n is Num =>
  n !== null && !n.ordinal && Number.isInteger(n.value) && n.value >= 1 && n.value <= 12;
const offer = (from: number, to: number, get: number, pay: number): Quantity | null =>
  get > pay && pay >= 1 && get <= 12 ? { from, to, kind: "multibuy", get, pay } : null;

/** "3 for 2", "three for the price of two", "buy one get one free", "2+1 free", "take 3 pay 2", BOGOF */
export function multibuyAt(tokens: readonly Token[], at: number): Quantity | null {
  const word = text(tokens, at);
  if (word === "bogof" || word === "bogo") return offer(at, at + 1, 2, 1);
  if (["buy", "take", "prends", "neem", "kauf", "nimm"].includes(word)) return buyGet(tokens, at);
  const first = numberAt(tokens, at);
  if (!count(first)) return null;
  const link = text(tokens, first.to);
  if (link === "+" || link === "plus") {
    const more = numberAt(tokens, first.to + 1);
    if (!count(more)) return null;
    const to = FREE.has(text(tokens, more.to)) ? more.to + 1 : more.to;
    return offer(at, to, first.value + more.value, first.value);
  }
  // "3-for-2" is "3 for 2".
  const hyphen = link === "-" && FOR.has(text(tokens, first.to + 1)) ? 1 : 0;
  const start = first.to + hyphen;
  const phrase = PRICE_OF.find((p) => p.every((w, i) => text(tokens, start + i) === w));
  if (!phrase && !FOR.has(text(tokens, start))) return null;
  const after = start + (phrase?.length ?? 1);
  const second = numberAt(tokens, text(tokens, after) === "-" ? after + 1 : after);
  if (!count(second) || second.value >= first.value) return null;
  const next = text(tokens, second.to);
  // "3 for 2 weeks" is a length, "2 for 1 euro" a price.
  if (matchAt(tokens, second.to, UNITS) || matchAt(tokens, second.to, MONEY) || next === "%" || CENTS.has(next))
    return null;
  return offer(at, second.to, first.value, second.value);
}

function buyGet(tokens: readonly Token[], at: number): Quantity | null {
  const bought = numberAt(tokens, at + 1);
  if (!count(bought)) return null;
  let i = bought.to;
  if (text(tokens, i) === "," || text(tokens, i) === "and") i++;
  if (["pay", "payez", "betaal", "zahl"].includes(text(tokens, i))) {
    const paid = numberAt(tokens, i + 1);
    return count(paid) ? offer(at, paid.to, bought.value, paid.value) : null;
  }
  if (text(tokens, i) !== "get") return null;
  i++;
  if (text(tokens, i) === "the") i++;
  const free = numberAt(tokens, i);
  if (!free || free.value > 12) return null;
  let to = free.to;
  if (text(tokens, to) === "one") to++;
  if (FREE.has(text(tokens, to))) to++;
  else if (text(tokens, to) === "for" && FREE.has(text(tokens, to + 1))) to += 2;
  else return null;
  return offer(at, to, bought.value + (free.ordinal ? 1 : free.value), bought.value);
}

const percentEnd = (tokens: readonly Token[], at: number): number => {
  if (text(tokens, at) === "%") return at + 1;
  return matchAt(tokens, at, PERCENT)?.to ?? -1;
};
const LIST = new Set([
  ",",
  "or",
  "and",
  "/",
  "versus",
  "vs",
  "oder",
  "und",
  "ou",
  "et",
  "of",
  "en",
  "against",
  "than",
  "&",
]);
const SPAN = new Set(["to", "-", "bis", "tot", "a", "until", "up"]);

/** "20 %", "10, 15 or 20 percent", "between 10 and 25 %", "10% to 20%" */
function percentsAt(tokens: readonly Token[], blocked: readonly boolean[], at: number): Quantity | null {
  const values: number[] = [];
  let i = at;
  let between = ["between", "from", "zwischen", "entre", "tussen"].includes(text(tokens, at - 1));
  let spans = false;
  let to = -1;
  for (let n = 0; n < 8; n++) {
    const next = blocked[i] ? null : numberAt(tokens, i);
    if (!next || next.ordinal || next.value > 100) break;
    values.push(next.value);
    i = next.to;
    const end = percentEnd(tokens, i);
    if (end > 0) {
      to = end;
      i = end;
    }
    let link = text(tokens, i);
    if (link === "," && LIST.has(text(tokens, i + 1))) link = text(tokens, ++i);
    if (SPAN.has(link)) spans = true;
    else if (!LIST.has(link)) break;
    if (blocked[i + 1] || !numberAt(tokens, i + 1)) break;
    // A list that has its sign already goes on only with numbers that have theirs: "20 %, 2 weeks".
    const following = numberAt(tokens, i + 1)!;
    if (to > 0 && percentEnd(tokens, following.to) < 0) break;
    i++;
  }
  if (to < 0) return null;
  const used = values.slice(0, countUpTo(tokens, at, to));
  if (used.length < 2) between = false;
  return {
    from: at,
    to,
    kind: "percent",
    values: used.map((v) => Math.round(v * 1e4) / 1e6),
    between: used.length === 2 && (spans || between),
  };
}

const UPLIFT_LINKS = new Set(["of", "to", "at", "is", ":", "expected", "in"]);

/** "35 % uplift", "an uplift of 35 %", "35 % more units": what a person expects of sales, not an offer. */
function upliftOf(tokens: readonly Token[], percent: Quantity | null): Quantity | null {
  if (percent?.kind !== "percent" || percent.values.length !== 1) return percent;
  const { from, to } = percent;
  const follows = Math.max(valueAt(tokens, to, CONCEPTS, "uplift"), valueAt(tokens, to + 1, CONCEPTS, "uplift"));
  const after = follows > 0 && (follows === to + 1 || UPLIFT_LINKS.has(text(tokens, to)));
  const before = [1, 2].some((n) => {
    const end = valueAt(tokens, from - n, CONCEPTS, "uplift");
    return end === from || (end === from - 1 && UPLIFT_LINKS.has(text(tokens, end)));
  });
  return before || after ? { from, to, kind: "uplift", value: percent.values[0]! } : percent;
}

/** Numbers between two places, so that what follows the last sign is not part of the list. */
function countUpTo(tokens: readonly Token[], from: number, to: number): number {
  let n = 0;
  for (let i = from; i < to; ) {
    const next = numberAt(tokens, i);
    if (next) n++;
    i = next?.to ?? i + 1;
  }
  return n;
}

/** Currency at a place: "€", "EUR", "euros". */
const currencyAt = (tokens: readonly Token[], at: number): { code: string; to: number } | null => {
  const found = matchAt(tokens, at, MONEY);
  return found ? { code: found.values[0]!, to: found.to } : null;
};

function moneyAt(tokens: readonly Token[], at: number): Quantity | null {
  const before = currencyAt(tokens, at);
  const n = numberAt(tokens, before?.to ?? at);
  if (!n || n.ordinal) return null;
  let to = n.to;
  let amount = n.value;
  let currency = before?.code ?? null;
  const thousands = tokens
    .slice(n.from, n.to)
    .some((t) => ["k", "thousand", "grand", "million", "mio", "m"].includes(t.text));
  if (!currency) {
    const after = currencyAt(tokens, to);
    if (after) {
      currency = after.code;
      to = after.to;
    } else if (CENTS.has(text(tokens, to)) && (text(tokens, to).length > 1 || tokens[to]!.glued)) {
      currency = "EUR";
      amount = Math.round(amount) / 100;
      to++;
    }
  }
  const near = around(tokens, at, to);
  const isOff = offAfter(tokens, to);
  // "1.50 off", "0,80 off": two decimals are money, even unsaid.
  const cents = isOff > 0 && n.to === n.from + 1 && /^\d+[.,]\d\d$/.test(tokens[n.from]!.raw);
  if (!currency && !thousands && !cents && !(amount >= 100 && near !== "any")) return null;
  const money = { amount, currency: currency ?? "EUR" };
  if (isOff > 0 && !thousands) return { from: at, to: isOff, kind: "price_off", money };
  return { from: at, to, kind: "money", money, for: near };
}

/** "… off", "… per pack off", "… discount": end of the words that make an amount a cut of the price, or -1. */
function offAfter(tokens: readonly Token[], at: number): number {
  for (let i = at; i < at + 5 && i < tokens.length; i++) {
    if (OFF.has(tokens[i]!.text)) return i + 1;
    if (
      !["per", "a", "each", "unit", "pack", "price", "/", "piece", "bag", "of", "jar", "box", "item", "-"].includes(
        tokens[i]!.text,
      )
    )
      return -1;
  }
  return -1;
}

function around(tokens: readonly Token[], from: number, to: number): "support" | "budget" | "any" {
  const after = tokens.slice(to, to + 4).map((t) => t.text);
  const before = tokens.slice(Math.max(0, from - 4), from).map((t) => t.text);
  const stop = after.findIndex((w) => w === "," || w === "and" || w === ".");
  const tail = stop >= 0 ? after.slice(0, stop) : after;
  if (tail.some((w) => SUPPORT.has(w))) return "support";
  if (tail.some((w) => BUDGET.has(w))) return "budget";
  if (before.some((w) => BUDGET.has(w))) return "budget";
  if (before.some((w) => SUPPORT.has(w))) return "support";
  return "any";
}

/** "a fifth off", "half price", "one third cheaper" */
function fractionOffAt(tokens: readonly Token[], at: number): Quantity | null {
  // "second one half price" is half of one in two, which no offer here can say.
  if (tokens.slice(Math.max(0, at - 3), at).some((t) => t.text === "second" || t.text === "2nd")) return null;
  const fraction = fractionAt(tokens, at);
  if (!fraction || fraction.value >= 1) return null;
  let i = fraction.to;
  while (["the", "of", "usual", "normal", "regular", "our"].includes(text(tokens, i))) i++;
  if (!FRACTIONS_AFTER.has(text(tokens, i))) return null;
  return { from: at, to: i + 1, kind: "percent", values: [Math.round(fraction.value * 1e4) / 1e4], between: false };
}

/** "20 off", "25 discount": a whole number before these words is a percentage, its sign left out. */
function bareOffAt(tokens: readonly Token[], at: number): Quantity | null {
  const n = numberAt(tokens, at);
  if (!n || n.ordinal || !Number.isInteger(n.value) || n.value < 5 || n.value > 70) return null;
  const word = text(tokens, n.to);
  if (!OFF.has(word) || COMPARED.has(word)) return null;
  return { from: at, to: n.to + 1, kind: "percent", values: [n.value / 100], between: false };
}
const COMPARED = new Set(["less", "cheaper"]);

function plainAt(tokens: readonly Token[], at: number): Quantity | null {
  const n = numberAt(tokens, at);
  return n && { from: at, to: n.to, kind: "number", value: n.value, ordinal: n.ordinal };
}
