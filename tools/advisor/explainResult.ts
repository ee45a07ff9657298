import { z } from "zod";
import { accountRef, optional, period, productRef, promotionRef } from "../args.ts";
import { readTool } from "../define.ts";
import { explainPeriod } from "./explain/explainPeriod.ts";
import { explainPromotion } from "./explain/explainPromotion.ts";
import { lastSubject, namedSubject } from "./explain/subject.ts";
import { scopeOf, withCurrentResults } from "./scope.ts";

export const explainResult = readTool({
  name: "explain_result",
  role: "advisor",
  access: "READ",
  description:
    "Why a past promotion went as it went, or why sales moved in a period: actual against baseline and plan, week by week; causes ranked by size with their evidence (competitor, missing display, stock-out, volume pulled forward, price, distribution, our own promotions), and what stays unexplained; and whether the verdict survives other baselines and placebo weeks. Name a promotion, or an account (the promotion that ended last there is taken), with a product and a period where meant.",
  examples: [
    { say: "Why did sales drop during the last promotion at Retailer C?", args: { account: "Cormorant Hyper" } },
    { say: "Why did P-1042 fail?", args: { promotion: "P-1042" } },
    { say: "Was P-1042 a success whatever baseline you take?", args: { promotion: "P-1042" } },
    {
      say: "What happened to Kestrel at Bramley in September?",
      args: {
        account: "Bramley Stores",
        product: { brand: "Kestrel" },
        period: { from: "2026-09-01", to: "2026-09-30" },
      },
    },
  ],
  schema: z.strictObject({
    promotion: optional(promotionRef),
    account: optional(accountRef),
    product: optional(productRef),
    period: optional(period),
  }),
  async run(context, args) {
    await withCurrentResults(context);
    const scope = await scopeOf(context, args);
    if (args.promotion !== undefined)
      return explainPromotion(context, scope, await namedSubject(context, args.promotion));
    const subject = await lastSubject(context, scope, args.period);
    return subject ? explainPromotion(context, scope, subject) : explainPeriod(context, scope, args.period!);
  },
});
