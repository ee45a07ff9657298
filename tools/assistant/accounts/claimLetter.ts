import { z } from "zod";
import { resolveClaim } from "../../../data/claims/claims.service.ts";
import { suggestionFor } from "../../../data/claims/grounds.ts";
import { groundsFor, keptLetter, letterFor } from "../../../data/claims/letters.service.ts";
import { missingSlot } from "../../../data/common/errors.ts";
import { toMajor } from "../../../data/common/money.ts";
import { minorOf, money, optional } from "../../args.ts";
import { readTool } from "../../define.ts";
import { claimJson } from "./claimJson.ts";
import { letterJson } from "./letterJson.ts";

export const claimLetter = readTool({
  name: "claim_letter",
  role: "assistant",
  description:
    "Drafts or shows the letter to the retailer about a claim or deduction, from the facts (proof of performance, agreed amount, what is claimed twice), without deciding anything. Nothing is sent or stored.",
  examples: [{ say: "Draft the letter for claim CL-12", args: { claim: "CL-12" } }],
  schema: z.strictObject({
    claim: optional(z.union([z.string().min(1), z.number().int()])),
    decision: optional(z.enum(["pay", "dispute", "part_pay"])).describe(
      "what the letter says; left out: what was decided, else what the facts speak for",
    ),
    amount: optional(money).describe("what a part payment would pay"),
  }),
  access: "READ",
  async run({ actor, store }, args) {
    if (args.claim === undefined) throw missingSlot("claim", "Which claim is the letter about?");
    const claim = await resolveClaim(actor, store, args.claim);
    const kept = args.decision === undefined ? await keptLetter(store, claim) : undefined;
    const grounds = await groundsFor(actor, store, claim);
    const against = grounds.some((one) => one.side === "against");
    const suggested = suggestionFor(claim);
    const decision = args.decision ?? kept?.decision ?? (against ? "dispute" : "pay");
    const part =
      args.amount === undefined
        ? (suggested?.executed ?? suggested?.agreed ?? 0)
        : minorOf(args.amount, claim.currency);
    const amount = decision === "part_pay" ? part : decision === "pay" ? claim.amount_minor : 0;
    const drafted = await letterFor(actor, store, claim, { decision, amount, reason: null, grounds });
    return {
      ...claimJson(claim),
      decision,
      pays: decision === "dispute" ? null : toMajor(amount),
      kept: kept ? { on: kept.date, by: kept.writer, status: kept.status } : null,
      grounds,
      letter: letterJson(drafted.recipient, kept?.body ?? drafted.body),
    };
  },
});
