import type { Share, Shares } from "./proof.ts";

/** What of a promotion the paid support rests on; the fee in major units. */
export interface Supported {
  readonly display: number;
  readonly feature: number;
  readonly fixed_spend: number;
}

export type Support = "display" | "feature";
export const supportsOf = (promotion: Supported): Support[] =>
  (["display", "feature"] as const).filter((support) => promotion[support] === 1);

/** A paid support, its part of the fee and what of that stood nowhere; null where nobody looked for it. */
export interface PaidSupport {
  readonly support: Support;
  readonly fee: number;
  readonly seen: Share | null;
  readonly not_executed: number | null;
}

const cents = (amount: number): number => Math.round(amount * 100) / 100;

/** The fixed fee falls evenly on the supports that are paid; of each, the share of stores without it was not executed. */
export function paidSupport(promotion: Supported, proof: Shares | null): PaidSupport[] {
  const supports = supportsOf(promotion);
  return supports.map((support) => {
    const fee = cents(promotion.fixed_spend / supports.length);
    const seen = proof?.[support] ?? null;
    return { support, fee, seen, not_executed: seen && cents(fee * (1 - seen.share)) };
  });
}

/**
 * Share of what was paid for that was executed, each paid support counting alike; without paid support the share of stores in which the products were on the
 * shelf. null where nobody looked.
 */
export function executedShare(promotion: Supported, proof: Shares | null): number | null {
  const seen = supportsOf(promotion).flatMap((support) => proof?.[support]?.share ?? []);
  if (seen.length) return seen.reduce((sum, share) => sum + share, 0) / seen.length;
  return supportsOf(promotion).length ? null : (proof?.on_shelf?.share ?? null);
}
