/** Why a claim may be wrong; each is something that the store shows, not a judgement. */
export type Doubt =
  | "no_promotion"
  | "partly_unmatched"
  | "promotion_cancelled"
  | "promotion_not_ended"
  | "above_booked_spend"
  | "same_amount_twice"
  | "already_off_invoice"
  | "names_no_proof"
  | "display_not_seen"
  | "feature_not_seen";

export interface ClaimFacts {
  readonly amount: number;
  readonly date: string;
  readonly hasPromotion: boolean;
  /** How its promotion is paid. */
  readonly payment: string | null;
  readonly namesProof: boolean;
  readonly promotionStatus: string | null;
  readonly promotionEnd: string | null;
  /** Money booked for the promotion and not paid out yet, minor units; null where nothing is booked. */
  readonly stillBooked: number | null;
  /** Part of it is for no promotion. */
  readonly partlyUnmatched: boolean;
  /** Other claims for the promotion of the same amount. */
  readonly twins: number;
  readonly displayPaid: boolean;
  readonly featurePaid: boolean;
  readonly displayShare: number | null;
  readonly featureShare: number | null;
}

/** A claim may pass the booked spend by this share before it is doubted: volumes are counted a little differently on each side. */
export const AMOUNT_TOLERANCE = 0.02;
/** Paid support that stands in fewer of the checked stores than this is doubted. */
export const PROOF_THRESHOLD = 0.8;

export function doubtsOf(facts: ClaimFacts): Doubt[] {
  const doubts: Doubt[] = [];
  if (!facts.hasPromotion) doubts.push("no_promotion");
  if (facts.partlyUnmatched) doubts.push("partly_unmatched");
  if (facts.promotionStatus === "cancelled") doubts.push("promotion_cancelled");
  if (facts.promotionEnd !== null && facts.date < facts.promotionEnd) doubts.push("promotion_not_ended");
  if (facts.stillBooked !== null && facts.amount > Math.max(0, facts.stillBooked) * (1 + AMOUNT_TOLERANCE)) {
    doubts.push("above_booked_spend");
  }
  if (facts.twins > 0) doubts.push("same_amount_twice");
  // Off-invoice is cut on the invoice; a claim for it asks for the same money again.
  if (facts.payment === "off_invoice") doubts.push("already_off_invoice");
  else if (facts.hasPromotion && !facts.namesProof) doubts.push("names_no_proof");
  if (facts.displayPaid && facts.displayShare !== null && facts.displayShare < PROOF_THRESHOLD) {
    doubts.push("display_not_seen");
  }
  if (facts.featurePaid && facts.featureShare !== null && facts.featureShare < PROOF_THRESHOLD) {
    doubts.push("feature_not_seen");
  }
  return doubts;
}
