import { z } from "zod";
import { missingSlot } from "../../../data/common/errors.ts";
import { addComment, mayWriteInFile } from "../../../data/promotions/file/file.service.ts";
import { optional, promotionRef } from "../../args.ts";
import { writeTool } from "../../define.ts";
import { quoteParts } from "../accounts/quotes.ts";
import { parseEdit } from "./edits.ts";
import { whichPromotion } from "./whichPromotion.ts";

const text = z.string().trim().min(1).max(2_000);
const edits = z.strictObject({ text: optional(text) });
const target = z.object({ promotion_id: z.number().int(), text });

export const commentPromotion = writeTool({
  name: "comment_promotion",
  role: "assistant",
  description:
    "Adds a comment to a promotion's file, dated and under the person's name; get_promotion reads it back. Its note, which is part of its terms, stays as it is. Waits for approval.",
  examples: [
    {
      say: 'Comment on P-1042: "the buyer wants a second display"',
      args: { promotion: "P-1042", text: "the buyer wants a second display" },
    },
  ],
  schema: z.strictObject({ promotion: optional(promotionRef), text: optional(text) }),
  access: "WRITE",
  async propose(context, args) {
    const found = await whichPromotion(context, args.promotion);
    await mayWriteInFile(context.actor, context.store, found.promotion_id);
    if (!args.text) throw missingSlot("text", `What shall the comment on ${found.promotion}, ${found.name} say?`);
    const change = {
      promotion: found.promotion,
      promotion_id: found.promotion_id,
      name: found.name,
      account: found.account,
      text: args.text,
    };
    return {
      proposals: [{ kind: "comment_promotion", change, checks: [] }],
      result: { ...change, by: context.actor.name, quote: quoteParts(args.text), proposals: [{ change, checks: [] }] },
    };
  },
  async commit({ actor, store }, change, edit) {
    const given = parseEdit(edits, edit);
    const order = target.parse({ ...change, ...(given.text ? { text: given.text } : {}) });
    const done = await addComment(actor, store, { promotionId: order.promotion_id, text: order.text });
    return { promotion: done.code, name: done.name, comment: done.id, status: "commented" };
  },
});
