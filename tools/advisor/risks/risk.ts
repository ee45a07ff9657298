import type { ToolContext } from "../../define.ts";
import type { Scope } from "../scope.ts";

export type RiskKind =
  | "budget"
  | "approval"
  | "stock_out"
  | "execution"
  | "claim"
  | "competitor"
  | "decline"
  | "off_track"
  | "contract"
  | "fund_unused"
  | "waiting"
  | "promotion_stock"
  | "next_step"
  | "blackout"
  | "bonus"
  | "target";

export type Severity = "high" | "medium" | "low";

/** Something that needs attention: dated, with what the store shows of it. Money in major units of `currency`. */
export interface Risk {
  readonly kind: RiskKind;
  readonly severity: Severity;
  readonly account: string;
  /** The day that matters: a deadline, an end, the last day seen. */
  readonly date: string;
  /** Money that hangs on it, where that is known. */
  readonly at_stake: number | null;
  readonly currency: string;
  readonly evidence: Readonly<Record<string, unknown>>;
}

/** Looks for one kind of risk at the accounts of a scope. */
export type RiskFinder = (context: ToolContext, scope: Scope) => Promise<readonly Risk[]>;

/** What counts, in one place, so that a result can say it. */
export const THRESHOLDS = {
  /** A fund with less than this share left is nearly used. */
  budget_left: 0.1,
  /** Days ahead of the last day for approval. */
  approval_days: 7,
  /** Share of a week out of stock, and weeks looked back on. */
  out_of_stock: 0.1,
  stock_weeks: 4,
  /** Weeks since the end of a promotion whose execution is looked at. */
  execution_weeks: 8,
  /** Days after which an open claim is old. */
  claim_days: 30,
  /** Days ahead for what competitors announced, and back for what has just ended. */
  competitor_days_ahead: 42,
  competitor_days_back: 14,
  /** Fall of a brand's units a week without promotion, against the same weeks a year before. */
  decline: 0.1,
  decline_weeks: 13,
  /** Share of the plan below which a running promotion is off track. */
  off_track: 0.8,
  contract_days: 90,
  /** Days before its end in which a fund's unused rest is worth a thought, and the share of it that is. */
  unused_days: 60,
  unused_share: 0.05,
  /** Days ahead for promotions whose products ran out of stock, and for blackouts. */
  promotion_days: 35,
  blackout_days: 28,
  /** A bonus tier is near where the year is expected to end within this share of its threshold. */
  bonus_near: 0.03,
} as const;

export const accountIdsOf = (scope: Scope): number[] => scope.accounts.map((account) => account.id);
