import { pendingMigrations } from "../../../data/store/migrate.ts";
import { closeStore, openStore } from "../../../data/store/open.ts";
import type { Command } from "../command.ts";

export const migrate: Command = {
  usage: "migrate [--json]",
  summary: "brings the store's schema up to date, with a backup before each step",
  options: { json: { type: "boolean" } },
  positionals: [0, 0],
  async run({ values, config, io }) {
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
  },
};
