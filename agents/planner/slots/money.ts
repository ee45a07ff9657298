import { moneyIn } from "../offer.ts";
import type { Args } from "../types.ts";
import { accountArg, ask, type Build, type Built, done } from "./build.ts";
import { amountBounds } from "./claims.ts";
import { has, perAccount, period } from "./pieces.ts";

export function buildBudget(b: Build): Built {
  const { account } = accountArg(b);
  const { period: p, notes } = period(b, b.tense, account);
  const rest = p ? { period: p } : {};
  // "the fund" is the one of the account that is spoken of.
  const the = !account && !b.accounts.all && b.focus.account && /\bthe (?:fund|budget|pot)\b/i.test(b.reading.text);
  return the ? done({ account: b.focus.account, ...rest }, notes) : perAccount(b, rest, notes);
}

const FROM = new Set(["from", "out", "von", "van", "de"]);
const TO = new Set(["to", "into", "onto", "nach", "naar", "zu", "vers"]);
/** "from A's fund to B's": the sides by their prepositions, in the order named where none says. */
export function buildMove(b: Build): Built {
  const { reading } = b;
  const sides: { from?: string; to?: string } = {};
  const named = reading.names.filter((n) => n.kind === "account");
  const open: string[] = [];
  for (const span of named) {
    const before = reading.tokens.slice(Math.max(0, span.from - 4), span.from).map((t) => t.text);
    const side = before.toReversed().find((w) => FROM.has(w) || TO.has(w));
    const key = side === undefined ? null : FROM.has(side) ? "from" : "to";
    if (key && !sides[key]) sides[key] = span.names[0]!;
    else open.push(span.names[0]!);
  }
  // What no preposition places takes the side that is left; with neither placed, money goes from the first to the second.
  for (const name of open) {
    if (!sides.from) sides.from = name;
    else if (!sides.to) sides.to = name;
  }
  const funds = fundNames(b);
  const money = moneyIn(reading, ["any", "budget", "support"]) ?? plainAmount(b);
  const [yearFrom, yearTo] = fundYears(b);
  const from = sides.from ? fundOf(sides.from, yearFrom) : funds.from;
  const to = sides.to ? fundOf(sides.to, yearTo) : funds.to;
  const args: Args = {
    ...(from ? { from } : {}),
    ...(to ? { to } : {}),
    ...(money ? { amount: money } : {}),
    ...(reading.quotes.length ? { note: reading.quotes.join(" ") } : {}),
  };
  if (!from)
    return ask(
      "from",
      "From which fund or account?",
      args,
      b.lexicon.accounts.map((a) => a.name),
    );
  if (!to)
    return ask(
      "to",
      "To which fund or account?",
      args,
      b.lexicon.accounts.map((a) => a.name),
    );
  if (!money) return ask("amount", "How much shall move?", args);
  return done(args);
}
function plainAmount(b: Build): { amount: number; currency: string } | undefined {
  const number = b.reading.quantities.find((q) => q.kind === "number" && !q.ordinal && q.value >= 50);
  return number?.kind === "number" ? { amount: number.value, currency: "EUR" } : undefined;
}
/** "from the display fund to the coffee fund" */
function fundNames(b: Build): { from?: string; to?: string } {
  const match =
    /\bfrom (?:the )?([\p{L}\p{N} &]{2,40}? fund)\b(?:.{0,40}?\b(?:to|into) (?:the )?([\p{L}\p{N} &]{2,40}? fund)\b)?/iu.exec(
      b.reading.text,
    );
  return { ...(match?.[1] ? { from: match[1] } : {}), ...(match?.[2] ? { to: match[2] } : {}) };
}

/** "from the 2027 fund of Albion to the 2028 fund": the years of either side; one year that is said once is both sides'. */
function fundYears(b: Build): [string | undefined, string | undefined] {
  const said = b.reading.text.match(/\b20\d\d\b/g) ?? [];
  return [said[0], said[1] ?? said[0]];
}
const fundOf = (account: string, year: string | undefined): string => (year ? `${account} fund ${year}` : account);

export function buildClaims(b: Build): Built {
  const code = b.reading.codes.find((c) => c.kind === "claim");
  const promotion = b.reading.codes.find((c) => c.kind === "promotion");
  // "Which should we dispute": those that something speaks against, not those that are disputed already.
  const doubted =
    /\b(?:should|must|could|can|may|ought|shall)\b.{0,20}\b(?:dispute|contest|reject|refuse|accept)\b/i.test(
      b.reading.text,
    );
  const status =
    has(b, "cl_disputed", "dispute") && !doubted
      ? "disputed"
      : has(b, "cl_open")
        ? "open"
        : has(b, "cl_paid", "pay")
          ? "paid"
          : undefined;
  const deduction =
    /\b(?:deduction|chargeback|charge back|debit note)/i.test(b.reading.text) && !/\bclaim/i.test(b.reading.text);
  const { period: p, notes } = period(b, "past", accountArg(b).account);
  const rest: Args = {
    ...(code ? { claim: code.code } : {}),
    ...(promotion ? { promotion: promotion.code } : {}),
    ...(status ? { status } : {}),
    ...(deduction ? { kind: "deduction" } : {}),
    ...(p ? { period: p } : {}),
    ...amountBounds(b),
    ...(has(b, "unmatchedword") ? { unmatched: true } : {}),
    ...(doubted ||
    /\b(?:no proof|without proof|wrong|doubtful|suspicious|unjustified|dubious|odd|questionable|false|incorrect)\b/i.test(
      b.reading.text,
    )
      ? { doubtful: true }
      : {}),
  };
  return perAccount(b, rest, notes);
}
