import type { DemoSummary } from "../../../data/demo/index.ts";
import { makeDemoStore } from "../../../tools/demoStore.ts";
import type { Io } from "../command.ts";

/**
 * `kam demo`: writes the demo market into the store at `db`, which is made where there is none, and fits it.
 * @throws KamError wrong_state where that store already holds accounts.
 */
export async function demo({
  db,
  today,
  json,
  io,
}: {
  db: string;
  today: string;
  json: boolean;
  io: Io;
}): Promise<void> {
  const made = await makeDemoStore({ db, today, onProgress: io.progress });
  io.out(json ? JSON.stringify({ store: db, ...made }) : describe(made.market, today, db));
}

const describe = (s: DemoSummary, today: string, db: string): string =>
  `The demo market of ${today} is in ${db}: ${s.accounts} accounts, ${s.products} products, ${s.salesRows} weekly sales rows ` +
  `(${s.weeks.from} to ${s.weeks.to}), ${s.promotions.past} past, ${s.promotions.running} running and ${s.promotions.planned} planned promotions, ` +
  `${s.claims} claims, ${s.visits} visits, ${s.signals} signals.`;
