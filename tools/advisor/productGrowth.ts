import { z } from "zod";
import { KamError } from "../../data/common/errors.ts";
import { accountRef, exclusion, optional, period, productRef } from "../args.ts";
import { readTool } from "../define.ts";
import { categoryDrivers } from "./categoryDrivers.ts";
import { categoryGrowth, comparedWeeks, salesGrowth } from "./growth.ts";
import { salesPeriod, scopeOf } from "./scope.ts";

/** Rows of each end of the list of products. */
const MOST = 12;

export const productGrowth = readTool({
  name: "product_growth",
  role: "advisor",
  access: "READ",
  description:
    "Which products and brands grew or shrank against the same weeks a year before, what each contributed to the growth, and how the category and our share of it moved. Without a period: the last twelve months. `product` narrows it to a product or a brand.",
  examples: [
    { say: "Which products drive category growth?", args: { whole: "category" } },
    {
      say: "How did our coffee grow at Retailer B this year?",
      args: { account: "Bramley Stores", category: "Coffee" },
    },
    { say: "Which laundry products are declining?", args: { category: "Laundry", order: "worst" } },
  ],
  schema: z.strictObject({
    account: optional(accountRef),
    category: optional(z.string().min(1)),
    product: optional(productRef),
    period: optional(period),
    order: optional(z.enum(["best", "worst"])).describe("worst: what shrinks comes first"),
    whole: optional(z.enum(["category"])).describe("category: what drives the growth of the whole category, not ours"),
    exclude: optional(exclusion.pick({ accounts: true, products: true })),
  }),
  async run(context, args) {
    const scope = await scopeOf(context, args);
    const weeks = await comparedWeeks(context, salesPeriod(context, args.period));
    const growth = weeks && (await salesGrowth(context, scope, weeks));
    if (!weeks || !growth) throw new KamError("no_data", "There are no measured sales for this in that period.");
    const { products } = growth;
    const falling = products.filter((row) => (row.change ?? 0) < 0).toReversed();
    const missing = [...scope.notes];
    if (!weeks.whole)
      missing.push("The history does not reach back over the same weeks a year before, so growth is not known.");
    const categories = await categoryGrowth(context, scope, weeks);
    if (!categories.length) missing.push("There are no category totals for these accounts, so our share is not known.");
    return {
      account: scope.account?.name ?? null,
      product: scope.product,
      category: scope.category,
      without: scope.without,
      currency: scope.currency,
      period: weeks.period,
      period_basis: args.period ? "named" : "last_twelve_months",
      before: weeks.before,
      weeks: weeks.weeks,
      measure: growth.measure,
      total: growth.total,
      brands: growth.brands,
      products_sold: products.length,
      products: products.slice(0, MOST),
      falling: falling.slice(0, MOST),
      categories,
      drivers: await categoryDrivers(context, scope, weeks, categories),
      left_out: [],
      assumptions: [
        "The year before is the same number of whole weeks, fifty-two weeks earlier.",
        "A week belongs to the period in which its Monday lies.",
      ],
      missing,
    };
  },
});
