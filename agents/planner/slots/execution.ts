import { promotionMeant } from "../promotionRef.ts";
import type { Args } from "../types.ts";
import { isKnown } from "../vocabulary/index.ts";
import { accountArg, ask, type Build, type Built, done } from "./build.ts";
import { has, pastPeriod, perAccount } from "./pieces.ts";

const RAN = ["running", "ended", "closed"];

/** Proof of one promotion where one is meant; else which paid support was not executed. */
export function buildProof(b: Build): Built {
  const codes = promotionCodes(b);
  if (codes.length) return { args: codes.map((promotion) => ({ promotion })), notes: [] };
  if (!asksWhichOnes(b)) {
    const meant = promotionMeant(b.reading, b.features, b.lexicon, b.focus, {
      statuses: RAN,
      mayGuess: has(b, "last"),
    });
    const claimed = meant.kind === "none" ? ofClaim(b) : undefined;
    if (claimed) return done({ promotion: claimed });
    if (meant.kind === "one") return done({ promotion: meant.code });
    if (meant.kind === "several")
      return ask(
        "promotion",
        "Which promotion is meant?",
        {},
        meant.promotions.slice(0, 8).map((p) => p.code),
      );
    if (!accountArg(b).account && !b.reading.dates.length && has(b, "single", "pronoun", "howmuch"))
      return ask("promotion", "Which promotion is meant?", {});
  }
  const { period, notes } = pastPeriod(b, accountArg(b).account);
  return perAccount(b, { ...(period ? { period } : {}), ...supportOf(b) }, notes);
}

/** The promotion of the one claim that was just looked at. */
function ofClaim(b: Build): string | undefined {
  const [last] = b.focus.last;
  const claims = last?.result.claims;
  const promotion =
    Array.isArray(claims) && claims.length === 1
      ? (claims[0] as Args)?.promotion
      : last?.args.claim
        ? last.result.promotion
        : undefined;
  return b.lexicon.promotions.find((p) => p.code === promotion)?.code;
}

/** "which promotions", "paid displays", "what spend": promotions in general, whatever the thread is about. */
const asksWhichOnes = (b: Build): boolean =>
  has(b, "promoplural", "spend", "rank", "moneyword") ||
  (has(b, "which") && !has(b, "thispromotion")) ||
  b.reading.concepts.some(
    (c) =>
      c.concepts.some((k) => k === "display" || k === "feature" || k === "support") &&
      /s$/.test(b.reading.tokens[c.to - 1]!.text),
  );

function supportOf(b: Build): Args {
  const display = has(b, "display");
  return display === has(b, "feature") ? {} : { support: display ? "display" : "feature" };
}

/** Visits by account, promotion, store and time. */
export function buildVisits(b: Build): Built {
  const { account } = accountArg(b);
  const { period, notes } = pastPeriod(b, account);
  const [code] = promotionCodes(b);
  const points = !code && has(b, "single", "pronoun");
  const meant = points
    ? promotionMeant(b.reading, b.features, b.lexicon, b.focus, { statuses: RAN, mayGuess: true })
    : null;
  const promotion = code ?? (meant?.kind === "one" ? meant.code : undefined);
  const store = storeNamed(b);
  const rest: Args = {
    ...(promotion ? { promotion } : {}),
    ...(store ? { store } : {}),
    ...(period ? { period } : {}),
  };
  return perAccount(b, rest, notes);
}

const promotionCodes = (b: Build): string[] => [
  ...new Set(b.reading.codes.filter((c) => c.kind === "promotion").map((c) => c.code)),
];

/** "the store in Gent", "Bramley Leuven": a capitalised word that is no name of the lexicon and no word of the language. */
function storeNamed({ reading }: Build): string | undefined {
  const taken = (i: number): boolean =>
    [...reading.names, ...reading.dates, ...reading.codes].some((span) => span.from <= i && i < span.to) ||
    reading.concepts.some((c) => c.from <= i && i < c.to);
  const words = reading.tokens.filter(
    (t, i) => i > 0 && t.capital && t.kind === "word" && t.text.length > 2 && !taken(i) && !isKnown(t.text, t.stem),
  );
  return words.length ? words.map((t) => t.raw.replace(/['’]s$/, "")).join(" ") : undefined;
}
