import { resolveSpan } from "../dates/span.ts";
import { moneyIn } from "../offer.ts";
import { promotionMeant } from "../promotionRef.ts";
import type { Args } from "../types.ts";
import { frameOf } from "../when.ts";
import { accountArg, ask, type Build, type Built, done } from "./build.ts";

import { has, pastPeriod, perAccount, period } from "./pieces.ts";

/** "show how the money of P-1042 moved": of a promotion, a claim, or the fund of an account over a time. */
export function buildLedger(b: Build): Built {
  const codes = (kind: string): string[] => b.reading.codes.filter((c) => c.kind === kind).map((c) => c.code);
  const [claim] = codes("claim");
  const promotions = [...new Set(codes("promotion"))];
  const { period: p, notes } = pastPeriod(b, accountArg(b).account);
  const rest: Args = p ? { period: p } : {};
  if (promotions.length) return { args: promotions.map((promotion) => ({ promotion, ...rest })), notes };
  if (claim) return done({ claim, ...rest }, notes);
  if (has(b, "single", "pronoun", "promotion")) {
    const meant = promotionMeant(b.reading, b.features, b.lexicon, b.focus, { statuses: [], mayGuess: has(b, "last") });
    if (meant.kind === "one") return done({ promotion: meant.code, ...rest }, notes);
    if (meant.kind === "several")
      return ask(
        "promotion",
        "Which promotion is meant?",
        rest,
        meant.promotions.slice(0, 8).map((q) => q.code),
      );
  }
  return perAccount(b, rest, notes);
}

/** "book the accruals to last Sunday": the day, where one is named. */
export function buildAccruals(b: Build): Built {
  const day = b.reading.dates.findLast((d) => "span" in d);
  const p = day && "span" in day ? resolveSpan(day.span, frameOf(b.lexicon, "past", undefined)) : null;
  // "last Sunday" is the one that is over, which is the day without a word of it.
  const ahead = p !== null && p.to > b.lexicon.today && /\blast\b/i.test(b.reading.text);
  return done(p && !ahead ? { to: p.to } : {});
}

/** Words that speak of a fund that is not there yet. */
const NEW = /\b(?:new|set ?up|setup|create|open|add|another|of its own|make an?|brand fund|category fund)\b/i;
const BELOW = /\b(?:below|under|out of|from) (?:the )?([\p{L}\p{N} &]{3,60}?)(?:,| for\b| at\b| of\b| with\b|\.|$)/iu;

/** "raise Bramley's fund to 350,000", "a Kestrel fund of 20,000 at Albion for 2027". */
export function buildSetFund(b: Build): Built {
  const { text } = b.reading;
  const { account } = accountArg(b);
  const percent = b.reading.quantities.find((q) => q.kind === "percent");
  const rate = percent?.kind === "percent" ? percent.values[0] : undefined;
  const amount = rate === undefined ? (moneyIn(b.reading, ["any", "budget", "support"]) ?? plainAmount(b)) : undefined;
  const money: Args = { ...(amount ? { amount } : {}), ...(rate === undefined ? {} : { rate }) };
  const { period: p, notes } = period(b, "future", account);
  if (!NEW.test(text)) {
    const year = /\b20\d\d\b/.exec(text)?.[0];
    // "the trade budget 2026": a fund of no account goes by its name.
    const named = /\bthe ((?:[\p{L}&]+ ){0,3}(?:fund|budget) 20\d\d)\b/iu.exec(text)?.[1];
    if (!account && named && (amount || rate !== undefined)) return done({ fund: named, ...money });
    if (!account)
      return ask(
        "fund",
        "Which fund shall be changed?",
        money,
        b.lexicon.accounts.map((a) => a.name),
      );
    if (!amount && rate === undefined) return ask("amount", "What shall it be?", { fund: account });
    return done({ fund: year ? `${account} fund ${year}` : account, ...money }, notes);
  }
  const [good] = b.goods;
  const scope: Args =
    typeof good === "object" ? ("brand" in good ? { brand: good.brand } : { category: good.category }) : {};
  const parent = BELOW.exec(text)?.[1]?.trim();
  const args: Args = {
    ...(account ? { account } : b.accounts.all ? { account: "all" } : {}),
    ...scope,
    ...money,
    ...(p ? { period: p } : {}),
    ...(b.reading.quotes[0] ? { name: b.reading.quotes[0] } : {}),
    ...(parent && /\b(?:fund|budget|pot|money)\b/i.test(parent) ? { parent } : {}),
  };
  if (!args.account)
    return ask(
      "account",
      "For which account shall the fund be?",
      args,
      b.lexicon.accounts.map((a) => a.name),
    );
  if (!amount && rate === undefined) return ask("amount", "How much money shall the fund have?", args);
  return done(args, notes);
}

/** A bare number that is no year. */
function plainAmount(b: Build): { amount: number; currency: string } | undefined {
  const number = b.reading.quantities.find(
    (q) => q.kind === "number" && !q.ordinal && q.value >= 100 && !(q.value >= 2000 && q.value < 2100),
  );
  return number?.kind === "number" ? { amount: number.value, currency: "EUR" } : undefined;
}
