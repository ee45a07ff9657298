import { csvField, notFormula } from "../../../data/common/csv.ts";

export interface Rows {
  readonly keys: readonly string[];
  readonly values: readonly Readonly<Record<string, unknown>>[];
}

/** The rows of a Vega-Lite chart, as far as they are plain. */
export function rowsOf(spec: Readonly<Record<string, unknown>>): Rows | null {
  const layers = Array.isArray(spec.layer) ? spec.layer : [];
  const values = [spec, ...layers]
    .map((part) => part?.data?.values)
    .find((found) => Array.isArray(found) && found.length);
  if (!values) return null;
  const plain = (value: unknown): boolean => value === null || ["string", "number", "boolean"].includes(typeof value);
  const keys = Object.keys(values[0]).filter((key) =>
    values.every((row: Record<string, unknown>) => plain(row[key] ?? null)),
  );
  return keys.length ? { keys, values } : null;
}

/** Rows as a CSV file that spreadsheets read as text and numbers, never as formulas. */
export function csvOf({ keys, values }: Rows): string {
  const cell = (value: unknown): string =>
    typeof value === "number" ? String(value) : csvField(notFormula(String(value ?? "")));
  return `\uFEFF${[keys.map(cell), ...values.map((row) => keys.map((key) => cell(row[key])))].map((line) => line.join(",")).join("\r\n")}\r\n`;
}
