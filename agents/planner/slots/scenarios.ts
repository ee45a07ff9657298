import { addDays, addMonths, daysBetween, mondayOf } from "../../../data/common/dates.ts";
import { endOfLength, resolveSpan } from "../dates/span.ts";
import { offersIn, paymentsIn, supportIn } from "../offer.ts";
import type { Args } from "../types.ts";
import { frameOf, planDates } from "../when.ts";
import { overThread, storedPlan, threadPlan, withDates } from "./ahead.ts";
import { ask, type Build, type Built, done } from "./build.ts";
import { planArgs } from "./planArgs.ts";

/** No more alternatives than a person would read. */
const MOST = 16;

/** Two or more complete plans: what the alternatives share, and what sets each apart (offer, week, account, support, products). */
export function buildScenarios(b: Build): Built {
  const { args, notes } = planArgs(b, true);
  const promotions = [...new Set(b.reading.codes.filter((c) => c.kind === "promotion").map((c) => c.code))].flatMap(
    (code) => b.lexicon.promotions.filter((p) => p.code === code),
  );
  if (promotions.length > 1)
    return done({ scenarios: promotions.map((p) => ({ name: p.code, ...storedPlan(p) })) }, notes);
  const base = overThread(b, args);
  const thread = threadPlan(b);
  const { accounts, length, ...common } = base as Args & {
    accounts?: string[];
    length?: { days: number; months: number };
  };
  const offers = alternatives(b);
  const at = accounts?.[0] ?? (common.account as string | undefined);
  const timed = startsWithin(b, at);
  const dates = timed.length > 1 ? timed : dateAlternatives(b, at, length);
  const goods =
    b.goods.length > 1 && offers.length < 2 && dates.length < 2 && !accounts && orBetween(b)
      ? b.goods.map((g) => [g])
      : null;
  const support = b.features.has("supportalt") ? supportPair(b) : null;
  let scenarios: Args[] = [common];
  const spread = (parts: readonly Args[]): void => {
    scenarios = scenarios.flatMap((s) => parts.map((part) => ({ ...s, ...part })));
  };
  const paired = pairs(b, accounts, offers, dates);
  if (paired) scenarios = paired.map((part) => ({ ...common, ...part }));
  else {
    if (accounts) spread(accounts.map((account) => ({ account })));
    if (offers.length > 1) {
      for (const key of ["discount", "mechanic", "get", "pay", "price_off"]) for (const s of scenarios) delete s[key];
      spread(offers);
    }
    if (dates.length > 1) spread(dates);
    if (support) spread(support);
    const payments = paymentsIn(b.reading);
    if (payments.length > 1) spread(payments.map((payment) => ({ payment })));
    if (goods) spread(goods.map((products) => ({ products })));
  }
  const sides = scenarios.length <= 2 && !support ? supportBySide(b) : null;
  if (sides) scenarios = sides.map((side, i) => ({ ...(scenarios[i] ?? scenarios[0]), ...side }));
  const lengths = b.reading.dates.flatMap((d) => (d.role === "length" ? [d.length] : []));
  const { start } = common;
  if (lengths.length > 1 && typeof start === "string")
    spread(lengths.map((l) => ({ end: endOfLength(start, l, addMonths) })));
  // "Would 25 % be better?": against the plan that the thread is about.
  if (scenarios.length === 1 && thread && JSON.stringify(thread) !== JSON.stringify(scenarios[0]))
    scenarios = [thread, scenarios[0]!];
  const [first] = scenarios;
  if (!first?.account)
    return ask(
      "account",
      "At which account?",
      { ...common, ...(offers.length > 1 ? { offers } : {}) },
      b.lexicon.accounts.map((a) => a.name),
    );
  const full = scenarios.map((s) => withDates(s, length, b));
  if (full.length === 1) return done(full[0]!, notes);
  return done(
    { scenarios: full.slice(0, MOST) },
    [...notes, ...dates.flatMap((d) => d.notes as string[])].filter((n, i, all) => all.indexOf(n) === i),
  ) satisfies Built;
}

function alternatives(b: Build): Args[] {
  const offers = offersIn(b.reading);
  const between = b.reading.quantities.find((q) => q.kind === "percent" && q.between);
  if (between?.kind === "percent") {
    const [low, high] = between.values as [number, number];
    const steps = Math.min(4, Math.max(1, Math.round((high - low) / 0.05)));
    return Array.from({ length: steps + 1 }, (_, i) => ({
      discount: Math.round((low + ((high - low) * i) / steps) * 1000) / 1000,
      mechanic: "tpr",
    }));
  }
  return offers.map((o) => (o.discount !== undefined && o.mechanic === undefined ? { mechanic: "tpr", ...o } : o));
}

/** Each stretch of time that is named, as the start and end of one alternative. */
function dateAlternatives(
  b: Build,
  account: string | undefined,
  length: { days: number; months: number } | undefined,
): (Args & { notes: string[] })[] {
  const dated = b.reading.dates.filter((d) => "span" in d && d.role !== "end");
  if (dated.length < 2) return [];
  return dated.map((d) => {
    const at = accountNear(b, d) ?? account;
    const when = planDates([d], frameOf(b.lexicon, "future", at), at, true);
    const end = when.end ?? (when.start && length ? endOfLength(when.start, length, addMonths) : undefined);
    return { ...(when.start ? { start: when.start } : {}), ...(end ? { end } : {}), notes: [...when.notes] };
  });
}
/**
 * "which week in Q1", "May or June for a fortnight": the whole weeks on which a plan of that length could start within
 * the days that are named, spread evenly where they are many.
 */
