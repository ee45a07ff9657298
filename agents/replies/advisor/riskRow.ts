/** A risk, or another thing that needs attention, as a result holds it. */
export interface RiskRow {
  readonly kind: string;
  readonly severity: string;
  readonly account: string;
  readonly date: string;
  readonly at_stake: number | null;
  readonly currency: string;
  readonly evidence: Readonly<Record<string, unknown>>;
}
