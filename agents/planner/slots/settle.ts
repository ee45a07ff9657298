import { fractionAt } from "../numbers.ts";
import { placeIn } from "../promotionRef.ts";
import type { Args } from "../types.ts";
import { ask, type Build, type Built, done } from "./build.ts";
import { reasonIn } from "./decide.ts";

/** What of a claim is spoken of: money, or a share of what it asks for; one past its last token. */
type Part = { readonly from: number; readonly to: number } & (
  | { readonly money: { readonly amount: number; readonly currency: string } }
  | { readonly share: number }
);

/**
 * "Pay C-2225", "only 6,600 of it", "we accept 3,000 and dispute the rest", "don't pay more than 900". An amount beside a
 * word of paying is what is paid, never a note to a payment in full; beside a word of disputing it is what is disputed.
 */
export function buildSettle(b: Build): Built {
  const codes = [...new Set(b.reading.codes.filter((c) => c.kind === "claim").map((c) => c.code))];
  const claim = codes[0] ?? spokenClaim(b);
  const part = partIn(b, claim);
  const pays = ["pay", "partpay", "approve", "atmost"].some((word) => said(b, word) >= 0);
  const withheld = part !== null && said(b, "withhold") >= 0 && said(b, "withhold") < part.from;
  const refuses = ["dispute", "reject"].some((word) => b.features.has(word)) && !b.features.has("partpay");
  const refused = part !== null && refuses && !b.features.has("atmost") && refusedPart(b, part);
  const decision =
    part && (withheld || (pays && (!refused || saysRest(b, "pay"))))
      ? "part_pay"
      : refuses && !(pays && basisIn(b))
        ? "dispute"
        : part || b.features.has("partpay") || (pays && basisIn(b))
          ? "part_pay"
          : "pay";
  const amount = part && moneyOf(b, claim, part, decision === "part_pay" && (refused || withheld));
  const given = decision === "pay" ? undefined : reasonIn(b, decision === "part_pay" ? part?.to : undefined);
  const reason = given && !ONLY_ASKS.test(given) ? given : undefined;
  const basis = decision === "pay" || amount ? undefined : basisIn(b);
  const how = basis ? { decision: "part_pay", basis } : { decision, ...(amount ? { amount } : {}) };
  const rest: Args = { ...how, ...(reason && !basis ? { reason } : {}) };
  if (codes.length > 1) return { args: codes.map((code) => ({ claim: code, ...rest })), notes: [] };
  if (!claim) return ask("claim", "Which claim is meant?", rest, claimsHere(b));
  if (decision === "part_pay" && !amount && !basis)
    return ask("amount", "How much of it shall be paid?", { claim, ...rest });
  return done({ claim, ...rest });
}

/** "only what was executed", "up to the agreed": what a part payment rests on instead of an amount. */
const basisIn = (b: Build): "executed" | "agreed" | undefined =>
  b.features.has("executedword") ? "executed" : b.features.has("agreedword") ? "agreed" : undefined;

/** "ok, then dispute it": what asks for the decision once more is no reason for it. */
const ONLY_ASKS =
  /^(?:(?:ok|okay|then|so|just|please|and|let us|lets|we) )*(?:dispute|reject|contest|challenge|pay|settle)\b/i;

/** The claim that is meant where no code is said: by its place in a list, the one spoken of, the account's only one. */
export function spokenClaim(b: Build): string | undefined {
  const points = b.features.has("pronoun") || (!b.accounts.names.length && b.reading.tokens.length < 12);
  return placeIn(b.reading, b.focus.listed.claims) ?? (points ? b.focus.claim : null) ?? onlyClaim(b);
}

/** Token at which an idea of the vocabulary is last said, or -1. */
const said = (b: Build, concept: string): number =>
  b.reading.concepts.findLast((c) => c.concepts.includes(concept))?.from ?? -1;

