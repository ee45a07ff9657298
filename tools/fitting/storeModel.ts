import type { Model } from "../../forecasting/index.ts";
import type { Ground } from "./ground.ts";

/** A model with what ties it to the store's ids: series are by position in `accountIds` and `productIds`. */
export interface StoreModel {
  readonly id: number;
  readonly model: Model;
  readonly accountIds: readonly number[];
  readonly productIds: readonly number[];
  readonly accountIndex: ReadonlyMap<number, number>;
  readonly productIndex: ReadonlyMap<number, number>;
  /** Monday of the last week with sales of any account. */
  readonly lastWeek: string;
  /** What has been seen of each series: prices, weeks, depths, support. */
  readonly ground: Ground;
}

/** The same with positions by id. */
export function withIndex(
  id: number,
  fitted: Pick<StoreModel, "model" | "accountIds" | "productIds" | "lastWeek" | "ground">,
): StoreModel {
  return {
    id,
    model: fitted.model,
    accountIds: fitted.accountIds,
    productIds: fitted.productIds,
    accountIndex: new Map(fitted.accountIds.map((account, i) => [account, i])),
    productIndex: new Map(fitted.productIds.map((product, i) => [product, i])),
    lastWeek: fitted.lastWeek,
    ground: fitted.ground,
  };
}
