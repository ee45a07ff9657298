import type { PromotionTable } from "../store/schema/promotions.ts";

export type Mechanic = PromotionTable["mechanic"];
export type Payment = PromotionTable["payment"];
export type Status = PromotionTable["status"];

/** Why a promotion failed, as planted; the store's other tables hold the evidence of each. */
export type Cause = "competitor" | "missing_display" | "stock_out" | "pull_forward";

/** The offer that a shopper sees, before it is known where and when. */
export interface Offer {
  readonly mechanic: Mechanic;
  readonly discount: number | null;
  readonly getN: number | null;
  readonly payN: number | null;
  readonly redemption: number | null;
  /** Effective depth: what a unit costs less on average, as a fraction. */
  readonly depth: number;
}

/** A promotion as the simulator knows it. Accounts, brands and products are indices; weeks count from the first of the history. */
export interface DemoEvent {
  readonly account: number;
  readonly brand: number;
  readonly category: number;
  products: readonly number[];
  readonly start: number;
  readonly weeks: number;
  offer: Offer;
  feature: boolean;
  display: boolean;
  /** Share of stores in which it really stood. */
  featureShare: number;
  displayShare: number;
  payment: Payment;
  status: Status;
  cause: Cause | null;
  /** Share of each window week in which the shelf was empty, where the promotion ran out of stock. */
  stockOut: readonly number[];
}

export const lastWeekOf = (event: DemoEvent): number => event.start + event.weeks - 1;

/** A competitor's promotion at an account: it takes units away and blunts ours. */
export interface Rival {
  readonly account: number;
  readonly category: number;
  readonly competitor: string;
  readonly start: number;
  readonly weeks: number;
  readonly depth: number;
}
