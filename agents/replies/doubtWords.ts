import type { ClaimJson } from "../../tools/assistant/accounts/claimJson.ts";

export type Doubt = ClaimJson["doubts"][number];

/** What speaks against a claim, wherever a reply says it; claims.ts adds the figures where they are at hand. */
export const DOUBT_WORDS: Readonly<Record<Doubt, string>> = {
  no_promotion: "no promotion stands behind it",
  partly_unmatched: "part of it is matched to no promotion",
  promotion_cancelled: "its promotion was cancelled",
  promotion_not_ended: "it came before its promotion ended",
  same_amount_twice: "another claim for the same promotion asks for the same amount",
  already_off_invoice: "its promotion is paid off-invoice, so the money is off the invoices already",
  names_no_proof: "it names no proof",
  above_booked_spend: "it asks for more than is booked",
  display_not_seen: "the display was not seen in enough stores",
  feature_not_seen: "the feature was not seen in enough stores",
};
