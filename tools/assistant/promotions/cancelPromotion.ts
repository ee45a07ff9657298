import { z } from "zod";
import { cancelPromotion as cancel } from "../../../data/promotions/promotions.service.ts";
import { optional, promotionRef } from "../../args.ts";
import { writeTool } from "../../define.ts";
import { committed } from "./commitDraft.ts";
import { parseEdit } from "./edits.ts";
import { promotionJson } from "./results.ts";
import { promotionToPlan } from "./whichPromotion.ts";

const reason = optional(z.string().max(1_000));
const edits = z.strictObject({ reason });
const target = z.object({ promotion_id: z.number().int(), reason: z.string().nullable() });

export const cancelPromotion = writeTool({
  name: "cancel_promotion",
  role: "assistant",
  description:
    "Calls off a promotion that is a draft, submitted or approved, and gives its money back to the fund. Waits for approval.",
  examples: [
    { say: "Cancel P-1042, the buyer pulled out", args: { promotion: "P-1042", reason: "the buyer pulled out" } },
  ],
  schema: z.strictObject({ promotion: optional(promotionRef), reason }),
  access: "WRITE",
  async propose(context, args) {
    const { found, row } = await promotionToPlan(context, args.promotion, "cancel");
    const json = promotionJson(found);
    const change = {
      promotion: found.promotion,
      promotion_id: row.id,
      name: found.name,
      account: found.account,
      from: row.status,
      to: "cancelled",
      reason: args.reason?.trim() || null,
    };
    return {
      proposals: [{ kind: "cancel_promotion", change, checks: [] }],
      result: {
        ...json,
        to: "cancelled",
        reason: change.reason,
        released: found.held,
        proposals: [{ change, checks: [] }],
      },
    };
  },
  async commit({ actor, store }, change, edit) {
    const order = target.parse({ ...change, ...parseEdit(edits, edit) });
    return committed(await cancel(actor, store, order.promotion_id, order.reason));
  },
});
