import { z } from "zod";
import { missingSlot } from "../../../data/common/errors.ts";
import { bonusStanding } from "../../../data/contracts/bonus.service.ts";
import { contractOf } from "../../../data/contracts/contracts.service.ts";
import { accountRef, optional, period } from "../../args.ts";
import { bonusJson } from "../../assistant/accounts/contractJson.ts";
import { type ReadTool, readTool, type ToolContext } from "../../define.ts";
import { LEVEL } from "../../statistics.ts";
import { discountResponse } from "../discountResponse.ts";
import { pickEvents } from "../events.ts";
import { mixed } from "../findRisks.ts";
import { categoryGrowth, comparedWeeks, salesGrowth } from "../growth.ts";
import { findAllRisks } from "../risks/find.ts";
import { eventPeriod, type Scope, salesPeriod, scopeOf, withCurrentResults } from "../scope.ts";
import { openBetweenUs, whatWorked } from "./lines.ts";
import { retailerGain } from "./retailerGain.ts";

const MOST = 4;
const TOPICS = ["prices", "range", "promotions", "terms", "claims"] as const;

export const negotiationPack = readTool({
  name: "negotiation_pack",
  role: "advisor",
  access: "READ",
  description:
    "Prepares a negotiation or meeting with an account: arguments (what our promotions brought the retailer, what worked and what did not with the evidence, which products and categories grow), price points and where deeper stops paying, concessions to offer and to ask, risks, open claims and next steps, and who decides. Without a period: the last twelve months.",
  examples: [
    { say: "Prepare me for the negotiation with Bramley", args: { account: "Bramley Stores" } },
    {
      say: "Arguments for the price talk with Albion",
      args: { account: "Albion Fresh", topic: "prices" },
    },
  ],
  schema: z.strictObject({
    account: optional(accountRef),
    period: optional(period),
    topic: optional(z.enum(TOPICS)).describe("what the talk is about: that part of the pack alone, with who decides"),
  }),
  async run(context, args) {
    if (args.account === undefined) throw missingSlot("account", "Which account do you negotiate with?");
    await withCurrentResults(context);
    const scope = await scopeOf(context, { account: args.account });
    const account = scope.account!;
    const about = (...topics: (typeof TOPICS)[number][]): boolean => !args.topic || topics.includes(args.topic);
    const picked = await pickEvents(context, scope, { period: () => eventPeriod(context, args.period, null) });
    const weeks = await comparedWeeks(context, salesPeriod(context, args.period));
    const growth = weeks && about("range") ? await salesGrowth(context, scope, weeks) : null;
    const promotions = about("promotions", "prices") ? await whatWorked(picked.events) : null;
    const gain = about("promotions", "prices", "terms") ? await retailerGain(context, account, picked.events) : null;
    const contract = await contractOf(context.store, account, context.store.today);
    const bonus =
      contract && about("terms") ? await bonusStanding(context.store, account, contract, context.store.today) : null;
    const open = await openBetweenUs(context, scope);
    const prices = about("prices") ? await pricePoints(context, account.name) : null;
    return {
      account: account.name,
      owner: account.owner,
      topic: args.topic ?? null,
      currency: account.currency,
      as_of: context.store.today,
      period: picked.period.period,
      sales_period: weeks?.period ?? null,
      evaluated: picked.events.length,
      interval: LEVEL,
      retailer_gain: gain,
      promotions,
      categories:
        weeks && about("range", "promotions")
          ? (await categoryGrowth(context, scope, weeks)).filter((row) => row.growth !== null)
          : [],
      growing: (growth?.products ?? [])
        .filter((row) => row.state === "sold in both" && (row.change ?? 0) > 0)
        .slice(0, MOST),
      sales: growth?.total ?? null,
      prices,
      contract: contract && {
        end: contract.end,
        off_invoice_rate: contract.off_invoice_rate,
        rebate_rate: contract.rebate_rate,
        payment_days: contract.payment_days,
        deepest_discount: contract.max_discount,
      },
      bonus: bonus && bonusJson(bonus),
      ...open,
      risks: args.topic ? [] : await worst(context, scope),
      missing: [
        ...(picked.events.length ? [] : ["No promotion of this period is evaluated, so what worked cannot be shown."]),
        ...(gain?.left_out ? ["Promotions without shelf prices or contract are not in the retailer's gain."] : []),
        ...(weeks?.whole ? [] : ["The year before is not measured, so growth is not known."]),
        "What the retailer earns on other makers' goods, and what it wants this time, is not in the store.",
      ],
    };
  },
});

const worst = async (context: ToolContext, scope: Scope) => mixed(await findAllRisks(context, scope)).slice(0, MOST);

interface Response {
  readonly events: number;
  readonly past_best: { readonly level: number; readonly net_roi: number | null; readonly promotions: number } | null;
  readonly best: { readonly by_net_profit: { readonly level: number } } | null;
  readonly marginal: {
    readonly stops: { readonly depth: number; readonly low: number; readonly high: number };
    readonly retailer_best: { readonly depth: number } | null;
    readonly by_pair: readonly {
      readonly brand: string;
      readonly stops: { readonly depth: number; readonly low: number; readonly high: number };
      readonly deepest_seen: number;
      readonly still_rising: boolean;
    }[];
  } | null;
}

/** Which depths worked and where deeper gives nothing more, over the brands there, as the advisor tells them. */
async function pricePoints(context: ToolContext, account: string) {
  const tool = discountResponse as unknown as ReadTool;
  const found = (await tool.run(context, { account })) as unknown as Response;
  return {
    events: found.events,
    past_best: found.past_best && {
      level: found.past_best.level,
      net_roi: found.past_best.net_roi,
      promotions: found.past_best.promotions,
    },
    stops: found.marginal?.stops ?? null,
    brands: (found.marginal?.by_pair ?? []).map(({ brand, stops, deepest_seen, still_rising }) => ({
      brand,
      stops: stops.depth,
      low: stops.low,
      high: stops.high,
      deepest_seen,
      still_rising,
    })),
  };
}
