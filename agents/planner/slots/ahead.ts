import { addDays, addMonths } from "../../../data/common/dates.ts";
import { amended } from "../amend.ts";
import { endOfLength, resolveSpan } from "../dates/span.ts";
import { allAccounts, type Goods, unknownName } from "../mentions.ts";
import { mechanicsIn, moneyIn, offersIn, supportIn } from "../offer.ts";
import { promotionMeant } from "../promotionRef.ts";
import type { Args } from "../types.ts";
import { frameOf, periodOf, planDates } from "../when.ts";
import { accountArg, ask, type Build, type Built, done, productArg, threadAccount } from "./build.ts";
import { askAccount, askForPlan, closeRange, planArgs } from "./write.ts";

/** A promotion of the store as the arguments of a plan, for "forecast P-1042" and what-ifs about it. */
function fromPromotion(b: Build): Args | null {
  const meant =
    b.reading.codes.some((c) => c.kind === "promotion") || b.features.has("pronoun")
      ? promotionMeant(b.reading, b.features, b.lexicon, b.focus, {
          statuses: ["draft", "submitted", "approved", "running"],
          mayGuess: true,
        })
      : null;
  const stored = meant?.kind === "one" ? b.lexicon.promotions.find((p) => p.code === meant.code) : undefined;
  if (!stored) return null;
  const percent = /(\d+(?:\.\d+)?) ?%/.exec(stored.name);
  return {
    account: stored.account,
    ...(stored.brand ? { products: [{ brand: stored.brand }] } : {}),
    start: stored.start,
    end: stored.end,
    ...(percent ? { discount: Number(percent[1]) / 100 } : {}),
  };
}

const PLANS = ["create_promotion", "forecast_promotion", "check_promotion", "copy_promotion"];
/** A plan that speaks of another ("what if we did 3 for 2 instead", "would that clash?") is that one with what it changes. */
function overThread(b: Build, said: Args): Args {
  const stored = fromPromotion(b);
  const last = b.focus.last.findLast((call) => PLANS.includes(call.tool));
  const points =
    b.features.has("pronoun") ||
    b.features.has("instead") ||
    b.features.has("andfor") ||
    (b.features.has("whatif") && !said.account && !said.accounts);
  if (stored || !last || !points || !(last.args.account || last.args.accounts))
    return { ...stored, ...closeRange(said) };
  return amended(last.args, b)?.args ?? { ...last.args };
}

export function buildForecast(b: Build): Built {
  const { args, notes } = planArgs(b, true);
  const plan: Args = overThread(b, args);
  if (!plan.products) {
    const unknown = unknownName(b.reading, "product");
    if (unknown && unknown !== b.accounts.unknown) plan.products = [unknown];
  }
  if (!plan.account && !plan.accounts && b.accounts.unknown) plan.account = b.accounts.unknown;
  const { accounts, length, ...rest } = plan as Args & {
    accounts?: string[];
    length?: { days: number; months: number };
  };
  if (!plan.account && !accounts)
    return ask(
      "account",
      "At which account?",
      rest,
      b.lexicon.accounts.map((a) => a.name),
    );
  const dated = withDates(rest, length, b);
  if (accounts) return { args: accounts.map((account) => ({ account, ...dated })), notes };
  if (b.accounts.unsure && b.accounts.unsure.names.length > 1)
    return askAccount(b.accounts.unsure, { ...dated, account: undefined });
  return done(dated, notes);
}

/** A forecast needs days; where a start is named without an end it runs two weeks, as most promotions do; else the tool asks. */
function withDates(args: Args, length: { days: number; months: number } | undefined, b: Build): Args {
  if (typeof args.start === "string" && !args.end)
    return { ...args, end: length ? endOfLength(args.start, length, addMonths) : addDays(args.start, 13) };
  if (!args.start && length) {
    const start = addDays(b.lexicon.planningToday, 1);
    return { ...args, start, end: endOfLength(start, length, addMonths) };
  }
  return args;
}

