import type { Args } from "../types.ts";
import { accountArg, ask, type Build, type Built, done, threadAccount } from "./build.ts";
import { has, perAccount, period } from "./pieces.ts";

const names = (b: Build): readonly string[] => b.lexicon.accounts.map((a) => a.name);

/** "by quarter", "month by month": how a P&L is cut. */
const CUTS = [
  ["by_month", "month"],
  ["by_quarter", "quarter"],
  ["by_year", "year"],
] as const;

export function buildPnl(b: Build): Built {
  const { account } = accountArg(b);
  const { period: p, notes } = period(b, "past", account);
  const by = CUTS.find(([concept]) => has(b, concept))?.[1];
  return perAccount(b, { ...(p ? { period: p } : {}), ...(by ? { by } : {}) }, notes);
}

export function buildTracking(b: Build): Built {
  const { account } = accountArg(b);
  const { period: p, notes } = period(b, b.tense, account);
  // "by the end of the year" is when a target is due, and no period of its own.
  const rest = p && p.from < p.to ? { period: p } : {};
  return perAccount(b, rest, notes);
}

/** What a target is of, the clearest word first: "net sales" holds a word that units have too. */
const KINDS = [
  ["m_rate", "spend_rate"],
  ["m_distribution", "distribution"],
  ["m_share", "share"],
  ["roi", "net_roi"],
  ["m_net_sales", "net_sales"],
  ["m_units", "units"],
] as const;

export function buildTarget(b: Build): Built {
  const { account } = threadAccount(b);
  const said = KINDS.find(([concept]) => has(b, concept))?.[1];
  const { period: p, notes } = period(b, "future", account);
  const { value, money } = valueIn(b);
  const kind = said ?? (money ? "net_sales" : undefined);
  const [goods] = b.goods;
  const category = goods !== undefined && typeof goods !== "string" && "category" in goods ? goods.category : undefined;
  const args: Args = {
    ...(account ? { account } : {}),
    ...(kind ? { kind } : {}),
    ...(value === undefined ? {} : { value }),
    ...(p ? { period: p } : {}),
    ...(category ? { category } : {}),
  };
  if (!account) return ask("account", "For which account is the target?", args, names(b));
  if (!kind)
    return ask(
      "kind",
      "A target of what: net sales, units, share of a category, return on promotions, distribution or spend rate?",
      args,
    );
  if (value === undefined) return ask("value", `What is the target for ${account}?`, args);
  if (!p) return ask("period", "For which period is the target?", args);
  return done(args, notes);
}

/** The value of a target: a percentage, an amount of money, else the largest bare number. */
function valueIn({ reading }: Build): { value?: number; money: boolean } {
  for (const q of reading.quantities)
    if (q.kind === "percent" && q.values.length) return { value: q.values[0]!, money: false };
  for (const q of reading.quantities) if (q.kind === "money") return { value: q.money.amount, money: true };
  const numbers = reading.quantities.flatMap((q) => (q.kind === "number" && !q.ordinal ? [q.value] : []));
  return numbers.length ? { value: Math.max(...numbers), money: false } : { money: false };
}

/** What says that a step is done, or whose it is, and not which one. */
const AROUND = ["stepdone", "nextstep", "polite", "stepless"];

/** The step by the words that are left when the order itself is taken out; what stands in quotation marks is it. */
export function buildStep(b: Build): Built {
  const { account } = threadAccount(b);
  const [quoted] = b.reading.quotes;
  const taken = (i: number): boolean =>
    [
      ...b.reading.names.filter((n) => n.kind === "account"),
      ...b.reading.dates,
      ...b.reading.concepts.filter((c) => c.concepts.some((concept) => AROUND.includes(concept))),
    ].some((span) => span.from <= i && i < span.to);
  const words = b.reading.tokens.filter((t, i) => t.kind === "word" && !taken(i)).map((t) => t.raw);
  const step = quoted ?? words.join(" ");
  return done({ ...(account ? { account } : {}), ...(step ? { step } : {}) });
}

const TOPICS = [
  ["t_claims", "claims"],
  ["t_terms", "terms"],
  ["t_range", "range"],
  ["t_prices", "prices"],
] as const;

export function buildNegotiation(b: Build): Built {
  const { account } = threadAccount(b);
  const { period: p, notes } = period(b, "past", account);
  const topic = TOPICS.find(([concept]) => has(b, concept))?.[1];
  // "I negotiate next week" is no period to look back on.
  const rest = {
    ...(p && p.from < p.to && p.to <= b.lexicon.today ? { period: p } : {}),
    ...(topic ? { topic } : {}),
  };
  if (b.accounts.names.length > 1) return { args: b.accounts.names.map((name) => ({ account: name, ...rest })), notes };
  return account
    ? done({ account, ...rest }, notes)
    : ask("account", "Which account do you negotiate with?", rest, names(b));
}

export const buildWatch = (b: Build): Built => perAccount(b, {}, []);
