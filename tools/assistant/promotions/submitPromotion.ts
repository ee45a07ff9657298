import { z } from "zod";
import { submitPromotion as submit } from "../../../data/promotions/promotions.service.ts";
import { optional, promotionRef } from "../../args.ts";
import { writeTool } from "../../define.ts";
import { checkStored } from "./checkStored.ts";
import { committed } from "./commitDraft.ts";
import type { Forecaster } from "./forecaster.ts";
import { countChecks, promotionJson } from "./results.ts";
import { promotionToPlan } from "./whichPromotion.ts";

const target = z.object({ promotion_id: z.number().int() });

export const submitPromotion = (forecaster: Forecaster) =>
  writeTool({
    name: "submit_promotion",
    role: "assistant",
    description:
      "Hands a draft to the managers for approval; its checks run again. Waits for approval by the person first.",
    examples: [{ say: "Submit P-1042", args: { promotion: "P-1042" } }],
    schema: z.strictObject({ promotion: optional(promotionRef) }),
    access: "WRITE",
    async propose(context, args) {
      const { found, row } = await promotionToPlan(context, args.promotion, "submit");
      const { checks } = await checkStored(context, forecaster, row, "decided");
      const change = {
        promotion: found.promotion,
        promotion_id: row.id,
        name: found.name,
        account: found.account,
        from: row.status,
        to: "submitted",
      };
      return {
        proposals: [{ kind: "submit_promotion", change, checks }],
        result: {
          ...promotionJson(found),
          to: "submitted",
          counts: countChecks(checks),
          proposals: [{ change, checks, counts: countChecks(checks) }],
        },
      };
    },
    async commit({ actor, store }, change) {
      return committed(await submit(actor, store, target.parse(change).promotion_id));
    },
  });
