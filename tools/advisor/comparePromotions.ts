import { eventNetSales } from "../../data/results/results.service.ts";
import { readTool } from "../define.ts";
import { compareSchema } from "./compareArgs.ts";
import { compareEvents } from "./compareEvents.ts";
import { compareSales } from "./compareSales.ts";
import { pickEvents } from "./events.ts";
import { readConditions } from "./matched/conditions.ts";
import { canBeMatched } from "./matched/onEqualFooting.ts";
import { eventPeriod, scopeOf, withCurrentResults } from "./scope.ts";

/** Groupings that split sell-out itself; for units and net sales they are answered from all sales, promoted or not. */
const SALES_GROUPINGS = new Set(["account", "category", "brand", "product", "month", "quarter", "year"]);

/** Effects of depth and of mechanic rest on all history, where no period is named; so do years, set side by side. */
const ALL_HISTORY = new Set(["discount_band", "mechanic", "year"]);

export const comparePromotions = readTool({
  name: "compare_promotions",
  role: "advisor",
  access: "READ",
  description:
    "Compares past promotions by a metric over groups (accounts, categories, brands, products, mechanics, support, discount bands, payments, single promotions, months, quarters, years): which gives the highest ROI, which actually increased sales, where the money went. Ratios are pooled; beside them, each group is set against the others (a support against none) on equal footing: like season, holidays, support, competitors, stock, size and depth, with how many promotions have counterparts and a warning where the plain figures mislead. Units and net sales by account, category, brand, product or time come from all sell-out, with the promoted part beside them. Without a period: promotions that ended in the last twelve months (by mechanic, discount band or year: all history). `order: worst` lists the other end first; `exclude` leaves accounts, products or mechanics out; `display` and `feature` keep the promotions with or without it.",
  examples: [
    { say: "Which retailer gives us the highest promotion ROI?", args: { metric: "net_roi", by: "account" } },
    {
      say: "Which mechanic works best for Polar Lane at Bramley?",
      args: { metric: "net_roi", by: "mechanic", product: { brand: "Polar Lane" }, account: "Bramley Stores" },
    },
    {
      say: "Top five promotions by uplift last quarter",
      args: { metric: "uplift", by: "promotion", period: { from: "2026-07-01", to: "2026-09-30" }, top: 5 },
    },
    {
      say: "Compare the ROI of Albion and Bramley",
      args: { metric: "net_roi", by: "account", accounts: ["Albion Fresh", "Bramley Stores"] },
    },
    {
      say: "Best brand by ROI in the second quarter, ignoring Tailwind",
      args: {
        metric: "net_roi",
        by: "brand",
        period: { from: "2026-04-01", to: "2026-06-30" },
        exclude: { products: [{ brand: "Tailwind" }] },
      },
    },
    { say: "Which product sold most this year?", args: { metric: "units", by: "product" } },
  ],
  schema: compareSchema,
  async run(context, args) {
    const scope = await scopeOf(context, args);
    const ofSales = (args.metric === "units" || args.metric === "net_sales") && SALES_GROUPINGS.has(args.by);
    const ofEvents = [args.mechanic, args.display, args.feature, args.exclude?.mechanics];
    if (ofSales && ofEvents.every((filter) => filter === undefined)) return compareSales(context, scope, args);
    await withCurrentResults(context);
    const picked = await pickEvents(context, scope, {
      mechanic: args.mechanic,
      display: args.display,
      feature: args.feature,
      period: (first) => eventPeriod(context, args.period, ALL_HISTORY.has(args.by) ? first : null),
    });
    const netSales = args.metric === "net_sales" ? await eventNetSales(context.store, picked.events) : null;
    const countries = new Map(scope.accounts.map((account) => [account.id, account.country]));
    const conditions = canBeMatched(args.metric, args.by)
      ? await readConditions(context, picked.events, picked.lines, countries)
      : new Map();
    return compareEvents(scope, picked, netSales, conditions, args);
  },
});
