import { weekIndex } from "../../data/common/dates.ts";
import type { Plan } from "../../forecasting/index.ts";
import { contextLookup, DISTRIBUTION } from "../fitting/marketBook.ts";
import type { Offer } from "../fitting/offer.ts";
import { kindOf } from "../fitting/storePanel.ts";
import { everydayPrice, type ForecastGround, factsAt } from "./forecastGround.ts";

/** One product's week in a plan; without an offer and support it is an everyday week. */
export interface PlanCell {
  readonly account_id: number;
  readonly product_id: number;
  /** Week index. */
  readonly week: number;
  readonly offer?: Offer;
  /** Shares of stores. */
  readonly display?: number;
  readonly feature?: number;
}

/** The cells as the forecasting module reads them: prices, drivers and what is known of holidays and competitors in those weeks. */
export function planOf(ground: ForecastGround, cells: readonly PlanCell[]): Plan {
  const { fitted, book } = ground;
  const context = contextLookup(book);
  const base = Float64Array.from(cells, (c) => everydayPrice(ground, c.account_id, c.product_id) ?? Number.NaN);
  return {
    account: Int32Array.from(cells, (c) => fitted.accountIndex.get(c.account_id)!),
    product: Int32Array.from(cells, (c) => fitted.productIndex.get(c.product_id)!),
    week: Int32Array.from(cells, (c) => c.week),
    basePrice: base,
    price: base.map((price, i) => price * (1 - (cells[i]!.offer?.cut ?? 0))),
    drivers: fitted.model.driverNames.map((name) => ({
      name,
      kind: kindOf(name),
      values: Float64Array.from(cells, (c) => {
        if (name === "display" || name === "feature") return c[name] ?? 0;
        if (kindOf(name) === "depth") return c.offer?.driver === name ? c.offer.depth : 0;
        if (name === DISTRIBUTION) return factsAt(ground, c.account_id, c.product_id)?.distribution ?? 0;
        return context(name, c.account_id, c.product_id, c.week);
      }),
    })),
  };
}

/** Week indices right after a date's week. */
export const weeksAfter = (end: string, count: number): number[] =>
  Array.from({ length: count }, (_, i) => weekIndex(end) + 1 + i);
