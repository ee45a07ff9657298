import type { TargetMeasure } from "../../../data/store/schema/targets.ts";

/** What can be agreed. */
export const MEASURES = [
  "net_sales",
  "units",
  "share",
  "net_roi",
  "distribution",
  "spend_rate",
] as const satisfies readonly TargetMeasure[];

/** Less of it is better. */
export const isCeiling = (measure: TargetMeasure): boolean => measure === "spend_rate";
