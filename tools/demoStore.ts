import { writeDemoMarket } from "../data/demo/index.ts";
import { closeStore, openStore } from "../data/store/open.ts";
import { fitStore } from "./fitting/fitStore.ts";

export interface DemoOptions {
  readonly db: string;
  readonly today: string;
  readonly onProgress?: (message: string) => void;
}

/** Writes the demo market into a new store and fits it, so that every view holds its figures. */
export async function makeDemoStore({ db, today, onProgress = () => {} }: DemoOptions) {
  const store = await openStore({ path: db, today });
  try {
    onProgress("writing the demo market");
    const market = await writeDemoMarket(store);
    onProgress("fitting it");
    const fit = await fitStore(store);
    return { market, fit };
  } finally {
    await closeStore(store);
  }
}
