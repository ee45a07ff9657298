import { z } from "zod";
import { missingSlot } from "../../../data/common/errors.ts";
import { decidePromotion as decide, storedDraft } from "../../../data/promotions/promotions.service.ts";
import { promotionRow, resolvePromotion } from "../../../data/promotions/reading.service.ts";
import { mayDecide } from "../../../data/promotions/rights.service.ts";
import { nextStatus } from "../../../data/promotions/states.ts";
import { optional, promotionRef } from "../../args.ts";
import { type ToolContext, writeTool } from "../../define.ts";
import { specOfDraft } from "./change.ts";
import { checkStored } from "./checkStored.ts";
import { committed } from "./commitDraft.ts";
import { parseEdit } from "./edits.ts";
import type { Forecaster } from "./forecaster.ts";
import { countChecks, promotionJson } from "./results.ts";
import { tieForecast } from "./tieForecast.ts";
import { whichPromotion } from "./whichPromotion.ts";

const decision = z.enum(["approve", "reject"]);
const reason = optional(z.string().max(1_000));
const edits = z.strictObject({ reason });
const target = z.object({
  promotion_id: z.number().int(),
  version: z.number().int(),
  decision,
  reason: z.string().nullable(),
});

export const decidePromotion = (forecaster: Forecaster) =>
  writeTool({
    name: "decide_promotion",
    role: "assistant",
    description:
      "A manager's decision on a submitted promotion: approve it, or reject it with a reason, which makes it a draft again. Nobody decides on her own. Waits for approval.",
    examples: [
      { say: "Approve P-1042", args: { promotion: "P-1042", decision: "approve" } },
      {
        say: "Reject P-1042, the margin is too thin",
        args: { promotion: "P-1042", decision: "reject", reason: "the margin is too thin" },
      },
    ],
    schema: z.strictObject({ promotion: optional(promotionRef), decision: optional(decision), reason }),
    access: "WRITE",
    async propose(context, args) {
      const found = await whichPromotion(context, args.promotion, args.decision ?? "approve");
      await mayDecide(context.actor, context.store, {
        code: found.promotion,
        name: found.name,
        created_by: found.created_by,
      });
      const row = await promotionRow(context.store, found);
      if (!args.decision) {
        throw missingSlot("decision", `Shall ${found.promotion}, ${found.name} be approved or rejected?`);
      }
      const to = nextStatus(row, args.decision);
      // A rejection needs no clean bill of health.
      const checks = args.decision === "approve" ? (await checkStored(context, forecaster, row, "decided")).checks : [];
      const change = {
        promotion: found.promotion,
        promotion_id: row.id,
        version: row.version,
        name: found.name,
        account: found.account,
        decision: args.decision,
        reason: args.reason?.trim() || null,
        from: row.status,
        to,
      };
      return {
        proposals: [{ kind: "decide_promotion", change, checks }],
        result: {
          ...promotionJson(found),
          decision: args.decision,
          reason: change.reason,
          maker: found.maker,
          counts: countChecks(checks),
          proposals: [{ change, checks, counts: countChecks(checks) }],
        },
      };
    },
    async commit(context, change, edit) {
      const { actor, store } = context;
      const order = target.parse({ ...change, ...parseEdit(edits, edit) });
      if (order.decision === "approve") await tieApproved(context, forecaster, order.promotion_id);
      return committed(await decide(actor, store, order.promotion_id, order.version, order.decision, order.reason));
    },
  });

/** The forecast as of the approval is the one that the result is held against. */
async function tieApproved(context: ToolContext, forecaster: Forecaster, id: number): Promise<void> {
  const found = await resolvePromotion(context.actor, context.store, id);
  await mayDecide(context.actor, context.store, {
    code: found.promotion,
    name: found.name,
    created_by: found.created_by,
  });
  const draft = await storedDraft(context.store, await promotionRow(context.store, found));
  await tieForecast(context, forecaster, id, specOfDraft(draft), "approved");
}
