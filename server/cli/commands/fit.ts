import { closeStore, openStore } from "../../../data/store/open.ts";
import { type FitSummary, fitStore } from "../../../tools/fitting/fitStore.ts";
import type { Invocation } from "../command.ts";

/**
 * Fits the store, measures its ended promotions and says what came of it.
 * @throws KamError store_missing, no_data, bad_input, store_locked, store_read_only, store_full
 */
export async function fit({ values, config, io }: Invocation): Promise<void> {
  const store = await openStore({ path: config.db, today: config.today, mustExist: true });
  try {
    io.progress("fitting …");
    const started = performance.now();
    const { summary } = await fitStore(store);
    const seconds = Math.round(performance.now() - started) / 1000;
    io.out(values.json ? JSON.stringify({ ...summary, seconds }) : describe(summary, seconds));
  } finally {
    await closeStore(store);
  }
}

function describe(summary: FitSummary, seconds: number): string {
  const { rows, series, accounts, products, first_week, last_week, residual_sigma, events, events_not_measured } =
    summary;
  return (
    `${rows} rows of ${series} series (${accounts} accounts, ${products} products, weeks from ${first_week} to ${last_week}) fitted in ${seconds} s.\n` +
    `A quiet week is about ±${Math.round(100 * residual_sigma)} % of what was expected (one standard deviation).\n` +
    `${events} ended promotions measured${events_not_measured ? `; ${events_not_measured} could not be, as no week of them has sales` : ""}.`
  );
}
