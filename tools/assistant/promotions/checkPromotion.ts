import { z } from "zod";
import { resolveAccount } from "../../../data/accounts/accounts.service.ts";
import { storedDraft } from "../../../data/promotions/promotions.service.ts";
import { promotionRow } from "../../../data/promotions/reading.service.ts";
import { optional, promotionArgs, promotionRef } from "../../args.ts";
import { readTool, type ToolContext } from "../../define.ts";
import { changeOf } from "./change.ts";
import { changedWish, wishOfDraft } from "./changedWish.ts";
import { checkStored } from "./checkStored.ts";
import { draftJson } from "./createPromotion.ts";
import type { Forecaster } from "./forecaster.ts";
import { newWish } from "./newWish.ts";
import { keepDrafts, planDraft } from "./planDraft.ts";
import { countChecks } from "./results.ts";
import { whichPromotion } from "./whichPromotion.ts";
import { accountOf, type PromotionArgs } from "./wish.ts";

const schema = z.strictObject({ promotion: optional(promotionRef), ...promotionArgs });

/** Rules about what lies ahead say nothing of what already runs or is over. */
const AHEAD = new Set(["dates", "notice"]);

export const checkPromotion = (forecaster: Forecaster) =>
  readTool({
    name: "check_promotion",
    role: "assistant",
    description:
      "Holds a promotion, or an idea of one, against contract, notice, blackout weeks, clashes, listings, budget, margin, ROI, the retailer's margin and stock. Changes nothing.",
    examples: [
      { say: "Would P-1044 pass the checks?", args: { promotion: "P-1044" } },
      {
        say: "Would 30 % on Kestrel at Albion from 3 to 16 May clash with anything?",
        args: {
          account: "Albion Fresh",
          products: [{ brand: "Kestrel" }],
          start: "2027-05-03",
          end: "2027-05-16",
          discount: 0.3,
        },
      },
    ],
    schema,
    access: "READ",
    async run(context, { promotion, ...args }) {
      if (promotion === undefined) return checkIdea(context, forecaster, args);
      const found = await whichPromotion(context, promotion);
      const row = await promotionRow(context.store, found);
      const account = await resolveAccount(context.actor, context.store, row.account_id);
      const stored = await storedDraft(context.store, row);
      const wish = await wishOfDraft(context.store, stored, account);
      const what = { promotion: found.promotion, name: found.name, status: row.status };
      if (Object.entries(args).some(([key, value]) => key !== "account" && value !== undefined)) {
        const changed = await changedWish(context.store, wish, args);
        const planned = await planDraft(context, forecaster, changed.wish, {
          promotionId: row.id,
          fundId: row.fund_id,
        });
        await keepDrafts(context, [planned]);
        return { ...what, changed: true, ...draftJson({ ...planned, assumptions: changed.assumptions }) };
      }
      const all = await checkStored(context, forecaster, row, row.status === "draft" ? "chosen" : "decided");
      const ahead = row.status === "draft" || row.status === "submitted" || row.status === "approved";
      const checks = ahead ? all.checks : all.checks.filter((c) => !AHEAD.has(c.rule));
      return {
        ...what,
        changed: false,
        change: changeOf(stored, { account: account.name, products: wish.products, fund: null }, all.expected),
        checks,
        counts: countChecks(checks),
        products: wish.products.length,
        assumptions: [],
        caveats: all.caveats,
      };
    },
  });

async function checkIdea(context: ToolContext, forecaster: Forecaster, args: PromotionArgs) {
  const account = await resolveAccount(context.actor, context.store, accountOf(args));
  const { wish, assumptions } = await newWish(context, forecaster, args, account);
  const planned = await planDraft(context, forecaster, wish);
  await keepDrafts(context, [planned]);
  return {
    promotion: null,
    name: planned.change.name,
    status: null,
    changed: false,
    ...draftJson({ ...planned, assumptions }),
  };
}
