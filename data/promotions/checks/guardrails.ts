/** The limits of the checks that no contract sets, as data. */
export const GUARDRAILS = {
  /** A promotion of the same brand this many days before or after pulls volume from this one. */
  near_days: 14,
  /** Share of what is left in a fund from which a plan is worth a warning. */
  budget_share: 0.9,
  /** Net ROI at which the money comes back. */
  break_even: 0,
  /** A margin counts as lower from this difference on, a tenth of a point: less is not seen when it is written. */
  margin_tolerance: 0.001,
  /** Weeks of supply data looked at, up to today. */
  stock_weeks: 4,
  /** Days ahead for which lately's supply says something. */
  stock_ahead_days: 56,
  /** Mean share of these weeks out of stock from which it is worth a warning. */
  out_of_stock: 0.05,
  /** Share of what was ordered that was delivered, below which it is worth a warning. */
  fill_rate: 0.9,
} as const;
