import { type DemoSummary, writeDemoMarket } from "../../../data/demo/index.ts";
import { closeStore, openStore } from "../../../data/store/open.ts";

/**
 * `kam demo`: writes the demo market into the store at `db`, which is made where there is none.
 * @throws KamError wrong_state where that store already holds accounts.
 */
export async function demo(args: { db: string; today: string; json: boolean }): Promise<DemoSummary> {
  const store = await openStore({ path: args.db, today: args.today });
  try {
    const tell =
      process.stderr.isTTY && !args.json ? (text: string) => process.stderr.write(`\x1b[2K\r${text}`) : undefined;
    const summary = await writeDemoMarket(store, tell);
    if (tell) process.stderr.write("\x1b[2K\r");
    process.stdout.write(args.json ? `${JSON.stringify(summary)}\n` : `${describe(summary, args.db)}\n`);
    return summary;
  } finally {
    await closeStore(store);
  }
}

const describe = (s: DemoSummary, db: string): string =>
  `Demo market in ${db}: ${s.accounts} accounts, ${s.products} products, ${s.salesRows} weekly sales rows (${s.weeks.from} to ${s.weeks.to}), ` +
  `${s.promotions.past} past, ${s.promotions.running} running and ${s.promotions.planned} planned promotions, ` +
  `${s.claims} claims, ${s.visits} visits, ${s.signals} signals.`;
