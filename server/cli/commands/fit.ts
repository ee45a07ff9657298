import { closeStore, openStore } from "../../../data/store/open.ts";
import { fitStore } from "../../../tools/fitting/fitStore.ts";

/**
 * `kam fit`: fits the store at `db`, measures its ended promotions and prints what came of it.
 * @throws KamError store_missing, no_data, bad_input, store_locked, store_read_only, store_full
 */
export async function fit({ db, today, json }: { db: string; today: string; json: boolean }): Promise<unknown> {
  const store = await openStore({ path: db, today, mustExist: true });
  try {
    if (process.stderr.isTTY) process.stderr.write("\r\u001b[Kfitting …");
    const started = performance.now();
    const { summary } = await fitStore(store);
    const seconds = Math.round(performance.now() - started) / 1000;
    if (process.stderr.isTTY) process.stderr.write("\r\u001b[K");
    const result = { ...summary, seconds };
    const { rows, series, accounts, products, first_week, last_week, residual_sigma, events, events_not_measured } =
      summary;
    console.log(
      json
        ? JSON.stringify(result)
        : `${rows} rows of ${series} series (${accounts} accounts, ${products} products, weeks from ${first_week} to ${last_week}) fitted in ${seconds} s.\n` +
            `A quiet week is about ±${Math.round(100 * residual_sigma)} % of what was expected (one standard deviation).\n` +
            `${events} ended promotions measured${events_not_measured ? `; ${events_not_measured} could not be, as no week of them has sales` : ""}.`,
    );
    return result;
  } finally {
    await closeStore(store);
  }
}
