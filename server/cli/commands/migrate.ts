import { pendingMigrations } from "../../../data/store/migrate.ts";
import { closeStore, openStore } from "../../../data/store/open.ts";
import type { Invocation } from "../command.ts";

/** Brings the schema up to date and names what was applied. */
export async function migrate({ values, config, io }: Invocation): Promise<void> {
  const before = await openStore({ path: config.db, today: config.today, mustExist: true, migrate: false });
  const applied = await pendingMigrations(before);
  await closeStore(before);
  await closeStore(await openStore({ path: config.db, today: config.today, mustExist: true }));
  io.out(
    values.json
      ? JSON.stringify({ store: config.db, applied })
      : applied.length
        ? `Applied ${applied.join(", ")}.`
        : "The store is up to date.",
  );
}
