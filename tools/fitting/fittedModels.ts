import type { Store } from "../../data/store/open.ts";
import { currentModel } from "./fitStore.ts";
import type { StoreModel } from "./storeModel.ts";

/** The fitted model of a store, fitted once a data version and kept; `current` refits where the data have moved on. */
export interface FittedModels {
  current(store: Store): Promise<StoreModel>;
}

/** Keeps each store's model by data version, so that a process loads or fits it once. */
export function createFittedModels(): FittedModels {
  const kept = new Map<unknown, { readonly version: number; readonly model: Promise<StoreModel> }>();
  return {
    async current(store) {
      const { version, load } = await currentModel(store);
      // Two stores in memory have the same path, and are not the same store.
      const key = store.path === ":memory:" ? store.db : store.path;
      const known = kept.get(key);
      if (known?.version === version) return known.model;
      const model = load();
      kept.set(key, { version, model });
      model.catch(() => kept.delete(key));
      return model;
    },
  };
}
