import type { Store } from "../../data/store/open.ts";
import type { Model } from "../../forecasting/types.ts";

/** The fitted model of a store, fitted once a data version and kept; `current` refits where the data have moved on. */
export interface FittedModels {
  current(store: Store): Promise<StoreModel>;
}

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
}
