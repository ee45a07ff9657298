import { z } from "zod";
import { type AssessedClaim, resolveClaim } from "../../../data/claims/claims.service.ts";
import { AMOUNT_TOLERANCE, PROOF_THRESHOLD } from "../../../data/claims/doubts.ts";
import { reasonFor, type Suggestion, suggestionFor } from "../../../data/claims/grounds.ts";
import { groundsFor, letterFor } from "../../../data/claims/letters.service.ts";
import {
  ABOVE_PLAN,
  abovePlan,
  decisionFor,
  mayAsk,
  requestSettlement,
  settleClaim as settle,
  settles,
} from "../../../data/claims/settling.service.ts";
import { KamError, missingSlot } from "../../../data/common/errors.ts";
import { formatFigure } from "../../../data/common/format.ts";
import { toMajor, toMinor } from "../../../data/common/money.ts";
import { minorOf, money, optional } from "../../args.ts";
import { type Check, writeTool } from "../../define.ts";
import { claimJson, suggestionJson } from "./claimJson.ts";
import { letterJson } from "./letterJson.ts";

const decision = z.enum(["pay", "dispute", "part_pay"]);
/** Settling it (finance) or asking finance to (anyone else); amounts in minor units. */
const change = z.object({
  claim_id: z.number().int(),
  decision,
  amount_minor: z.number().int().min(0).nullable(),
  reason: z.string().max(1_000).nullable(),
  as: z.enum(["settlement", "request"]),
  letter: z.string().max(10_000).nullish(),
  letter_to: z.string().max(200).nullish(),
});

export const settleClaim = writeTool({
  name: "settle_claim",
  role: "assistant",
  description:
    "Pays, partly pays or disputes a claim, with the reason from the facts and a drafted letter to the retailer. A part payment may name what it rests on instead of an amount: what was agreed, or what of that was executed in the stores. Finance settles; for anyone else it drafts the request that finance sees. Waits for approval.",
  examples: [
    { say: "Pay claim CL-12", args: { claim: "CL-12", decision: "pay" } },
    {
      say: "Dispute CL-12, the display stood in half of the stores",
      args: { claim: "CL-12", decision: "dispute", reason: "The display stood in half of the stores" },
    },
    { say: "Pay only what was executed of CL-12", args: { claim: "CL-12", decision: "part_pay", basis: "executed" } },
  ],
  schema: z.strictObject({
    claim: optional(z.union([z.string().min(1), z.number().int()])),
    decision: optional(decision),
    amount: optional(money),
    basis: optional(z.enum(["agreed", "executed"])).describe(
      "for a part payment without an amount: what was agreed, or what of that was executed in the stores",
    ),
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
    const asked = args.amount === undefined ? null : minorOf(args.amount, claim.currency);
    const suggested = suggestionFor(claim);
    const rests = args.basis !== undefined && asked === null ? amountOf(claim, suggested, args.basis) : null;
    const fitting = decisionFor(claim, rests === null ? args.decision : "part_pay", rests ?? asked);
    const as = settles(actor) ? "settlement" : "request";
    const amount_minor = fitting.decision === "dispute" ? null : fitting.amount;
    const grounds = await groundsFor(actor, store, claim);
    const said = args.reason?.trim() || null;
    const drafted = said === null && fitting.decision !== "pay" ? reasonFor(fitting.decision, grounds) : null;
    const reason = said ?? drafted?.message ?? null;
    const letter =
      fitting.decision === "pay" ? null : await letterFor(actor, store, claim, { ...fitting, reason: said, grounds });
    const checks = checksOf(claim, fitting.decision);
    const above = as === "settlement" ? abovePlan(claim, fitting.amount).reduce((sum, one) => sum + one.above, 0) : 0;
    if (above > 0) checks.push(abovePlanCheck(toMajor(above), claim.currency));
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
            letter: letter?.body ?? null,
            letter_to: letter?.recipient?.name ?? null,
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
        why: said,
        drafted,
        basis: rests === null ? null : (args.basis ?? null),
        suggestion: suggestionJson(suggested),
        letter: letter && letterJson(letter.recipient, letter.body),
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
      letter: order.letter ? { recipient: order.letter_to ?? "", body: order.letter } : null,
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

/** @throws KamError no_data where nothing was agreed or nobody looked; bad_input where nothing of it is left to pay */
function amountOf(claim: AssessedClaim, suggested: Suggestion | null, basis: "agreed" | "executed"): number {
  if (!suggested)
    throw new KamError(
      "no_data",
      `Nothing is booked for ${claim.code}, so what was agreed is not known; name an amount.`,
    );
  const amount = suggested[basis];
  if (amount === null)
    throw new KamError(
      "no_data",
      `Nobody visited a store for the promotion of ${claim.code}, so what was executed is not known; name an amount.`,
    );
  if (amount <= 0)
    throw new KamError(
      "bad_input",
      `Of ${claim.code} nothing would be left to pay on that ground; dispute it instead.`,
    );
  return amount;
}

/** A person edits in major units; the change is kept in minor ones. */
function editOf(edit: Readonly<Record<string, unknown>> | undefined): Record<string, unknown> {
  if (!edit) return {};
  const { amount, ...rest } = edit;
  return typeof amount === "number" ? { ...rest, amount_minor: toMinor(amount) } : rest;
}

const abovePlanCheck = (above: number, currency: string): Check => ({
  rule: ABOVE_PLAN,
  verdict: "warn",
  message: `This pays ${formatFigure(above, currency)} more than is booked; approving it records an override of the plan in your name.`,
  facts: { above },
});

const MESSAGES = {
  no_promotion: "No promotion stands behind this claim.",
  partly_unmatched: "Part of this claim is matched to no promotion.",
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