export function buildCheck(b: Build): Built {
  const meant = promotionMeant(b.reading, b.features, b.lexicon, b.focus, {
    statuses: ["draft", "submitted", "approved"],
    newTerms: true,
    mayGuess: false,
  });
  const { args, notes } = planArgs(b, true);
  const idea = closeRange(args);
  const byCode = b.reading.codes.some((c) => c.kind === "promotion");
  const thread = byCode
    ? undefined
    : b.focus.last.findLast((call) => PLANS.includes(call.tool) && call.status !== "error");
  if (thread && !b.focus.promotion && b.features.has("pronoun") && !idea.start) return done(overThread(b, args), notes);
  const isIdea =
    !byCode && (idea.start !== undefined || offersIn(b.reading).length > 0 || mechanicsIn(b.reading).length > 0);
  if (meant.kind === "one" && !isIdea) {
    const changes = Object.fromEntries(
      Object.entries(idea).filter(([k]) => !["account", "accounts", "products", "length"].includes(k)),
    );
    return done({ promotion: meant.code, ...(byCode ? changes : {}) }, notes);
  }
  if (!isIdea && meant.kind === "several")
    return ask(
      "promotion",
      "Which promotion shall I check?",
      {},
      meant.promotions.map((p) => p.code),
    );
  const { length: _, ...rest } = idea;
  if (!rest.account && !rest.accounts)
    return ask(
      "account",
      "At which account?",
      rest,
      b.lexicon.accounts.map((a) => a.name),
    );
  return done(rest, notes);
}

export function buildBaseline(b: Build): Built {
  const account = b.accounts.names.length > 1 ? accountArg(b) : threadAccount(b);
  const tense = b.tense === "past" && !b.features.has("future") ? "past" : "future";
  const when = periodOf(b.reading.dates, frameOf(b.lexicon, tense, account.account), account.account);
  const length = b.reading.dates.find((d) => d.role === "length");
  const period = when?.period ?? (length?.role === "length" ? ahead(b, length.length) : undefined);
  const goods: Goods[] = [...b.goods];
  if (!goods.length) {
    const { product } = productArg(b);
    const unknown = unknownName(b.reading, "product");
    if (product) goods.push(product);
    else if (unknown && unknown !== account.account) goods.push(unknown);
    else goods.push(...b.focus.goods);
  }
  const rest: Args = {
    ...(goods.length === 1 ? { product: goods[0] } : goods.length ? { products: goods } : {}),
    ...(period ? { period } : {}),
  };
  const names = b.accounts.all ? allAccounts(b.reading, b.lexicon, b.accounts.excluded) : b.accounts.names;
  const notes = when?.notes ?? [];
  if (names.length > 1) return { args: names.map((name) => ({ account: name, ...rest })), notes };
  if (!account.account)
    return ask(
      "account",
      "At which account?",
      rest,
      b.lexicon.accounts.map((a) => a.name),
    );
  if (!goods.length) return ask("product", "Of which product, brand or category?", { ...account, ...rest });
  return done({ ...account, ...rest }, notes);
}
const ahead = (b: Build, length: { days: number; months: number }) => {
  const from = addDays(b.lexicon.planningToday, 1);
  return { from, to: endOfLength(from, length, addMonths) };
};

/** Two or more complete plans: what the alternatives share, and what sets each apart (offer, week, account, support, products). */
export function buildScenarios(b: Build): Built {
  const { args, notes } = planArgs(b, true);
  const shared = closeRange(args);
  const promotions = [...new Set(b.reading.codes.filter((c) => c.kind === "promotion").map((c) => c.code))].flatMap(
    (code) => b.lexicon.promotions.filter((p) => p.code === code),
  );
  if (promotions.length > 1)
    return done({ scenarios: promotions.map((p) => ({ name: p.code, ...fromStored(p) })) }, notes);
  const base = { ...fromPromotion(b), ...shared } as Args;
  const { accounts, length, ...common } = base as Args & {
    accounts?: string[];
    length?: { days: number; months: number };
  };
  const offers = alternatives(b);
  const dates = dateAlternatives(b, accounts?.[0] ?? (common.account as string | undefined), length);
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
    if (goods) spread(goods.map((products) => ({ products })));
  }
  const sides = scenarios.length === 2 && !support ? supportBySide(b) : null;
  if (sides) scenarios = scenarios.map((s, i) => ({ ...s, ...sides[i] }));
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
    { scenarios: full.slice(0, 12) },
    [...notes, ...dates.flatMap((d) => d.notes as string[])].filter((n, i, all) => all.indexOf(n) === i),
  ) satisfies Built;
}

