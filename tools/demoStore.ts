import { writeDemoMarket } from "../data/demo/index.ts";
import { closeStore, openStore } from "../data/store/open.ts";
import { fitStore } from "./fitting/fitStore.ts";
import { createFittedModels } from "./fitting/fittedModels.ts";
import { trackRecord } from "./forecasts/trackRecord.ts";

export interface DemoOptions {
  readonly db: string;
  readonly today: string;
  readonly onProgress?: (message: string) => void;
}

/** Writes the demo market into a new store, fits it, so that every view holds its figures, and tries its forecasts on the past. */
export async function makeDemoStore({ db, today, onProgress = () => {} }: DemoOptions) {
  const store = await openStore({ path: db, today });
  try {
    const market = await writeDemoMarket(store, onProgress);
    onProgress("fitting it");
    const { summary } = await fitStore(store);
    onProgress("trying its forecasts on the past");
    await trackRecord(store, createFittedModels());
    return { market, fit: summary };
  } finally {
    await closeStore(store);
  }
}
