import type { Unit } from "../../../data/common/format.ts";
import { MECHANIC_WORDS, PAYMENT_WORDS } from "../../../data/promotions/words.ts";
import type { Say } from "../say.ts";

/** The store's values as people say them. */
const VALUES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(MECHANIC_WORDS).map(([mechanic, words]) => [mechanic, words.short])),
  ...PAYMENT_WORDS,
  both: "display and feature",
  none: "no support",
};

export const inWords = (value: string): string => VALUES[value] ?? value;

interface MetricWords {
  readonly name: string;
  readonly highest: string;
  readonly lowest: string;
}

/** Metrics as they are named, and what the first of a list does. */
export const METRIC_WORDS: Readonly<Record<string, MetricWords>> = {
  net_roi: { name: "net ROI", highest: "gives the highest net ROI", lowest: "gives the lowest net ROI" },
  gross_roi: { name: "gross ROI", highest: "gives the highest gross ROI", lowest: "gives the lowest gross ROI" },
  uplift: { name: "uplift", highest: "shows the highest uplift", lowest: "shows the lowest uplift" },
  incremental_units: {
    name: "incremental units",
    highest: "brings the most incremental units",
    lowest: "brings the fewest incremental units",
  },
  incremental_profit: {
    name: "incremental profit",
    highest: "brings the most incremental profit",
    lowest: "brings the least incremental profit",
  },
  spend: { name: "spend", highest: "takes the most spend", lowest: "takes the least spend" },
  cost_per_incremental_unit: {
    name: "cost per incremental unit",
    highest: "has the highest cost per incremental unit",
    lowest: "has the lowest cost per incremental unit",
  },
  subsidised_share: {
    name: "subsidised share",
    highest: "has the highest share of subsidised units",
    lowest: "has the lowest share of subsidised units",
  },
  cannibalised_units: {
    name: "cannibalised units",
    highest: "has the most cannibalised units",
    lowest: "has the fewest cannibalised units",
  },
  units: { name: "units", highest: "sold the most units", lowest: "sold the fewest units" },
  net_sales: { name: "net sales", highest: "brought the highest net sales", lowest: "brought the lowest net sales" },
};

/** One thing of each grouping, as a head of a column. */
export const GROUP_WORDS: Readonly<Record<string, string>> = {
  account: "Account",
  category: "Category",
  brand: "Brand",
  product: "Product",
  mechanic: "Mechanic",
  support: "Support",
  discount_band: "Discount",
  payment: "Payment",
  promotion: "Promotion",
  month: "Month",
  quarter: "Quarter",
  year: "Year",
};

/** The unit in which a metric of a result is written. */
export const unitOf = (unit: string, currency: string): Unit =>
  unit === "money" || unit === "money per unit" ? currency : unit;

/** An axis of a chart whose values are fractions: "25%", "12.5%". */
export const PERCENT_AXIS = { format: ".3~%" } as const;

/** "1 promotion", "12 promotions": a counted noun, its number bound. */
export function counted(say: Say, path: string, one: string, many = `${one}s`): string {
  const text = say.fig(path, "count");
  return `${text} ${text === "1" ? one : many}`;
}