const fromStored = (p: Build["lexicon"]["promotions"][number]): Args => {
  const percent = /(\d+(?:\.\d+)?) ?%/.exec(p.name);
  const multi = /(\d+) for (\d+)/.exec(p.name);
  return {
    account: p.account,
    ...(p.brand ? { products: [{ brand: p.brand }] } : {}),
    start: p.start,
    end: p.end,
    ...(percent ? { discount: Number(percent[1]) / 100 } : {}),
    ...(multi ? { mechanic: "multibuy", get: Number(multi[1]), pay: Number(multi[2]) } : {}),
  };
};

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
  const cut = b.reading.concepts.find((c) => c.concepts.includes("or") && c.from > 0)?.from;
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

const orBetween = (b: Build): boolean => b.features.has("or") || b.features.has("compare");
const supportPair = (b: Build): Args[] => {
  const feature = b.features.has("feature") && !b.features.has("display");
  return feature ? [{ feature: true }, { feature: false }] : [{ display: true }, { display: false }];
};

export function buildPlan(b: Build): Built {
  const names = b.accounts.all
    ? []
    : b.accounts.names.length
      ? b.accounts.names
      : b.features.has("thisaccount") && b.focus.account
        ? [b.focus.account]
        : b.accounts.unknown
          ? [b.accounts.unknown]
          : [];
  const when = periodOf(b.reading.dates, frameOf(b.lexicon, "future", names[0]), names[0]);
  const budget = moneyIn(b.reading, ["budget", "any", "support"]);
  const accounts =
    b.accounts.all && b.accounts.excluded.length ? allAccounts(b.reading, b.lexicon, b.accounts.excluded) : names;
  const support = supportIn(b.reading);
  const deepest = b.reading.quantities.find((q) => q.kind === "percent");
  const limits: Args = {
    ...(deepest?.kind === "percent" ? { max_discount: Math.max(...deepest.values) } : {}),
    ...(support.display === false ? { display: false } : {}),
    ...(support.feature === false ? { feature: false } : {}),
  };
  const objective = ["objective_units", "objective_roi", "objective_profit"]
    .find((o) => b.features.has(o))
    ?.split("_")[1];
  return done(
    {
      ...(accounts.length ? { accounts } : {}),
      ...(b.goods.length ? { products: b.goods } : {}),
      ...(when ? { period: when.period } : {}),
      ...(budget ? { budget } : {}),
      ...(objective ? { objective } : {}),
      ...(Object.keys(limits).length ? { limits } : {}),
    },
    when?.notes ?? [],
  );
}

export function buildSuggest(b: Build): Built {
  const { args, notes } = planArgs(b, true);
  const { products, length: _, accounts, ...rest } = closeRange(args) as Args & { accounts?: string[] };
  const account = threadAccount(b);
  if (!account.account && !accounts)
    return ask(
      "account",
      "At which account?",
      rest,
      b.lexicon.accounts.map((a) => a.name),
    );
  const [first] = (products as Goods[] | undefined) ?? [];
  return done(
    { ...rest, ...account, ...(first ? (typeof first === "string" ? { product: first } : first) : {}) },
    notes,
  );
}

export function buildAccuracy(b: Build): Built {
  const [mechanic, ...more] = mechanicsIn(b.reading);
  return done({ ...accountArg(b), ...productArg(b), ...(mechanic && !more.length ? { mechanic } : {}) });
}

export const isAhead = (b: Build): boolean =>
  b.reading.dates.some(
    (d) =>
      "span" in d &&
      (resolveSpan(d.span, frameOf(b.lexicon, "future", undefined))?.from ?? "") >= b.lexicon.planningToday,
  );
export { askForPlan };
