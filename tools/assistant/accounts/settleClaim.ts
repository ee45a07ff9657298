import { z } from "zod";
import { type AssessedClaim, resolveClaim } from "../../../data/claims/claims.service.ts";
import { AMOUNT_TOLERANCE, PROOF_THRESHOLD } from "../../../data/claims/doubts.ts";
import {
  decisionFor,
  mayAsk,
  requestSettlement,
  settleClaim as settle,
  settles,
} from "../../../data/claims/settling.service.ts";
import { missingSlot } from "../../../data/common/errors.ts";
import { formatFigure } from "../../../data/common/format.ts";
import { toMajor, toMinor } from "../../../data/common/money.ts";
import { minorOf, money, optional } from "../../args.ts";
import { type Check, writeTool } from "../../define.ts";
import { claimJson } from "./claimJson.ts";

const decision = z.enum(["pay", "dispute", "part_pay"]);
/** Settling it (finance) or asking finance to (anyone else); amounts in minor units. */
const change = z.object({
  claim_id: z.number().int(),
  decision,
  amount_minor: z.number().int().min(0).nullable(),
  reason: z.string().max(1_000).nullable(),
  as: z.enum(["settlement", "request"]),
});

export const settleClaim = writeTool({
  name: "settle_claim",
  role: "assistant",
  description:
    "Pays, partly pays or disputes a claim. Finance settles; for anyone else it drafts the request that finance sees. Waits for approval.",
  examples: [
    { say: "Pay claim CL-12", args: { claim: "CL-12", decision: "pay" } },
    {
      say: "Dispute CL-12, the display stood in half of the stores",
      args: { claim: "CL-12", decision: "dispute", reason: "The display stood in half of the stores" },
    },
  ],
  schema: z.strictObject({
    claim: optional(z.union([z.string().min(1), z.number().int()])),
    decision: optional(decision),
    amount: optional(money),
    reason: optional(z.string().max(1_000)),
  }),
  access: "WRITE",
  async propose({ actor, store }, args) {
    mayAsk(actor);
    if (args.claim === undefined) throw missingSlot("claim", "Which claim do you mean?");
    const claim = await resolveClaim(actor, store, args.claim);
    if (args.decision === undefined) {
      throw missingSlot("decision", `Shall ${claim.code} be paid, partly paid or disputed?`, { claim: claim.code });
    }
    const fitting = decisionFor(
      claim,
      args.decision,
      args.amount === undefined ? null : minorOf(args.amount, claim.currency),
    );
    const as = settles(actor) ? "settlement" : "request";
    const amount_minor = fitting.decision === "dispute" ? null : fitting.amount;
    const reason = args.reason?.trim() || null;
    const checks = checksOf(claim, fitting.decision);
    const amount = amount_minor === null ? null : toMajor(amount_minor);
    return {
      proposals: [
        {
          kind: "settle_claim",
          change: {
            claim_id: claim.id,
            claim: claim.code,
            account: claim.account,
            promotion: claim.promotion,
            decision: fitting.decision,
            amount,
            amount_minor,
            currency: claim.currency,
            reason,
            as,
          },
          checks,
        },
      ],
      result: {
        ...claimJson(claim),
        as,
        decision: fitting.decision,
        pays: amount,
        unpaid: amount === null ? null : toMajor(claim.amount_minor - fitting.amount),
        why: reason,
        assumptions: fitting.madePart ? ["the amount is below the claim, so it is a part payment"] : [],
        amount_tolerance: AMOUNT_TOLERANCE,
        proof_threshold: PROOF_THRESHOLD,
        checks,
      },
    };
  },
  async commit({ actor, store }, given, edit) {
    const order = change.parse({ ...given, ...editOf(edit), claim_id: given.claim_id, as: given.as });
    const work = {
      claimId: order.claim_id,
      decision: order.decision,
      amount: order.amount_minor,
      reason: order.reason,
    };
    const done =
      order.as === "settlement" ? await settle(actor, store, work) : await requestSettlement(actor, store, work);
    const claim = await resolveClaim(actor, store, order.claim_id);
    const { promotion, promotion_name, ...settled } = claimJson(claim);
    return {
      ...settled,
      // What was decided is the claim; the promotion that it is for is told apart, lest it be taken for what changed.
      for_promotion: promotion === null ? null : { promotion, name: promotion_name },
      // The claim itself stays open while finance looks at a request; what happened here is that it was asked.
      ...(order.as === "request" ? { status: "with finance as a request" } : {}),
      as: order.as,
      decision: order.decision,
      pays: order.amount_minor === null ? null : toMajor(order.amount_minor),
      fund_moved: "fundMoved" in done ? done.fundMoved : false,
    };
  },
});

/** A person edits in major units; the change is kept in minor ones. */
function editOf(edit: Readonly<Record<string, unknown>> | undefined): Record<string, unknown> {
  if (!edit) return {};
  const { amount, ...rest } = edit;
  return typeof amount === "number" ? { ...rest, amount_minor: toMinor(amount) } : rest;
}

const MESSAGES = {
  no_promotion: "No promotion stands behind this claim.",
  promotion_cancelled: "The promotion behind this claim was cancelled.",
  promotion_not_ended: "The claim came before the promotion ended.",
  already_off_invoice: "The promotion is paid off-invoice, so the money is off the invoices already.",
  names_no_proof: "The claim names no proof.",
  same_amount_twice: "Another claim for the same promotion asks for the same amount.",
} as const;

/** What the store says for or against the claim; paying against a doubt warns, disputing it is backed by it. */
function checksOf(claim: AssessedClaim, decided: "pay" | "dispute" | "part_pay"): Check[] {
  if (!claim.doubts.length) {
    return [
      decided === "dispute"
        ? { rule: "grounds", verdict: "warn", message: "The store holds nothing that speaks against this claim." }
        : { rule: "claim", verdict: "pass", message: "The store holds nothing that speaks against this claim." },
    ];
  }
  const verdict = decided === "pay" ? "warn" : "pass";
  return claim.doubts.map((rule) => {
    if (rule === "above_booked_spend") {
      const facts = { amount: toMajor(claim.amount_minor), still_booked: toMajor(claim.still_booked ?? 0) };
      const [asked, booked] = [facts.amount, facts.still_booked].map((v) => formatFigure(v, claim.currency));
      return { rule, verdict, message: `The claim asks for ${asked}; ${booked} is booked for its promotion.`, facts };
    }
    if (rule === "display_not_seen" || rule === "feature_not_seen") {
      const what = rule === "display_not_seen" ? "display" : "feature";
      const facts = {
        share: (what === "display" ? claim.display_share : claim.feature_share) ?? 0,
        checks: claim.checks,
      };
      const message = `The ${what} stood in ${formatFigure(facts.share, "%")} of ${formatFigure(facts.checks, "count")} store checks.`;
      return { rule, verdict, message, facts };
    }
    return { rule, verdict, message: MESSAGES[rule] };
  });
}
