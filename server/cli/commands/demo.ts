import type { DemoSummary } from "../../../data/demo/index.ts";
import { makeDemoStore } from "../../../tools/demoStore.ts";
import { type Invocation, text } from "../command.ts";

/**
 * Writes the demo market into a store, which is made where there is none, and fits it.
 * @throws KamError wrong_state where that store already holds accounts
 */
export async function demo({ values, config, io }: Invocation): Promise<void> {
  const db = text(values.db) ?? config.db;
  const made = await makeDemoStore({ db, today: config.today, onProgress: io.progress });
  io.out(values.json ? JSON.stringify({ store: db, ...made }) : describe(made.market, config.today, db));
}

const describe = (s: DemoSummary, today: string, db: string): string =>
  `The demo market of ${today} is in ${db}: ${s.accounts} accounts, ${s.products} products, ${s.salesRows} weekly sales rows ` +
  `(${s.weeks.from} to ${s.weeks.to}), ${s.promotions.past} past, ${s.promotions.running} running and ${s.promotions.planned} planned promotions, ` +
  `${s.claims} claims, ${s.visits} visits, ${s.signals} signals.`;
