import { z } from "zod";
import { resolveAccount, type VisibleAccount, visibleAccounts } from "../../../data/accounts/accounts.service.ts";
import { nextQuarter, type Period } from "../../../data/common/dates.ts";
import { KamError, missingSlot } from "../../../data/common/errors.ts";
import { formatFigure } from "../../../data/common/format.ts";
import { toMajor } from "../../../data/common/money.ts";
import { budgetOf } from "../../../data/funds/funds.service.ts";
import { listProducts } from "../../../data/products/products.repo.ts";
import { type Product, resolveProducts } from "../../../data/products/products.service.ts";
import { accountRef, fraction, minorOf, money, optional, period, productRef } from "../../args.ts";
import { readTool, type ToolContext } from "../../define.ts";
import { readForecastGround } from "../../forecasts/forecastGround.ts";
import { type ForecastDetail, forecastOn } from "../../forecasts/forecastPromotion.ts";
import { keepForecasts } from "../../forecasts/record/keep.ts";
import { LEVEL, rangeOf } from "../../statistics.ts";
import { candidatesOf, type PlanCandidate, type PlanRules } from "./candidates.ts";
import { chooseWithin } from "./chooseWithin.ts";

const WEEKS = 2;
const GAP = 4;

const schema = z.strictObject({
  accounts: optional(z.array(accountRef)),
  products: optional(z.array(productRef)),
  period: optional(period),
  budget: optional(money),
  objective: optional(z.enum(["net_profit", "profit", "incremental_units", "units", "net_roi", "roi"])),
  limits: optional(
    z.strictObject({
      max_discount: optional(fraction),
      min_net_roi: optional(z.number()),
      weeks: optional(z.number().int().min(1).max(6)).describe("length of each promotion"),
      gap_weeks: optional(z.number().int().min(0).max(26)).describe("weeks between two of a brand at an account"),
      display: optional(z.boolean()),
      feature: optional(z.boolean()),
    }),
  ),
});
type Args = z.output<typeof schema>;

export const planPromotions = readTool({
  name: "plan_promotions",
  role: "expert",
  description:
    "Chooses which brands to promote where, when, how deep and with which support in a period under a budget: price cuts that the contracts allow and that clash with nothing, worth the most together, with how far the best possible plan could still be away.",
  examples: [
    {
      say: "What is the best plan for Kestrel at Albion and Bramley next quarter with 60,000 euros?",
      args: {
        accounts: ["Albion Fresh", "Bramley Stores"],
        products: [{ brand: "Kestrel" }],
        period: { from: "2027-01-01", to: "2027-03-31" },
        budget: { amount: 60_000, currency: "EUR" },
      },
    },
  ],
  schema,
  access: "READ",
  async run(context, args) {
    const { actor, store } = context;
    const assumptions: string[] = [];
    const accounts = await accountsOf(context, args);
    const currency = accounts[0]!.currency;
    const window = args.period ?? nextQuarter(store.today);
    if (!args.period) assumptions.push("no period was named, so it is the next calendar quarter");
    const products = args.products?.length ? await resolveProducts(store, args.products) : await listProducts(store);
    const rules = rulesOf(args, window, assumptions);
    const budget = await budgetFor(context, args, accounts, window, assumptions);
    const ground = await readForecastGround(store, context.models);
    const candidates: PlanCandidate[] = [];
    const left: { account: string; brand: string; why: string }[] = [];
    for (const account of accounts) {
      for (const own of Map.groupBy(products, (p) => p.brand_id).values()) {
        const made = await candidatesOf(context, ground, account, own, rules);
        candidates.push(...made.candidates);
        if (made.why) left.push({ account: account.name, brand: own[0]!.brand, why: made.why });
      }
    }
    const { choice, details } = chooseWithin(
      candidates,
      budget,
      rules.gap,
      (c) => forecastOn(ground, actor, c.spec),
      (detail) => detail.forecast.spend ?? 0,
    );
    await keepForecasts(
      context,
      "plan",
      details.map(({ c, detail }) => ({ spec: c.spec, forecast: detail.forecast })),
    );
    return {
      accounts: accounts.map((a) => a.name),
      period: window,
      objective: rules.objective,
      currency,
      budget,
      interval: LEVEL,
      limits: {
        weeks: rules.weeks,
        gap_weeks: rules.gap,
        max_discount: rules.maxDiscount,
        min_net_roi: rules.minNetRoi,
      },
      n_candidates: candidates.length,
      n_promotions: details.length,
      /** Of them, those with enough forecasts of their own mechanic and depth at the account behind them. */
      n_own_record: details.filter(({ detail }) => detail.forecast.record.score && !detail.forecast.record.wider)
        .length,
      promotions: details.map(({ c, detail }) => chosenJson(c, detail, products)),
      ...totals(
        details.map((d) => d.detail),
        budget,
      ),
      estimated_value: choice.value,
      bound: choice.bound,
      gap: choice.gap,
      left_out: left.filter((l) => l.why !== "not listed over the whole period"),
      assumptions,
      caveats: [
        "Promotions were weighed one by one; what neighbours in time or brand take from each other is kept apart by the distance between them.",
        ...(candidates.length ? [] : ["No promotion is possible under these limits."]),
        ...(candidates.length && !details.length
          ? ["No promotion that is allowed is expected to earn its spend back."]
          : []),
      ],
    };
  },
});

