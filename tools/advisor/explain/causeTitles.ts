/** What a cause is called when it took units and when it gave some. */
const TITLES: Readonly<Record<string, readonly [took: string, gave: string]>> = {
  competitor: ["A competitor's promotion in the same weeks", "Competitors were quiet"],
  display: ["The display stood in fewer stores than usual", "The display stood in more stores than usual"],
  feature: ["The feature ran in fewer stores than usual", "The feature ran in more stores than usual"],
  stock_out: ["Empty shelves", "Full shelves"],
  pull_forward: ["Volume pulled forward by the promotion before", "Carry-over from the promotion before"],
  own_promotions: ["Our own promotions in the same category", "Help from our own promotions in the same category"],
  price: ["A shelf price above the planned one", "A shelf price below the planned one"],
  distribution: ["Fewer stores carried it than before", "More stores carried it than before"],
};

/** Delivered of what was ordered, below which deliveries fell short. */
const SHORT_FILL = 0.95;

/**
 * What a reply and a report call a cause of this size.
 * @param evidence what the store holds of it: a shelf that nobody could fill is another one than one that nobody filled
 */
export function causeTitle(cause: string, units: number, evidence: Readonly<Record<string, unknown>> = {}): string {
  const fill = evidence.fill_rate;
  if (cause === "stock_out" && units < 0 && typeof fill === "number" && fill < SHORT_FILL)
    return "Empty shelves, as deliveries fell short of the orders";
  return TITLES[cause]?.[units < 0 ? 0 : 1] ?? cause;
}
