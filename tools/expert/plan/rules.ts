import { z } from "zod";
import type { Period } from "../../../data/common/dates.ts";
import { formatFigure } from "../../../data/common/format.ts";
import { fraction, optional } from "../../args.ts";

const WEEKS = 2;
const GAP = 4;

export const objectives = z.enum(["net_profit", "profit", "incremental_units", "units", "net_roi", "roi"]);

export const limitsSchema = z.strictObject({
  max_discount: optional(fraction),
  min_net_roi: optional(z.number()),
  max_probability_of_loss: optional(fraction),
  weeks: optional(z.number().int().min(1).max(6)).describe("length of each promotion"),
  gap_weeks: optional(z.number().int().min(0).max(26)).describe("weeks between two of a product at an account"),
  brand_gap_weeks: optional(z.number().int().min(0).max(26)).describe("weeks between two of a brand; as gap_weeks"),
  per_month: optional(z.number().int().min(1).max(20)).describe("most promotions at an account starting in a month"),
  per_brand: optional(z.number().int().min(1).max(20)).describe("most promotions of a brand at an account"),
  max_promotions: optional(z.number().int().min(1).max(200)).describe("most promotions in the whole plan"),
  line_up: optional(z.enum(["brand", "product", "either"])).describe(
    "promote whole brands, single products, or either",
  ),
  display: optional(z.boolean()),
  feature: optional(z.boolean()),
});

/** What a plan's promotions may be. */
export interface PlanRules {
  readonly period: Period;
  /** Length of each promotion. */
  readonly weeks: number;
  /** Weeks between two promotions of a product at an account, and of a brand. */
  readonly gap: number;
  readonly brandGap: number;
  readonly perMonth: number | null;
  readonly perBrand: number | null;
  /** Most promotions in the whole plan. */
  readonly promotions: number | null;
  readonly lineUp: "brand" | "product" | "either";
  readonly maxDiscount: number | null;
  readonly minNetRoi: number | null;
  readonly maxLoss: number | null;
  readonly display: boolean;
  readonly feature: boolean;
  readonly objective: "net_profit" | "incremental_units";
}

const wordOf = (n: number): string => ["no", "one", "two", "three", "four"][n] ?? formatFigure(n, "count");
const LINE_UP_WORDS = {
  brand: "of the whole brand",
  product: "of one product",
  either: "of the whole brand or of one product",
} as const;

/** The rules of a plan; what nobody said goes to `assumptions`, in words. */
export function rulesOf(
  asked: { readonly objective?: z.output<typeof objectives>; readonly limits?: z.output<typeof limitsSchema> },
  period: Period,
  assumptions: string[],
): PlanRules {
  const { limits } = asked;
  const named = asked.objective ?? "net_profit";
  const roi = named === "roi" || named === "net_roi";
  if (!asked.objective) assumptions.push("the plan is to earn the most net profit");
  if (roi)
    assumptions.push(
      "the plan is to earn the most net profit with promotions that each at least earn their spend back",
    );
  if (limits?.weeks === undefined) assumptions.push(`each promotion runs ${wordOf(WEEKS)} weeks`);
  const gap = limits?.gap_weeks ?? GAP;
  const brandGap = limits?.brand_gap_weeks ?? gap;
  if (limits?.gap_weeks === undefined && limits?.brand_gap_weeks === undefined)
    assumptions.push(`at least ${wordOf(GAP)} weeks lie between two promotions of a brand at an account`);
  const lineUp = limits?.line_up ?? "brand";
  assumptions.push(
    `every promotion is a price cut ${LINE_UP_WORDS[lineUp]}, paid the account's usual way by the unit; a display or feature costs what it usually cost there`,
  );
  return {
    period,
    weeks: limits?.weeks ?? WEEKS,
    gap,
    brandGap,
    perMonth: limits?.per_month ?? null,
    perBrand: limits?.per_brand ?? null,
    promotions: limits?.max_promotions ?? null,
    lineUp,
    maxDiscount: limits?.max_discount ?? null,
    minNetRoi: limits?.min_net_roi ?? (roi ? 0 : null),
    maxLoss: limits?.max_probability_of_loss ?? null,
    display: limits?.display ?? true,
    feature: limits?.feature ?? true,
    objective: named === "units" || named === "incremental_units" ? "incremental_units" : "net_profit",
  };
}