async function accountsOf({ actor, store }: ToolContext, args: Args): Promise<VisibleAccount[]> {
  const all = args.accounts?.length
    ? await Promise.all(args.accounts.map((ref) => resolveAccount(actor, store, ref)))
    : await visibleAccounts(actor, store);
  const accounts = [...new Map(all.map((a) => [a.id, a])).values()];
  if (!accounts.length) throw new KamError("no_data", `${actor.name} has no accounts in this store.`);
  if (new Set(accounts.map((a) => a.currency)).size > 1)
    throw new KamError(
      "bad_input",
      "These accounts are kept in different currencies; plan them one currency at a time.",
    );
  return accounts;
}

function rulesOf(args: Args, window: Period, assumptions: string[]): PlanRules {
  const { limits } = args;
  const named = args.objective ?? "net_profit";
  const roi = named === "roi" || named === "net_roi";
  if (!args.objective) assumptions.push("the plan is to earn the most net profit");
  if (roi)
    assumptions.push(
      "the plan is to earn the most net profit with promotions that each at least earn their spend back",
    );
  if (limits?.weeks === undefined) assumptions.push(`each promotion runs ${wordOf(WEEKS)} weeks`);
  if (limits?.gap_weeks === undefined)
    assumptions.push(`at least ${wordOf(GAP)} weeks lie between two promotions of a brand at an account`);
  assumptions.push(
    "every promotion is a price cut of the whole brand, paid the account's usual way by the unit; a display or feature costs what it usually cost there",
  );
  return {
    period: window,
    weeks: limits?.weeks ?? WEEKS,
    gap: limits?.gap_weeks ?? GAP,
    maxDiscount: limits?.max_discount ?? null,
    minNetRoi: limits?.min_net_roi ?? (roi ? 0 : null),
    display: limits?.display ?? true,
    feature: limits?.feature ?? true,
    objective: named === "units" || named === "incremental_units" ? "incremental_units" : "net_profit",
  };
}

const wordOf = (n: number): string => ["no", "one", "two", "three", "four"][n] ?? formatFigure(n, "count");

/** The budget named; else what the accounts' funds of the period have left. */
async function budgetFor(
  { actor, store }: ToolContext,
  args: Args,
  accounts: readonly VisibleAccount[],
  window: Period,
  assumptions: string[],
): Promise<number> {
  if (args.budget !== undefined) return toMajor(minorOf(args.budget, accounts[0]!.currency));
  const { funds } = await budgetOf(
    actor,
    store,
    accounts.map((a) => a.id),
    window,
  );
  if (!funds.length) throw missingSlot("budget", "How much may the plan spend?");
  assumptions.push("the budget is what the funds of these accounts have left for the period");
  return Math.max(
    0,
    funds.reduce((sum, fund) => sum + Math.max(0, fund.left), 0),
  );
}

const chosenJson = (c: PlanCandidate, { forecast }: ForecastDetail, products: readonly Product[]) => ({
  account: c.account.name,
  brand: c.brand,
  products: c.spec.product_ids.map((id) => products.find((p) => p.id === id)?.name),
  period: { from: c.spec.start, to: c.spec.end },
  discount: c.spec.discount,
  display: c.spec.display,
  feature: c.spec.feature,
  payment: c.spec.payment,
  fixed_spend: c.spec.fixed_spend,
  currency: forecast.currency,
  spend: forecast.spend,
  units: forecast.units.mean,
  true_incremental: forecast.true_incremental,
  net_profit: forecast.net_profit,
  net_roi: forecast.net_roi,
  probability_of_loss: forecast.probability_of_loss,
  record: forecast.record,
});

/** Sums over the chosen promotions; the range of the profit is of their joint draws. */
function totals(details: readonly ForecastDetail[], budget: number) {
  const sum = (of: (d: ForecastDetail) => number): number => details.reduce((n, d) => n + of(d), 0);
  const spend = sum((d) => d.forecast.spend ?? 0);
  const profit = sum((d) => d.forecast.net_profit?.mean ?? 0);
  const joint = (of: (d: ForecastDetail) => Float64Array | null) =>
    Float64Array.from(details[0]?.gainDraws ?? [], (_, k) => sum((d) => of(d)?.[k] ?? 0));
  const none = { mean: 0, low: 0, high: 0 };
  return {
    spend,
    budget_left: budget - spend,
    net_profit: details.length
      ? rangeOf(
          profit,
          joint((d) => d.netDraws),
        )
      : none,
    true_incremental: details.length
      ? rangeOf(
          sum((d) => d.forecast.true_incremental.mean),
          joint((d) => d.gainDraws),
        )
      : none,
    net_roi: spend > 0 ? profit / spend : null,
  };
}
