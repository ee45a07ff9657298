import { type RawBuilder, sql } from "kysely";
import type { Store } from "../store/open.ts";
import type { Schema } from "../store/schema/index.ts";

/** Writes rows by their natural key, and only those that say something new. */

export type Column = string | number | null;
export type Row = Readonly<Record<string, Column>>;

export interface Target {
  readonly table: keyof Schema;
  /** Columns of the natural key. */
  readonly keys: readonly string[];
  /** A key column may be null, and two nulls are the same. */
  readonly nullable?: boolean;
  /** The table has an `id` of its own. */
  readonly id?: boolean;
  /** Columns that a new row gets and an old one keeps. */
  readonly insertOnly?: readonly string[];
  /** A counter that each change raises. */
  readonly counter?: string;
}

export interface Upserted {
  /** Row by row: whether it was new or said something new. */
  readonly changed: readonly boolean[];
  /** Row by row: its id; negative for one that a dry run would have made. Empty where the table has none. */
  readonly ids: readonly number[];
  /** Row by row: what the store held before, null for a new row. */
  readonly before: readonly (Row | null)[];
}

/** Most parameters of one statement; SQLite's own limit is 32,766. */
const MOST_PARAMETERS = 6_000;

/**
 * Inserts what is new and updates what differs; the rest is not written. A column that a row lacks keeps its value, or gets its default.
 * @param dry only compare
 */
export async function upsert(store: Store, target: Target, rows: readonly Row[], dry: boolean): Promise<Upserted> {
  if (rows.length === 0) return { changed: [], ids: [], before: [] };
  const set = (row: Row) =>
    Object.keys(row).filter((column) => !target.keys.includes(column) && !target.insertOnly?.includes(column));
  const known = await existing(store, target, [...new Set(rows.flatMap(set))], rows);
  const inserts: Row[] = [];
  const updates: { row: Row; columns: string[] }[] = [];
  const before: (Row | null)[] = [];
  const changed = rows.map((row) => {
    const key = keyOf(target, row);
    const old = known.get(key);
    before.push(old ?? null);
    const different = old ? set(row).filter((column) => old[column] !== row[column]) : [];
    if (!old) inserts.push(row);
    else if (different.length > 0) updates.push({ row, columns: different });
    // A second row of the same key in this batch is compared with this one.
    if (!old || different.length > 0) known.set(key, { ...old, ...row });
    return !old || different.length > 0;
  });
  if (!dry) {
    await insert(store, target.table, inserts);
    for (const { row, columns } of updates) await update(store, target, row, columns);
  }
  return { changed, ids: target.id ? await idsOf(store, target, rows, known, inserts, dry) : [], before };
}

const keyOf = (target: Target, row: Row): string => JSON.stringify(target.keys.map((key) => row[key] ?? null));

/** The rows of the store that have these keys, by key. */
async function existing(
  store: Store,
  target: Target,
  columns: readonly string[],
  rows: readonly Row[],
): Promise<Map<string, Row>> {
  const { keys } = target;
  const wanted = [...keys, ...columns, ...(target.id ? ["id"] : [])];
  const same = target.nullable ? sql.raw("IS NOT DISTINCT FROM") : sql.raw("=");
  const on = sql.join(
    keys.map((key) => sql`t.${sql.id(key)} ${same} k.${sql.id(key)}`),
    sql` AND `,
  );
  const found = new Map<string, Row>();
  for (const part of chunks(rows, keys.length)) {
    const query = sql<Row>`WITH k (${sql.join(keys.map((key) => sql.id(key)))}) AS (VALUES ${tuples(part, keys)})
      SELECT ${sql.join(wanted.map((column) => sql`t.${sql.id(column)}`))} FROM k CROSS JOIN ${sql.table(target.table)} AS t WHERE ${on}`;
    for (const row of (await query.execute(store.db)).rows) found.set(keyOf(target, row), row);
  }
  return found;
}

async function insert(store: Store, table: keyof Schema, rows: readonly Row[]): Promise<void> {
  for (const [list, alike] of Map.groupBy(rows, (row) => Object.keys(row).join())) {
    const columns = list.split(",");
    const names = sql.join(columns.map((column) => sql.id(column)));
    for (const part of chunks(alike, columns.length))
      await sql`INSERT INTO ${sql.table(table)} (${names}) VALUES ${tuples(part, columns)}`.execute(store.db);
  }
}

async function update(store: Store, target: Target, row: Row, columns: readonly string[]): Promise<void> {
  const sets = columns.map((column) => sql`${sql.id(column)} = ${row[column]}`);
  if (target.counter) sets.push(sql`${sql.id(target.counter)} = ${sql.id(target.counter)} + 1`);
  const where = sql.join(
    target.keys.map((key) => sql`${sql.id(key)} IS NOT DISTINCT FROM ${row[key]}`),
    sql` AND `,
  );
  await sql`UPDATE ${sql.table(target.table)} SET ${sql.join(sets)} WHERE ${where}`.execute(store.db);
}

async function idsOf(
  store: Store,
  target: Target,
  rows: readonly Row[],
  known: Map<string, Row>,
  inserts: readonly Row[],
  dry: boolean,
): Promise<number[]> {
  const made = new Map<string, number>();
  if (dry) for (const [i, row] of inserts.entries()) made.set(keyOf(target, row), -1 - i);
  else for (const [key, row] of await existing(store, target, [], inserts)) made.set(key, Number(row.id));
  return rows.map((row) => {
    const key = keyOf(target, row);
    return made.get(key) ?? Number(known.get(key)!.id);
  });
}

function* chunks<T>(rows: readonly T[], columns: number): Generator<readonly T[]> {
  const size = Math.max(1, Math.floor(MOST_PARAMETERS / columns));
  for (let i = 0; i < rows.length; i += size) yield rows.slice(i, i + size);
}

const tuples = (rows: readonly Row[], columns: readonly string[]): RawBuilder<unknown> =>
  sql.join(rows.map((row) => sql`(${sql.join(columns.map((column) => row[column] ?? null))})`));

/**
 * Makes the members of a set those given, for each owner: the words of a list that the file states whole.
 * @returns owner by owner, whether anything differed
 */
export async function replaceSet(
  store: Store,
  table: keyof Schema,
  ownerColumn: string,
  sets: ReadonlyMap<number, readonly Row[]>,
  dry: boolean,
): Promise<ReadonlySet<number>> {
  const different = new Set<number>();
  for (const [owner, rows] of sets) {
    const columns = Object.keys(rows[0] ?? {});
    const listed = columns.length > 0 ? sql.join(columns.map((c) => sql.id(c))) : sql`1`;
    const old =
      await sql<Row>`SELECT ${listed} FROM ${sql.table(table)} WHERE ${sql.id(ownerColumn)} = ${owner}`.execute(
        store.db,
      );
    const text = (list: readonly Row[]) =>
      list
        .map((row) => JSON.stringify(columns.map((c) => row[c])))
        .sort()
        .join();
    if (old.rows.length === rows.length && text(old.rows) === text(rows)) continue;
    different.add(owner);
    if (dry) continue;
    await sql`DELETE FROM ${sql.table(table)} WHERE ${sql.id(ownerColumn)} = ${owner}`.execute(store.db);
    const owned = rows.map((row) => ({ [ownerColumn]: owner, ...row }));
    await insert(store, table, owned);
  }
  return different;
}
