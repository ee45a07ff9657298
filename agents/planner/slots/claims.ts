import type { Args } from "../types.ts";
import { accountArg, ask, type Build, type Built, done } from "./build.ts";
import { has } from "./pieces.ts";
import { claimsHere, spokenClaim } from "./settle.ts";

/** "Match C-2231 to P-1288 and P-1290", "match the open claims at Bramley". */
export function buildMatch(b: Build): Built {
  const codes = codesOf(b, "claim");
  const promotions = partsIn(b);
  const rest: Args = promotions.length ? { promotions } : {};
  if (codes.length > 1) return { args: codes.map((claim) => ({ claim, ...rest })), notes: [] };
  const { account } = accountArg(b);
  const all = account !== undefined && !codes.length && !promotions.length;
  if (all) return done({ account });
  const claim = codes[0] ?? spokenClaim(b);
  return claim ? done({ claim, ...rest }) : ask("claim", "Which claim is meant?", rest, claimsHere(b));
}

/** The promotions that are named, each with the amount beside it where as many are named; the last may take the rest. */
function partsIn(b: Build): Args[] {
  const promotions = codesOf(b, "promotion");
  const amounts = b.reading.quantities.flatMap((q) =>
    q.kind === "money" || q.kind === "price_off"
      ? [q.money]
      : q.kind === "number" && !q.ordinal && q.value >= LEAST
        ? [{ amount: q.value, currency: currencyOf(b) }]
        : [],
  );
  const rest = has(b, "remainder") && amounts.length === promotions.length - 1;
  const each = amounts.length === promotions.length || rest;
  return promotions.map((promotion, i) => ({ promotion, ...(each && amounts[i] ? { amount: amounts[i] } : {}) }));
}

/** The least number that is read as money without its currency. */
const LEAST = 10;

const codesOf = (b: Build, kind: "claim" | "promotion"): string[] => [
  ...new Set(b.reading.codes.filter((c) => c.kind === kind).map((c) => c.code)),
];

const currencyOf = (b: Build): string =>
  b.lexicon.claims.find((c) => c.code === codesOf(b, "claim")[0])?.currency ?? "EUR";

/** The letter of a claim; what it says, where the sentence names a decision. */
export function buildLetter(b: Build): Built {
  const codes = codesOf(b, "claim");
  const decision = has(b, "partpay", "executedword", "agreedword")
    ? "part_pay"
    : has(b, "dispute")
      ? "dispute"
      : has(b, "pay") && !has(b, "why")
        ? "pay"
        : undefined;
  const rest: Args = decision ? { decision } : {};
  if (codes.length > 1) return { args: codes.map((claim) => ({ claim, ...rest })), notes: [] };
  const claim = codes[0] ?? spokenClaim(b);
  return claim ? done({ claim, ...rest }) : ask("claim", "Which claim is the letter about?", rest, claimsHere(b));
}

const OVER = new Set(["over", "above", "than", "least", "exceeding", "from", "between", "beyond", "minimum"]);
const UNDER = new Set(["under", "below", "most", "maximum", "to"]);
const SMALLER = new Set(["less", "smaller", "lower", "fewer"]);

/** "over 5k", "of less than 1,000", "between 2,000 and 5,000": bounds of a claim's amount. */
export function amountBounds(b: Build): { min_amount?: number; max_amount?: number } {
  const found = b.reading.quantities.flatMap((q) => {
    const amount =
      q.kind === "money" || q.kind === "price_off"
        ? q.money.amount
        : q.kind === "number" && !q.ordinal
          ? q.value
          : null;
    return amount !== null && amount >= LEAST ? [{ amount, from: q.from }] : [];
  });
  const bounds: { min_amount?: number; max_amount?: number } = {};
  for (const { amount, from } of found) {
    const before = b.reading.tokens.slice(Math.max(0, from - 3), from).map((t) => t.text);
    const word = before.toReversed().find((w) => OVER.has(w) || UNDER.has(w));
    const less = before.some((w) => SMALLER.has(w)) || (before.includes("up") && word === "to");
    if (bounds.min_amount !== undefined && found.length === 2) bounds.max_amount = amount;
    else if (less || (word !== undefined && UNDER.has(word))) bounds.max_amount = amount;
    else if (word !== undefined) bounds.min_amount = amount;
  }
  return bounds;
}
