import type { DataFrame } from "danfojs-node";

type Danfo = typeof import("danfojs-node");
let danfo: Promise<Danfo> | undefined;

/** Loads danfo once, when first needed: it takes about a second. A server may call it ahead of the first question. */
export function loadFrames(): Promise<Danfo> {
  danfo ??= import("danfojs-node");
  return danfo;
}

export interface Group {
  readonly key: string;
  /** Rows in the group. */
  readonly n: number;
  readonly sums: Readonly<Record<string, number>>;
}

type Columns<T> = Readonly<Record<string, (row: T) => number>>;

const rowsOf = (toJSON: Danfo["toJSON"], frame: DataFrame): Record<string, number | string>[] =>
  toJSON(frame, { format: "column" }) as Record<string, number | string>[];

/**
 * Number of rows and sums of columns by a key, in the order in which keys first appear.
 * Keys go into the frame as numbered labels: danfo joins the keys of several columns with a dash, so that ("a-b", "c") and
 * ("a", "b-c") would fall together; one column that cannot hold a dash is safe.
 */
export async function sumBy<T>(
  rows: readonly T[],
  keyOf: (row: T) => string,
  columns: Columns<T>,
): Promise<readonly Group[]> {
  if (rows.length === 0) return [];
  const { DataFrame, toJSON } = await loadFrames();
  const keys = [...new Set(rows.map(keyOf))];
  const labels = new Map(keys.map((key, at) => [key, `g${at}`]));
  const names = Object.keys(columns);
  const data: Record<string, (string | number)[]> = { key: rows.map((row) => labels.get(keyOf(row))!) };
  for (const [at, name] of names.entries()) data[`c${at}`] = rows.map(columns[name]!);
  data.one = rows.map(() => 1);
  const wanted = Object.fromEntries([...names.map((_, at) => [`c${at}`, "sum"]), ["one", "sum"]]);
  const grouped = rowsOf(toJSON, new DataFrame(data).groupby(["key"]).agg(wanted));
  const byLabel = new Map(grouped.map((row) => [String(row.key), row]));
  return keys.map((key) => {
    const row = byLabel.get(labels.get(key)!)!;
    const sums = Object.fromEntries(names.map((name, at) => [name, Number(row[`c${at}_sum`])]));
    return { key, n: Number(row.one_sum), sums };
  });
}

/** Rows by a value, the first one first; rows without a value come last, and equal ones keep their order. */
export async function rankBy<T>(
  rows: readonly T[],
  measure: (row: T) => number | null,
  first: "highest" | "lowest",
): Promise<readonly T[]> {
  const known = rows.filter((row) => measure(row) !== null);
  const unknown = rows.filter((row) => measure(row) === null);
  if (known.length < 2) return [...known, ...unknown];
  const { DataFrame, toJSON } = await loadFrames();
  const frame = new DataFrame({ at: known.map((_, at) => at), value: known.map((row) => measure(row)!) });
  const sorted = rowsOf(toJSON, frame.sortValues("value", { ascending: first === "lowest" }));
  return [...sorted.map((row) => known[Number(row.at)]!), ...unknown];
}
