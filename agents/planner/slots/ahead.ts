import { addDays, addMonths } from "../../../data/common/dates.ts";
import { amended } from "../amend.ts";
import { winnersOf } from "../carry/winner.ts";
import { endOfLength } from "../dates/span.ts";
import { allAccounts, type Goods, less, ownersAccounts, unknownName } from "../mentions.ts";
import { mechanicsIn, moneyIn, offersIn } from "../offer.ts";
import { promotionMeant } from "../promotionRef.ts";
import type { Args, LexiconPromotion } from "../types.ts";
import { unknownGoods } from "../unknownGoods.ts";
import { frameOf, periodOf } from "../when.ts";
import { accountArg, ask, type Build, type Built, done, productArg, threadAccount } from "./build.ts";
import { limitsIn, objectiveIn } from "./limits.ts";
import { askAccount, closeRange, planArgs } from "./planArgs.ts";
import { shiftDates } from "./update.ts";
import { OPEN } from "./which.ts";

/** A promotion of the store as the arguments of a plan, as far as its name tells its offer. */
export function storedPlan(p: LexiconPromotion): Args {
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
}

/** The promotion that a forecast names by its code, or that "it" stands for; "if we moved the Kestrel promotion two weeks": with its new dates. */
function fromPromotion(b: Build): Args | null {
  const code =
    b.reading.codes.find((c) => c.kind === "promotion")?.code ??
    (b.features.has("pronoun") ? b.focus.promotion : null) ??
    (b.features.has("move") ? movedPromotion(b) : null);
  const stored = b.lexicon.promotions.find((p) => p.code === code);
  if (!stored) return null;
  return b.features.has("move")
    ? { ...storedPlan(stored), ...shiftDates(b, stored.start, stored.end) }
    : storedPlan(stored);
}
function movedPromotion(b: Build): string | null {
  const meant = promotionMeant(b.reading, b.features, b.lexicon, b.focus, { statuses: OPEN, newTerms: true });
  return meant.kind === "one" ? meant.code : null;
}

const PLANS = ["create_promotion", "forecast_promotion", "check_promotion", "copy_promotion"];

/** The plan that the thread is about: the last that was drafted or forecast, or the promotion that was shown. */
export function threadPlan(b: Build): Args | null {
  const last = b.focus.last.findLast((call) => PLANS.includes(call.tool) && call.status !== "error");
  if (last && (last.args.account || last.args.accounts)) {
    const { note: _, series: __, planned_units: ___, planned_uplift: ____, ...plan } = last.args;
    return plan;
  }
  const bare = b.focus.last.findLast((call) => call.tool === "estimate_baseline" && call.status === "ok");
  if (bare?.args.account && bare.args.period) {
    const { account, product, products, period } = bare.args;
    const { from, to } = period as { from: string; to: string };
    return { account, products: products ?? [product], start: from, end: to };
  }
  const depth = b.focus.last.findLast((call) => call.tool === "discount_response" && call.status === "ok");
  const [found] = depth ? winnersOf(depth) : [];
  if (found?.account) return found;
  const stored = b.lexicon.promotions.find((p) => p.code === b.focus.promotion);
  return stored ? storedPlan(stored) : null;
}

/** A plan that speaks of another ("what if we did 3 for 2 instead", "would that clash?") is that one with what it changes. */
export function overThread(b: Build, said: Args): Args {
  const named = fromPromotion(b);
  if (named) return { ...named, ...closeRange(said) };
  const plan = threadPlan(b);
  const points = b.features.has("pronoun") || b.features.has("instead") || b.features.has("andfor");
  if (!plan || !(points || (!said.account && !said.accounts && !b.accounts.unknown))) return closeRange(said);
  return amended(plan, b)?.args ?? plan;
}

export function buildForecast(b: Build): Built {
  const { args, notes } = planArgs(b, true);
  const plan: Args = overThread(b, args);
  const strange = unknownGoods(b.reading).filter((name) => name !== b.accounts.unknown);
  if (strange.length) plan.products = [...((args.products as Goods[] | undefined) ?? []), ...strange];
  else if (!plan.products) {
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
export function withDates(args: Args, length: { days: number; months: number } | undefined, b: Build): Args {
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
  const hindsight = /\b(?:would|could)(?: \S+){0,6} have\b|\bhad (?:not|we|there)\b|\b(?:was|were|did)\b/i.test(
    b.reading.text,
  );
  const tense = hindsight ? "past" : "future";
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
  const some = b.accounts.excluded.length > 0 || ownersAccounts(b.reading, b.lexicon) !== null;
  const accounts = b.accounts.all && some ? allAccounts(b.reading, b.lexicon, b.accounts.excluded) : names;
  const limits = limitsIn(b);
  // "but leave out laundry": all else.
  const products = b.goods.length || !b.excludedGoods.length ? b.goods : less([], b.excludedGoods, b.lexicon);
  const objective = objectiveIn(b);
  return done(
    {
      ...(accounts.length ? { accounts } : {}),
      ...(products.length ? { products } : {}),
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
  const offers = offersIn(b.reading);
  const discount = offers.length === 1 ? offers[0]!.discount : undefined;
  return done({
    ...accountArg(b),
    ...productArg(b),
    ...(mechanic && !more.length ? { mechanic } : {}),
    ...(discount ? { discount } : {}),
    ...(b.features.has("ownplans") ? { plans: true } : {}),
  });
}
