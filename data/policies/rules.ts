import type { Unit } from "../common/format.ts";

/** One rule of the firm's own: what it limits, in which unit, and in whose hand it is to let something pass in spite of it. */
export interface Rule {
  /** "the deepest discount", after "The policy for". */
  readonly words: string;
  /** Money is in the account's currency. */
  readonly unit: Unit | "money";
  /** Whether the value is the most or the least that is allowed. */
  readonly bound: "most" | "least";
  /** The rule of the checks that it speaks through; null where it only sets how far another rule looks. */
  readonly check: string | null;
}

export const RULES = {
  depth: { words: "deepest discount", unit: "%", bound: "most", check: "depth_policy" },
  margin: { words: "unit margin left after the allowance", unit: "money", bound: "least", check: "margin" },
  roi: { words: "expected net ROI", unit: "ratio", bound: "least", check: "roi" },
  retailer_margin: {
    words: "loss of the retailer's margin that is overlooked",
    unit: "pp",
    bound: "most",
    check: "retailer_margin",
  },
  spend_rate: { words: "trade spend over gross sales", unit: "%", bound: "most", check: "spend_rate" },
  overlap: {
    words: "days on which two promotions may share a product",
    unit: "days",
    bound: "most",
    check: "clash",
  },
  near_days: {
    words: "days kept between promotions of a brand",
    unit: "days",
    bound: "least",
    check: "near_clash",
  },
  edlp_floor: { words: "margin left at an everyday low price", unit: "%", bound: "least", check: "edlp" },
  budget: {
    words: "share of what a fund has left that one promotion may take",
    unit: "%",
    bound: "most",
    check: "budget",
  },
  budget_share: {
    words: "share of what a fund has left from which a plan is worth a warning",
    unit: "%",
    bound: "most",
    check: "budget",
  },
  out_of_stock: { words: "time out of stock lately", unit: "%", bound: "most", check: "stock" },
  fill_rate: { words: "share of orders delivered lately", unit: "%", bound: "least", check: "stock" },
  stock_weeks: { words: "weeks of supply that are looked at", unit: "weeks", bound: "most", check: null },
  stock_ahead_days: { words: "days ahead for which lately's supply counts", unit: "days", bound: "most", check: null },
  approval: { words: "spend above which the approval is needed", unit: "money", bound: "most", check: null },
} as const satisfies Readonly<Record<string, Rule>>;

export type PolicyRule = keyof typeof RULES;
export const POLICY_RULES = Object.keys(RULES) as readonly PolicyRule[];
export const isPolicyRule = (rule: string): rule is PolicyRule => Object.hasOwn(RULES, rule);

/** Who may let a check pass in spite of what it says. What is not named here is a fact or the contract's, and nobody may. */
export const OVERRIDDEN_BY: Readonly<Record<string, readonly ("manager" | "finance")[]>> = {
  budget: ["finance"],
  clash: ["manager"],
  depth_policy: ["manager"],
  edlp: ["manager"],
  margin: ["manager", "finance"],
  roi: ["manager", "finance"],
  spend_rate: ["manager", "finance"],
  notice: ["manager"],
  blackout: ["manager"],
  near_clash: ["manager"],
  retailer_margin: ["manager"],
  stock: ["manager"],
  claim_above_plan: ["finance"],
};
