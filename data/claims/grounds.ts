import { dateInWords, formatFigure } from "../common/format.ts";
import { toMajor } from "../common/money.ts";
import { executedShare, supportsOf } from "../execution/paidSupport.ts";
import type { Allocation, AssessedClaim } from "./claims.service.ts";
import { AMOUNT_TOLERANCE, PROOF_THRESHOLD } from "./doubts.ts";

/** Something that the store shows for or against a claim, as a clause with its figures in `facts`. Fit for the retailer's eyes. */
export interface Ground {
  readonly rule: string;
  /** Whether it speaks against paying, for it, or only says how things lie. */
  readonly side: "against" | "for";
  /** Without capital and full stop; its numbers are in `facts`, written with `formatFigure`. */
  readonly message: string;
  readonly facts: Readonly<Record<string, number | string>>;
}

/** What speaks against a claim and for it, the weightiest first; `others` are other claims for the same promotions. */
export function groundsOf(claim: AssessedClaim, others: readonly AssessedClaim[]): Ground[] {
  if (!claim.allocations.length)
    return [ground("no_promotion", "against", "we know of no promotion that it is for", {})];
  return [
    ...claim.allocations.flatMap((part) => ofPromotion(claim, part)),
    ...ofAmount(claim),
    ...twins(claim, others),
  ].sort((a, b) => Number(a.side === "for") - Number(b.side === "for"));
}

const ground = (rule: string, side: Ground["side"], message: string, facts: Ground["facts"]): Ground => ({
  rule,
  side,
  message,
  facts,
});

function ofPromotion(claim: AssessedClaim, part: Allocation): Ground[] {
  const found: Ground[] = [];
  const of = { promotion: part.code };
  for (const support of supportsOf(majors(part))) {
    const seen = part.seen?.[support];
    if (!seen) continue;
    const facts = { ...of, share: seen.share, seen: seen.seen, of: seen.of };
    const where = `${formatFigure(seen.share, "%")} of the stores checked (${seen.seen} of ${seen.of})`;
    const message = support === "display" ? `the display stood in ${where}` : `the feature was seen in ${where}`;
    found.push(
      ground(
        `${support}_${seen.share < PROOF_THRESHOLD ? "not_seen" : "seen"}`,
        seen.share < PROOF_THRESHOLD ? "against" : "for",
        message,
        facts,
      ),
    );
  }
  if (part.payment === "off_invoice")
    found.push(
      ground(
        "already_off_invoice",
        "against",
        `${part.code} is paid off-invoice, so the money is off the invoices already`,
        of,
      ),
    );
  if (part.status === "cancelled")
    found.push(ground("promotion_cancelled", "against", `${part.code} was cancelled`, of));
  else if (claim.date < part.end)
    found.push(
      ground("promotion_not_ended", "against", `it came before ${part.code} ended on ${dateInWords(part.end)}`, of),
    );
  return found;
}

/** What is booked is what was agreed, at the volume that was sold. */
export const agreedOf = (claim: AssessedClaim): number | null =>
  claim.still_booked === null ? null : Math.max(0, claim.still_booked);

function ofAmount(claim: AssessedClaim): Ground[] {
  const agreed = agreedOf(claim);
  const found: Ground[] = [];
  if (agreed !== null) {
    const [amount, asked] = [toMajor(agreed), toMajor(claim.amount_minor)];
    const money = (value: number): string => formatFigure(value, claim.currency);
    if (claim.amount_minor > agreed * (1 + AMOUNT_TOLERANCE)) {
      const above = toMajor(claim.amount_minor - agreed);
      found.push(
        ground("above_booked_spend", "against", `it is above the agreed ${money(amount)} by ${money(above)}`, {
          agreed: amount,
          above,
        }),
      );
    } else
      found.push(
        ground("within_agreed", "for", `the ${money(asked)} it asks for is within the agreed ${money(amount)}`, {
          asked,
          agreed: amount,
        }),
      );
  }
  if (claim.unmatched > 0) {
    const part = toMajor(claim.unmatched);
    found.push(
      ground(
        "partly_unmatched",
        "against",
        `${formatFigure(part, claim.currency)} of it is for no promotion that we know of`,
        { part },
      ),
    );
  }
  const byInvoice = claim.allocations.every((part) => part.payment === "off_invoice");
  if (claim.reference === null && !byInvoice)
    found.push(ground("names_no_proof", "against", "it names no proof of performance", {}));
  return found;
}

/** The same promotion and amount asked for by another claim. */
function twins(claim: AssessedClaim, others: readonly AssessedClaim[]): Ground[] {
  const mine = new Set(claim.allocations.map((part) => part.promotion_id));
  const twin = others.find(
    (other) =>
      other.id !== claim.id &&
      other.amount_minor === claim.amount_minor &&
      other.allocations.some((part) => mine.has(part.promotion_id)),
  );
  return twin
    ? [
        ground(
          "same_amount_twice",
          "against",
          `the same amount is claimed twice: ${twin.code} of ${dateInWords(twin.date)} asks for it too`,
          { claim: twin.code },
        ),
      ]
    : [];
}

/** What a part payment may rest on, minor units: what was agreed, less the fee of support in the stores without it. */
export interface Suggestion {
  readonly agreed: number;
  /** null where nobody looked whether it was executed. */
  readonly executed: number | null;
  readonly executed_share: number | null;
}

/** null where nothing was agreed. */
export function suggestionFor(claim: AssessedClaim): Suggestion | null {
  const booked = agreedOf(claim);
  if (booked === null) return null;
  const agreed = Math.min(booked, claim.amount_minor);
  const shares = claim.allocations.map((part) => executedShare(majors(part), part.seen));
  const known = shares.filter((share) => share !== null);
  if (!known.length) return { agreed, executed: null, executed_share: null };
  const missed = claim.allocations.reduce((sum, part, i) => {
    const share = shares[i] ?? 1;
    return sum + (supportsOf(majors(part)).length ? part.fixed_spend_minor * (1 - share) : 0);
  }, 0);
  const executed_share = known.reduce((sum, share) => sum + share, 0) / known.length;
  return { agreed, executed: Math.max(0, Math.round(agreed - missed)), executed_share };
}

const majors = (part: Allocation) => ({ ...part, fixed_spend: toMajor(part.fixed_spend_minor) });

/** "Dispute because …": the reason of a decision as the facts give it; null where they give none. */
export function reasonFor(decision: "pay" | "dispute" | "part_pay", grounds: readonly Ground[]): Ground | null {
  const side = decision === "pay" ? "for" : "against";
  const [first, second] = grounds.filter((one) => one.side === side && one.rule !== "within_agreed");
  const only = first ?? (decision === "pay" ? grounds.find((one) => one.rule === "within_agreed") : undefined);
  if (!only) return null;
  if (!second || second.rule === only.rule) return only;
  return {
    ...only,
    message: `${only.message}, and ${second.message}`,
    facts: {
      ...only.facts,
      ...Object.fromEntries(Object.entries(second.facts).map(([key, value]) => [`also_${key}`, value])),
    },
  };
}
