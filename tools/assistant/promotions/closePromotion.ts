import { z } from "zod";
import { toMajor } from "../../../data/common/money.ts";
import { closePromotion as close, closingBlock, planClosing } from "../../../data/promotions/closing.service.ts";
import { promotionRow } from "../../../data/promotions/reading.service.ts";
import { optional, promotionRef } from "../../args.ts";
import { type Check, writeTool } from "../../define.ts";
import { committed } from "./commitDraft.ts";
import { parseEdit } from "./edits.ts";
import { countChecks, promotionJson } from "./results.ts";
import { whichPromotion } from "./whichPromotion.ts";

const reason = optional(z.string().max(1_000));
const edits = z.strictObject({ reason });
const target = z.object({ promotion_id: z.number().int(), reason: z.string().nullable() });

export const closePromotion = writeTool({
  name: "close_promotion",
  role: "assistant",
  description:
    "Closes a promotion that has ended, once its claims are decided: money that it did not need goes back to its fund. Finance or a manager closes; a KAM leaves the request with them. Waits for approval.",
  examples: [
    { say: "Close P-1042", args: { promotion: "P-1042" } },
    { say: "Close P-1042, all claims are settled", args: { promotion: "P-1042", reason: "all claims are settled" } },
  ],
  schema: z.strictObject({ promotion: optional(promotionRef), reason }),
  access: "WRITE",
  async propose(context, args) {
    const { actor, store } = context;
    const found = await whichPromotion(context, args.promotion, "close");
    const row = await promotionRow(store, found);
    const plan = await planClosing(actor, store, row);
    const block = closingBlock(row, plan);
    const checks: Check[] = block
      ? [
          {
            rule: "open_claims",
            verdict: plan.status === "requested" ? "warn" : "block",
            message: block,
            facts: { promotion: row.code, name: row.name },
          },
        ]
      : [];
    const change = {
      promotion: found.promotion,
      promotion_id: row.id,
      name: found.name,
      account: found.account,
      from: row.status,
      to: plan.status,
      reason: args.reason?.trim() || null,
    };
    return {
      proposals: [{ kind: "close_promotion", change, checks }],
      result: {
        ...promotionJson(found),
        to: plan.status,
        reason: change.reason,
        open_claims: plan.open.map((c) => c.code),
        disputed_claims: plan.disputed.map((c) => c.code),
        released: toMajor(plan.released_minor),
        settled: toMajor(plan.settled_minor),
        requested_by: plan.requester,
        counts: countChecks(checks),
        proposals: [{ change, checks, counts: countChecks(checks) }],
      },
    };
  },
  async commit({ actor, store }, change, edit) {
    const order = target.parse({ ...change, ...parseEdit(edits, edit) });
    const done = await close(actor, store, order.promotion_id, order.reason);
    return { ...committed(done), requested: done.requested };
  },
});