function startsWithin(b: Build, account: string | undefined): (Args & { notes: string[] })[] {
  const asked = b.features.has("whichweek");
  const said = b.reading.dates.find((d) => d.role === "length");
  const lasts =
    said?.role === "length"
      ? said.length
      : asked
        ? { days: /\bmonths?\b/i.test(b.reading.text) ? 28 : 7, months: 0 }
        : undefined;
  if (!lasts) return [];
  const frame = frameOf(b.lexicon, "future", account);
  const stretches = b.reading.dates.flatMap((d) => {
    const period = "span" in d && (d.role === "period" || d.role === "range") ? resolveSpan(d.span, frame) : null;
    return period && daysBetween(period.from, period.to) > lasts.days * 2 + lasts.months * 62 ? [period] : [];
  });
  if (!stretches.length || (!asked && stretches.length < 2)) return [];
  const starts = stretches.flatMap(({ from, to }) => {
    const found: Args[] = [];
    for (let start = mondayOf(addDays(from, 6)); ; start = addDays(start, 7)) {
      const end = endOfLength(start, lasts, addMonths);
      if (end > to) return found;
      found.push({ start, end });
    }
  });
  const step = Math.ceil(starts.length / MOST);
  return starts.filter((_, i) => i % step === 0).map((when) => ({ ...when, notes: [] }));
}

function accountNear(b: Build, d: { from: number }): string | undefined {
  const before = b.reading.names.filter((n) => n.kind === "account" && n.from < d.from);
  return (before.at(-1) ?? b.reading.names.find((n) => n.kind === "account"))?.names[0];
}

/** "15 % at A in week 42 or 20 % at B in week 38": alternatives that are named whole, one after the other. */
function pairs(
  b: Build,
  accounts: readonly string[] | undefined,
  offers: readonly Args[],
  dates: readonly (Args & { notes: string[] })[],
): Args[] | null {
  const counts = [accounts?.length ?? 0, offers.length, dates.length].filter((n) => n > 1);
  const [n] = counts;
  if (counts.length < 2 || n === undefined || counts.some((c) => c !== n) || !splitByOr(b, n)) return null;
  return Array.from({ length: n }, (_, i) => {
    const { notes: _said, ...when } = dates[i] ?? { notes: [] };
    return {
      ...(accounts ? { account: accounts[i] } : {}),
      ...(offers.length > 1 ? offers[i] : {}),
      ...(dates.length > 1 ? when : {}),
    };
  });
}
/** Every alternative of each kind stands on its own side of an "or", "versus", "than". */
function splitByOr(b: Build, n: number): boolean {
  const cuts = b.reading.concepts.filter((c) => c.concepts.includes("or")).map((c) => c.from);
  if (cuts.length === 0) return false;
  const accounts = b.reading.names.filter((s) => s.kind === "account");
  const dates = b.reading.dates.filter((d) => "span" in d);
  const offers = b.reading.quantities.filter(
    (q) => q.kind === "percent" || q.kind === "multibuy" || q.kind === "price_off",
  );
  return cuts.some((cut) =>
    [accounts, dates, offers].every(
      (list) => list.length < n || (list.some((s) => s.from < cut) && list.some((s) => s.from > cut)),
    ),
  );
}

/** "20 % with display or 30 % without", "a leaflet or a display": each side's own support. */
function supportBySide(b: Build): [Args, Args] | null {
  const cut = b.reading.concepts.find((c) => c.concepts.includes("or") && c.from > 0)?.from ?? secondOffer(b);
  if (cut === undefined) return null;
  const of = (keep: (at: number) => boolean): { display?: boolean; feature?: boolean } =>
    supportIn({ ...b.reading, concepts: b.reading.concepts.filter((c) => keep(c.from)) });
  const [left, right] = [of((at) => at < cut), of((at) => at > cut)];
  const bare = (from: number, to: number): boolean =>
    b.reading.tokens
      .slice(from, to)
      .some(
        (t, i, all) =>
          t.text === "without" && !["display", "feature", "a", "any", "leaflet"].includes(all[i + 1]?.text ?? ""),
      );
  const named = { ...left, ...right };
  const none = Object.fromEntries(Object.keys(named).map((k) => [k, false]));
  if (bare(cut, b.reading.tokens.length) && !Object.keys(right).length && Object.keys(left).length) return [left, none];
  if (bare(0, cut) && !Object.keys(left).length && Object.keys(right).length) return [none, right];
  if (!Object.keys(left).length || !Object.keys(right).length) return null;
  return [
    { ...none, ...left },
    { ...none, ...right },
  ];
}

/** "compare 20 % with display and 30 % without": where the second side begins. */
function secondOffer(b: Build): number | undefined {
  if (!b.features.has("compare")) return undefined;
  const offers = b.reading.quantities.filter((q) => ["percent", "multibuy", "price_off"].includes(q.kind));
  return offers.length === 2 ? offers[1]!.from : undefined;
}

const orBetween = (b: Build): boolean => b.features.has("or") || b.features.has("compare");
const supportPair = (b: Build): Args[] => {
  const feature = b.features.has("feature") && !b.features.has("display");
  return feature ? [{ feature: true }, { feature: false }] : [{ display: true }, { display: false }];
};
