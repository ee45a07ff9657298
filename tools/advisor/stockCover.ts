import { z } from "zod";
import { accountRef, exclusion, optional, period, productRef, promotionRef } from "../args.ts";
import { readTool } from "../define.ts";
import { namedPromotion } from "../supply/named.ts";
import { scopeOf, withCurrentResults } from "./scope.ts";
import { coverOf } from "./supply/cover.ts";
import { fillRates } from "./supply/fillRates.ts";
import { forwardBuying } from "./supply/forward.ts";
import { ordersOf } from "./supply/orders.ts";

const SHOW = ["cover", "forward_buying", "fill_rate", "orders"] as const;

export const stockCover = readTool({
  name: "stock_cover",
  role: "advisor",
  access: "READ",
  description:
    "What retailers hold and get of our products: estimated stock and its cover in weeks against the forecast (of a promotion, where one is named), open and late orders, fill rates (delivered of what was ordered), and forward buying by promotion. `show` says what was asked: cover (default), forward_buying, fill_rate or orders.",
  examples: [
    {
      say: "How many weeks of stock does Bramley hold of Kestrel?",
      args: { account: "Bramley Stores", product: { brand: "Kestrel" } },
    },
    {
      say: "Did Cormorant forward-buy in the last promotion?",
      args: { account: "Cormorant Hyper", show: "forward_buying" },
    },
    { say: "Which orders are late?", args: { show: "orders", late: true } },
    {
      say: "What was the fill rate at Delphi in October?",
      args: { account: "Delphi Discount", show: "fill_rate", period: { from: "2026-10-01", to: "2026-10-31" } },
    },
    { say: "Is there enough stock for P-1341?", args: { promotion: "P-1341" } },
  ],
  schema: z.strictObject({
    account: optional(accountRef),
    product: optional(productRef),
    promotion: optional(promotionRef),
    period: optional(period).describe("weeks of a fill rate, or in which promotions started"),
    show: optional(z.enum(SHOW)),
    late: optional(z.boolean()).describe("only orders that should have come already"),
    exclude: optional(exclusion.pick({ accounts: true, products: true })),
  }),
  async run(context, args) {
    const promotion = args.promotion === undefined ? null : await namedPromotion(context, args.promotion);
    const scope = await scopeOf(context, { ...args, ...(promotion ? { account: promotion.found.account_id } : {}) });
    const ended = promotion !== null && promotion.found.end < context.store.today;
    const show = args.show ?? (ended ? "forward_buying" : "cover");
    const about = { account: scope.account?.name ?? null, product: scope.product, without: scope.without, show };
    switch (show) {
      case "forward_buying":
        await withCurrentResults(context);
        return { ...about, ...(await forwardBuying(context, scope, promotion, args.period)) };
      case "fill_rate":
        return { ...about, ...(await fillRates(context, scope, promotion, args.period)) };
      case "orders":
        return { ...about, ...(await ordersOf(context, scope, promotion, args.late ?? false)) };
      case "cover":
        return { ...about, ...(await coverOf(context, scope, promotion)) };
    }
  },
});
