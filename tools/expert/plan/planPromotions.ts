import { z } from "zod";
import { resolveAccount, type VisibleAccount, visibleAccounts } from "../../../data/accounts/accounts.service.ts";
import { nextQuarter, type Period } from "../../../data/common/dates.ts";
import { KamError, missingSlot } from "../../../data/common/errors.ts";
import { toMajor } from "../../../data/common/money.ts";
import { budgetOf } from "../../../data/funds/funds.service.ts";
import { listProducts } from "../../../data/products/products.repo.ts";
import { resolveProducts } from "../../../data/products/products.service.ts";
import { accountRef, minorOf, money, optional, period, productRef } from "../../args.ts";
import { readTool, type ToolContext } from "../../define.ts";
import { readForecastGround } from "../../forecasts/forecastGround.ts";
import { forecastOn } from "../../forecasts/forecastPromotion.ts";
import { keepForecasts } from "../../forecasts/record/keep.ts";
import { LEVEL } from "../../statistics.ts";
import { candidatesOf, NOT_LISTED } from "./candidates.ts";
import { formulate, undominated } from "./formulate.ts";
import { alternativesJson, bindingJson, chosenJson, totals } from "./planJson.ts";
import { limitsSchema, objectives, rulesOf } from "./rules.ts";
import { solvePacking } from "./solvePacking.ts";

const schema = z.strictObject({
  accounts: optional(z.array(accountRef)),
  products: optional(z.array(productRef)),
  period: optional(period),
  budget: optional(money),
  objective: optional(objectives),
  limits: optional(limitsSchema),
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
    const budgets = await budgetFor(context, args, accounts, window, assumptions);
    const ground = await readForecastGround(store, context.models);
    const made = [];
    for (const account of accounts)
      made.push({ account, ...(await candidatesOf(context, ground, account, products, rules)) });
    const candidates = undominated(made.flatMap((m) => m.candidates));
    const formulation = formulate(candidates, {
      budget: budgets.all,
      accountBudgets: budgets.byAccount,
      gap: rules.gap,
      brandGap: rules.brandGap,
      perMonth: rules.perMonth,
      perBrand: rules.perBrand,
      promotions: rules.promotions,
    });
    const solution = await solvePacking(formulation.problem);
    const chosen = solution.chosen
      .map((j) => candidates[j]!)
      .toSorted((a, b) => a.first - b.first || a.accountId - b.accountId || a.brandId - b.brandId);
    const details = chosen.map((c) => forecastOn(ground, actor, c.spec));
    await keepForecasts(
      context,
      "plan",
      chosen.map((c, i) => ({ spec: c.spec, forecast: details[i]!.forecast })),
    );
    return {
      accounts: accounts.map((a) => a.name),
      period: window,
      objective: rules.objective,
      currency,
      budget: budgets.all,
      interval: LEVEL,
      limits: {
        weeks: rules.weeks,
        gap_weeks: rules.gap,
        brand_gap_weeks: rules.brandGap,
        max_discount: rules.maxDiscount,
        min_net_roi: rules.minNetRoi,
        max_probability_of_loss: rules.maxLoss,
        per_month: rules.perMonth,
        per_brand: rules.perBrand,
        max_promotions: rules.promotions,
        line_up: rules.lineUp,
      },
      n_evaluated: made.reduce((sum, m) => sum + m.evaluated, 0),
      n_candidates: candidates.length,
      n_promotions: chosen.length,
      /** Of them, those with enough forecasts of their own mechanic and depth at the account behind them. */
      n_own_record: details.filter(({ forecast }) => forecast.record.score && !forecast.record.wider).length,
      promotions: chosen.map((c, i) => chosenJson(c, details[i]!, products)),
      ...totals(details, budgets.all),
      value: solution.value,
      bound: solution.bound,
      gap: solution.gap,
      reached: solution.bound > 0 ? solution.value / solution.bound : 1,
      binding: bindingJson(formulation, solution, new Map(accounts.map((a) => [a.id, a.name]))),
      alternatives: alternativesJson(candidates, formulation, solution, products),
      left_out: made.flatMap((m) =>
        m.left.filter((l) => l.why !== NOT_LISTED).map((l) => ({ account: m.account.name, ...l })),
      ),
      assumptions,
      caveats: [
        "Promotions were weighed one by one; what neighbours in time or brand take from each other is kept apart by the distance between them.",
        ...(made.some((m) => m.candidates.length) ? [] : ["No promotion is possible under these limits."]),
        ...(made.some((m) => m.candidates.length) && !chosen.length
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

/** The budget named; else what the accounts' funds of the period have left, each account its own. */
async function budgetFor(
  { actor, store }: ToolContext,
  args: Args,
  accounts: readonly VisibleAccount[],
  window: Period,
  assumptions: string[],
): Promise<{ readonly all: number; readonly byAccount: ReadonlyMap<number, number> | null }> {
  if (args.budget !== undefined) return { all: toMajor(minorOf(args.budget, accounts[0]!.currency)), byAccount: null };
  const ids = accounts.map((a) => a.id);
  const { funds } = await budgetOf(actor, store, ids, window);
  if (!funds.length) throw missingSlot("budget", "How much may the plan spend?");
  assumptions.push("each account may spend what its funds have left for the period");
  const left = new Map(
    ids.map((id) => [
      id,
      funds.filter((fund) => fund.account_id === id).reduce((sum, fund) => sum + Math.max(0, fund.left), 0),
    ]),
  );
  return { all: [...left.values()].reduce((sum, v) => sum + v, 0), byAccount: left };
}
