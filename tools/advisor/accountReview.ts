import { z } from "zod";
import { findActivities } from "../../data/activities/activities.service.ts";
import { assessedClaims } from "../../data/claims/claims.service.ts";
import { addMonths } from "../../data/common/dates.ts";
import { missingSlot } from "../../data/common/errors.ts";
import { toMajor } from "../../data/common/money.ts";
import { fundsIn } from "../../data/funds/funds.service.ts";
import { promotionsOf } from "../../data/results/results.service.ts";
import { accountRef, optional, period } from "../args.ts";
import { quoteParts } from "../assistant/accounts/quotes.ts";
import { readTool, type ToolContext } from "../define.ts";
import { pickEvents } from "./events.ts";
import { mixed } from "./findRisks.ts";
import { categoryGrowth, comparedWeeks, salesGrowth } from "./growth.ts";
import { grossToNet } from "./review/grossToNet.ts";
import { pooledOf } from "./review/results.ts";
import { findAllRisks } from "./risks/find.ts";
import { eventPeriod, type Scope, salesPeriod, scopeOf, withCurrentResults } from "./scope.ts";

const MOST = 5;

export const accountReview = readTool({
  name: "account_review",
  role: "advisor",
  access: "READ",
  description:
    "The review of one account: sales against the year before, brands and category share, promotions' pooled result with the best and the worst, gross to net, budget, open claims, last talks and next steps, what is planned, and risks. Without a period: the last twelve months.",
  examples: [
    { say: "Prepare the review of Retailer A", args: { account: "Albion Fresh" } },
    {
      say: "How did we do at Bramley last quarter?",
      args: { account: "Bramley Stores", period: { from: "2026-07-01", to: "2026-09-30" } },
    },
  ],
  schema: z.strictObject({ account: optional(accountRef), period: optional(period) }),
  async run(context, args) {
    if (args.account === undefined) throw missingSlot("account", "Which account do you want to review?");
    await withCurrentResults(context);
    const scope = await scopeOf(context, args);
    const account = scope.account!;
    const dates = salesPeriod(context, args.period);
    const weeks = await comparedWeeks(context, dates);
    const growth = weeks && (await salesGrowth(context, scope, weeks));
    const picked = await pickEvents(context, scope, { period: () => eventPeriod(context, args.period, null) });
    const net = await grossToNet(context, account, dates, picked.events);
    return {
      account: account.name,
      owner: account.owner,
      product: null,
      category: null,
      currency: account.currency,
      as_of: context.store.today,
      period: weeks?.period ?? dates,
      period_basis: args.period ? "named" : "last_twelve_months",
      before: weeks?.before ?? null,
      weeks: weeks?.weeks ?? 0,
      measure: growth?.measure ?? null,
      sales: growth?.total ?? null,
      brands: growth?.brands ?? [],
      categories: weeks ? await categoryGrowth(context, scope, weeks) : [],
      promotions: await pooledOf(picked.events),
      promotions_basis: picked.period.basis,
      promotions_period: picked.period.period,
      left_out: picked.leftOut,
      gross_to_net: net,
      ...(await standing(context, scope)),
      assumptions: [
        "The year before is the same number of whole weeks, fifty-two weeks earlier.",
        "Gross sales are what was shipped, at list price; promotion spend is that of the promotions above.",
      ],
      missing: missingOf(growth !== null, net),
    };
  },
});

function missingOf(sold: boolean, net: Awaited<ReturnType<typeof grossToNet>>): string[] {
  const missing: string[] = [];
  if (!sold) missing.push("There are no measured sales in this period.");
  if (!net) missing.push("No shipments with a list price are recorded, so gross to net is not known.");
  else {
    if (!net.terms_known)
      missing.push("No contract is in the store for this period, so its terms are not in gross to net.");
    if (net.products_without_list_price) missing.push("Products without a list price are not in gross to net.");
  }
  return missing;
}

/** Money, claims, talks, plans and risks as they stand today. */
async function standing(context: ToolContext, scope: Scope) {
  const { actor, store } = context;
  const accountIds = scope.accounts.map((account) => account.id);
  const open = (await assessedClaims(store, scope.accounts)).filter((claim) => claim.status === "open");
  const talks = await findActivities(actor, store, { accountIds, from: addMonths(store.today, -6), to: store.today });
  const planned = (await promotionsOf(actor, store, { accountIds })).filter((row) => row.end >= store.today);
  const risks = mixed(await findAllRisks(context, scope));
  return {
    funds: (await fundsIn(actor, store, accountIds)).map((fund) => ({
      fund: fund.fund,
      amount: fund.amount,
      left: fund.left,
      left_share: fund.amount > 0 ? fund.left / fund.amount : null,
      start: fund.start,
      end: fund.end,
    })),
    open_claims: open.length,
    open_claims_amount: open.reduce((sum, claim) => sum + toMajor(claim.amount_minor), 0),
    doubted_claims: open.filter((claim) => claim.doubts.length).length,
    talks: talks.slice(0, MOST).map((talk) => ({
      date: talk.date,
      kind: talk.kind,
      by: talk.by,
      quote: quoteParts(talk.text),
      next_step: talk.next_step && quoteParts(talk.next_step),
    })),
    next_steps: talks.filter((talk) => talk.next_step).length,
    planned: planned.length,
    ahead: planned
      .toSorted((a, b) => a.start.localeCompare(b.start))
      .slice(0, MOST)
      .map((row) => ({ promotion: row.promotion, name: row.name, start: row.start, end: row.end, status: row.status })),
    risks: risks.length,
    rows: risks.slice(0, MOST),
  };
}
