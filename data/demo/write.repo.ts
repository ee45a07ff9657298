import type { Insertable } from "kysely";
import type { Store } from "../store/open.ts";
import type { Schema } from "../store/schema/index.ts";
import { TABLE_ORDER, type TableName, type Tables } from "./tables.ts";

/** SQLite takes 32,766 bound values a statement; long statements cost more to build than they save. */
const VALUES = 6_000;

export async function writeTables(tx: Store, tables: Tables, onProgress: (text: string) => void): Promise<void> {
  for (const name of TABLE_ORDER) {
    const rows = tables[name];
    onProgress(`${name}: ${rows.length} rows`);
    await insert(tx, name, rows);
  }
}

async function insert<T extends TableName>(tx: Store, name: T, rows: readonly Insertable<Schema[T]>[]): Promise<void> {
  const first = rows[0];
  if (!first) return;
  const size = Math.max(1, Math.floor(VALUES / Object.keys(first).length));
  for (let i = 0; i < rows.length; i += size)
    await tx.db
      .insertInto<TableName>(name)
      .values(rows.slice(i, i + size) as readonly Insertable<Schema[TableName]>[])
      .execute();
}
