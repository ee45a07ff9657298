import { z } from "zod";
import { accountRef, exclusion, grouping, mechanic, metric, optional, period, productRef } from "../args.ts";

/** What a comparison takes: a metric, what it is compared by, and what narrows it. */
export const compareSchema = z.strictObject({
  metric: metric.optional().default("net_roi"),
  by: grouping.optional().default("account"),
  account: optional(accountRef),
  accounts: optional(z.array(accountRef).min(1)).describe("several accounts, set side by side"),
  product: optional(productRef),
  products: optional(z.array(productRef).min(1)).describe("several products or brands, set side by side"),
  category: optional(z.string().min(1)),
  mechanic: optional(mechanic),
  display: optional(z.boolean()).describe("only promotions with a display, or only those without"),
  feature: optional(z.boolean()).describe("only promotions with a feature, or only those without"),
  exclude: optional(exclusion),
  period: optional(period),
  top: optional(z.number().int().min(1).max(100)),
  order: optional(z.enum(["best", "worst"])),
});

export type CompareArgs = z.output<typeof compareSchema>;
