import { z } from "zod";
import { KamError, missingSlot } from "../../../data/common/errors.ts";
import { mayOverride, recordOverride } from "../../../data/policies/overrides.service.ts";
import { isPolicyRule, RULES } from "../../../data/policies/rules.ts";
import { promotionRow } from "../../../data/promotions/reading.service.ts";
import { mayLetPass } from "../../../data/promotions/rights.service.ts";
import { optional, promotionRef } from "../../args.ts";
import { writeTool } from "../../define.ts";
import { quoteParts } from "../accounts/quotes.ts";
import { checkStored } from "./checkStored.ts";
import { parseEdit } from "./edits.ts";
import type { Forecaster } from "./forecaster.ts";
import { whichPromotion } from "./whichPromotion.ts";

const reason = z.string().trim().min(3).max(1_000);
const edits = z.strictObject({ reason: optional(reason) });
const target = z.object({ promotion_id: z.number().int(), version: z.number().int(), rule: z.string(), reason });

export const overrideCheck = (forecaster: Forecaster) =>
  writeTool({
    name: "override_check",
    role: "assistant",
    description:
      "Lets a promotion pass a check that stands in its way or warns, with a reason: a manager over clash, depth, EDLP, notice and blackout, finance over the budget and claims above the plan, either over margin, ROI and spend rate. Recorded; ends when the promotion changes; nobody for a promotion of her own. Waits for approval.",
    examples: [
      {
        say: "Override the budget check of P-1042, the board agreed to the extra money",
        args: { promotion: "P-1042", rule: "budget", reason: "the board agreed to the extra money" },
      },
    ],
    schema: z.strictObject({
      promotion: optional(promotionRef),
      rule: optional(z.string().min(1).max(60)).describe("the rule of the check, such as budget, clash, depth or roi"),
      reason: optional(reason),
    }),
    access: "WRITE",
    async propose(context, args) {
      const { actor, store } = context;
      const found = await whichPromotion(context, args.promotion);
      const row = await promotionRow(store, found);
      const { checks } = await checkStored(context, forecaster, row, "decided");
      const against = checks.filter((c) => c.verdict !== "pass" && !("override_name" in c.facts));
      const rule = ruleMeant(args.rule, against);
      if (!rule)
        throw missingSlot(
          "rule",
          `Which check of ${found.promotion}, ${found.name} shall be overridden${against.length ? `: ${[...new Set(against.map((c) => c.rule.replaceAll("_", " ")))].join(", ")}` : ""}?`,
        );
      mayOverride(actor, rule);
      await mayLetPass(actor, store, { code: found.promotion, name: found.name, created_by: found.created_by });
      if (["ended", "closed", "cancelled"].includes(row.status) && rule !== "claim_above_plan" && rule !== "budget")
        throw new KamError(
          "wrong_state",
          `${found.promotion}, ${found.name} is over; no check stands in its way any more.`,
          {
            promotion: found.promotion,
          },
        );
      if (!args.reason)
        throw missingSlot("reason", `Why shall ${found.promotion}, ${found.name} pass that check?`, { rule });
      const check = against.find((c) => c.rule === rule) ?? null;
      const change = {
        promotion: found.promotion,
        promotion_id: row.id,
        version: row.version,
        name: found.name,
        account: found.account,
        rule,
        reason: args.reason,
      };
      return {
        proposals: [{ kind: "override_check", change, checks: [] }],
        result: {
          ...change,
          currency: found.currency,
          reason_quote: quoteParts(args.reason),
          checks: check ? [check] : [],
          proposals: [{ change, checks: [] }],
        },
      };
    },
    async commit(context, change, edit) {
      const { actor, store } = context;
      const given = parseEdit(edits, edit);
      const order = target.parse({ ...change, ...(given.reason ? { reason: given.reason } : {}) });
      const found = await whichPromotion(context, order.promotion_id);
      const row = await promotionRow(store, found);
      mayOverride(actor, order.rule);
      await mayLetPass(actor, store, { code: found.promotion, name: found.name, created_by: found.created_by });
      if (row.version !== order.version)
        throw new KamError("stale", `${found.promotion}, ${found.name} has changed since; look at it again.`, {
          promotion: found.promotion,
        });
      await recordOverride(actor, store, {
        promotionId: row.id,
        code: row.code,
        version: row.version,
        rule: order.rule,
        reason: order.reason,
      });
      return { promotion: row.code, name: row.name, rule: order.rule, status: "overridden" };
    },
  });

/** The check that a person means by its rule or by the policy's; the only one in the way where she names none. */
function ruleMeant(
  said: string | undefined,
  against: readonly { rule: string; verdict: string }[],
): string | undefined {
  if (said === undefined) {
    const blocking = [...new Set(against.filter((c) => c.verdict === "block").map((c) => c.rule))];
    return blocking.length === 1 ? blocking[0] : undefined;
  }
  const wanted = said
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, "_");
  if (against.some((c) => c.rule === wanted)) return wanted;
  return (isPolicyRule(wanted) && RULES[wanted].check) || wanted;
}