/** "and pay the rest", "the remainder is disputed": what is left over belongs to this verb. */
const saysRest = (b: Build, verb: string): boolean => {
  const at = said(b, verb);
  return at >= 0 && b.reading.concepts.some((c) => c.concepts.includes("remainder") && c.from > at && c.from - at < 4);
};

/** "dispute 800 of it": the verb right before the amount is one of refusing. */
function refusedPart(b: Build, part: Part): boolean {
  const before = b.reading.concepts.findLast(
    (c) => c.from < part.from && c.concepts.some((k) => ["pay", "partpay", "approve", "dispute", "reject"].includes(k)),
  );
  return before?.concepts.some((k) => k === "dispute" || k === "reject") ?? false;
}

/** The least number that is read as money without its currency. */
const LEAST = 10;

function partIn(b: Build, claim: string | undefined): Part | null {
  const { quantities, tokens } = b.reading;
  const currency = b.lexicon.claims.find((c) => c.code === claim)?.currency ?? "EUR";
  const found = quantities.flatMap((q): Part[] => {
    if (q.kind === "money" || q.kind === "price_off") return [{ from: q.from, to: q.to, money: q.money }];
    if (q.kind === "percent") return [{ from: q.from, to: q.to, share: q.values[0]! }];
    const counts = q.kind === "number" && !q.ordinal && q.value >= LEAST && !counted(b, q.to);
    return counts ? [{ from: q.from, to: q.to, money: { amount: q.value, currency } }] : [];
  });
  found.push(...yearsAsMoney(b, currency));
  const verb = Math.max(said(b, "pay"), said(b, "partpay"), said(b, "approve"), said(b, "dispute"));
  const first = found.find((p) => p.from > verb) ?? found[0];
  if (first) return first;
  const at = tokens.findIndex((t, i) => t.kind === "word" && fractionAt(tokens, i) !== null);
  const share = at >= 0 ? fractionAt(tokens, at)! : null;
  return share ? { from: at, to: share.to, share: share.value } : null;
}

/** "we agreed on 2000, pay that": four digits that no word makes a year. */
function yearsAsMoney({ reading }: Build, currency: string): Part[] {
  return reading.dates.flatMap((d): Part[] => {
    const token = reading.tokens[d.from]!;
    const bare = d.to - d.from === 1 && /^\d{4}$/.test(token.raw);
    const year = ["in", "of", "from", "since", "the", "for", "during"].includes(reading.tokens[d.from - 1]?.text ?? "");
    return bare && !year ? [{ from: d.from, to: d.to, money: { amount: Number(token.raw), currency } }] : [];
  });
}

/** "14 packs", "3 weeks": a number that counts something else. */
const counted = (b: Build, to: number): boolean => {
  const next = b.reading.tokens[to];
  return next?.kind === "word" && /^(?:pack|unit|case|store|display|claim|promotion|day|week|month)/.test(next.stem);
};

/** Money of a part; of one that is refused, what is left to pay. */
function moneyOf(
  b: Build,
  code: string | undefined,
  part: Part,
  left: boolean,
): { amount: number; currency: string } | undefined {
  const claim = b.lexicon.claims.find((c) => c.code === code);
  const whole = claim?.amount;
  if ("money" in part && !left) return part.money;
  if (whole === undefined) return undefined;
  const amount = "money" in part ? part.money.amount : whole * part.share;
  return { amount: Math.round((left ? whole - amount : amount) * 100) / 100, currency: claim?.currency ?? "EUR" };
}

export const claimsHere = (b: Build): string[] =>
  b.lexicon.claims
    .filter((c) => !b.accounts.names.length || b.accounts.names.includes(c.account))
    .map((c) => c.code)
    .slice(0, 8);

/** The account's one claim, or its one open claim. */
function onlyClaim(b: Build): string | undefined {
  const here = b.lexicon.claims.filter((c) => b.accounts.names.includes(c.account));
  const open = here.filter((c) => c.status === "open" || c.status === "disputed");
  return (here.length === 1 ? here : open.length === 1 ? open : [])[0]?.code;
}
