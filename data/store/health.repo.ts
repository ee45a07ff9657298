import { sql } from "kysely";
import type { Store } from "./open.ts";

/** SQLite's own check of the file and of its foreign keys: "ok", or the first thing that is wrong. */
export async function integrity(store: Store): Promise<string> {
  const { rows } = await sql<{ integrity_check: string }>`PRAGMA integrity_check(1)`.execute(store.db);
  const orphans = await sql`PRAGMA foreign_key_check`.execute(store.db);
  const found = rows[0]?.integrity_check ?? "ok";
  return found === "ok" && orphans.rows.length
    ? `${orphans.rows.length} rows point at something that is not there`
    : found;
}

const COUNTED = ["account", "product", "sales_week", "promotion", "promotion_result", "model"] as const;

/** Rows of the tables that tell at a glance what a store holds. */
export async function countRows(store: Store): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const table of COUNTED) {
    const row = await store.db
      .selectFrom(table)
      .select((eb) => eb.fn.countAll<number>().as("n"))
      .executeTakeFirstOrThrow();
    counts[table] = row.n;
  }
  return counts;
}

/** Copies a store, while it is in use, into one new file. */
export async function backupStore(store: Store, to: string): Promise<void> {
  await sql`VACUUM INTO ${to}`.execute(store.db);
}
