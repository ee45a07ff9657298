import type { Chart } from "./chart.ts";
import { evaluate } from "./expression.ts";
import type { Column, Dated, KeyFigure, Row, Section, Words } from "./report.ts";

/** What a section is made of; `source` and `empty` are always said, the rest where there is something to say. */
export interface SectionParts {
  readonly id: string;
  readonly title: string;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  readonly empty: string;
  readonly source: string;
  readonly words?: readonly Words[];
  readonly chart?: Chart;
  readonly dated?: readonly Dated[];
  readonly notes?: readonly string[];
}

/** Fills the columns that are made from others, and adds up. */
export function section(parts: SectionParts): Section {
  const { columns } = parts;
  const sums = sumsOf(
    columns,
    parts.rows.map((row) => withDerived(columns, row, null)),
  );
  const rows = parts.rows.map((row) => withDerived(columns, row, sums));
  return {
    ...parts,
    rows,
    total: rows.length > 1 && sums ? withTotals(columns, sums) : null,
    words: parts.words ?? [],
    chart: parts.chart ?? null,
    dated: parts.dated ?? [],
    notes: parts.notes ?? [],
  };
}

function withDerived(columns: readonly Column[], row: Row, totals: Row | null): Row {
  const filled: Record<string, Row[string]> = { ...row };
  for (const { key, from } of columns) if (from !== undefined) filled[key] = evaluate(from, filled, totals);
  return filled;
}

/** The sums of the columns that add; null where currencies differ or nothing adds. */
function sumsOf(columns: readonly Column[], rows: readonly Row[]): Row | null {
  const adding = columns.filter((c) => c.adds);
  const currencies = new Set(rows.map((row) => row.currency ?? null));
  if (!adding.length || currencies.size > 1) return null;
  const sums = adding.map(({ key }) => [key, rows.reduce((sum, row) => sum + (Number(row[key]) || 0), 0)]);
  return { ...Object.fromEntries(sums), currency: [...currencies][0] ?? null };
}

function withTotals(columns: readonly Column[], sums: Row): Row {
  const ratios = columns.filter((c) => !c.adds && c.from !== undefined);
  return { ...sums, ...Object.fromEntries(ratios.map(({ key, from }) => [key, evaluate(from!, sums, sums)])) };
}

/** The row that speaks for all: the totals, or the only row. */
export const wholeOf = (s: Pick<Section, "total" | "rows">): Row | null =>
  s.total ?? (s.rows.length === 1 ? s.rows[0]! : null);

/** Key figures of a section, by the columns that they stand in; what is unknown is left out. */
export function keyFigures(s: Section, ...columns: readonly string[]): KeyFigure[] {
  const sums = wholeOf(s);
  return columns.flatMap((key) => {
    const column = s.columns.find((c) => c.key === key);
    const value = sums?.[key];
    if (!column || typeof value !== "number") return [];
    const unit = column.unit === "money" ? String(sums?.currency) : column.unit;
    return [{ label: column.label, section: s.id, column: key, value, unit }];
  });
}

/** The number of rows as a key figure. */
export const countFigure = (s: Section, label: string): KeyFigure => ({
  label,
  section: s.id,
  column: null,
  value: s.rows.length,
  unit: "count",
});
