/** Units that moved in one week of one product at one account; null where the week is not recorded. */
export interface SupplyWeek {
  readonly account_id: number;
  readonly product_id: number;
  readonly week: string;
  readonly sold: number | null;
  readonly shipped: number | null;
  readonly ordered: number | null;
}

/** What a retailer holds at least, as shipments and sell-out tell it. */
export interface StockEstimate {
  /** Units at the end of the last week in which both are recorded. */
  readonly units: number;
  /** Monday of that week, and of the first one. */
  readonly week: string;
  readonly since: string;
  /** Weeks in between with sell-out and without a shipment recorded, taken as none shipped. */
  readonly weeks_without_shipments: number;
}

/**
 * Cumulated shipments less consumption from the first week in which both are recorded. What was held before it is not known and
 * taken as nothing; a stock cannot be below nothing, so a week that sold more than was left tells that more had been there, and
 * the count goes on from nothing. The figure is therefore the least that fits.
 * @param weeks of one series, by week
 * @returns null where shipments and sell-out never stand side by side
 */
export function estimateStock(weeks: readonly SupplyWeek[]): StockEstimate | null {
  const first = weeks.findIndex((w) => w.shipped !== null);
  const lastShipped = weeks.findLastIndex((w) => w.shipped !== null);
  const lastSold = weeks.findLastIndex((w) => w.sold !== null);
  const last = Math.min(lastShipped, lastSold);
  if (first < 0 || last < first) return null;
  let units = 0;
  let gaps = 0;
  for (let i = first; i <= last; i++) {
    const { sold, shipped } = weeks[i]!;
    if (shipped === null) gaps++;
    units = Math.max(0, units + (shipped ?? 0) - (sold ?? 0));
  }
  return { units, week: weeks[last]!.week, since: weeks[first]!.week, weeks_without_shipments: gaps };
}
