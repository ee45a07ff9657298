import type { Period } from "../../../../data/common/dates.ts";

export type Cell = string | number | null;
export type Row = Readonly<Record<string, Cell>>;

/** `money` takes its currency from the row's `currency`; `quote` is text that people wrote; the rest are names, ISO dates and units of `formatFigure`. */
export type ColumnUnit = "text" | "quote" | "date" | "money" | "units" | "count" | "%" | "ratio";

export interface Column {
  readonly key: string;
  readonly label: string;
  readonly unit: ColumnUnit;
  /** True where the column's sum means something; the totals row holds it. */
  readonly adds?: boolean;
}

/** What a section is about, so that a page can lead with its sum in words. */
export type SectionKind = "calendar" | "blackouts" | "results" | "accuracy" | "funds" | "sales" | "claims" | "people";

export interface Section {
  readonly kind: SectionKind;
  readonly title: string;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  /** Only where all rows share one currency; ratios of sums stand in it already computed. */
  readonly total: Row | null;
  /** What the section is silent about, in words. */
  readonly empty: string;
}

/** One definition of a report, from which page, CSV and workbook are made. */
export interface Report {
  readonly title: string;
  readonly period: Period;
  readonly assumptions: readonly string[];
  readonly missing: readonly string[];
  readonly sections: readonly Section[];
}

/** The totals row of the columns that add, with `more` for what is no sum; null where currencies differ or there is nothing to add. */
export function totalOf(columns: readonly Column[], rows: readonly Row[], more: Row = {}): Row | null {
  const currencies = new Set(rows.map((row) => row.currency ?? null));
  const adding = columns.filter((c) => c.adds);
  if (rows.length < 2 || !adding.length || currencies.size > 1) return null;
  const sums = adding.map((c) => [c.key, rows.reduce((sum, row) => sum + (Number(row[c.key]) || 0), 0)]);
  return { ...Object.fromEntries(sums), currency: [...currencies][0] ?? null, ...more };
}

export const section = (
  kind: SectionKind,
  title: string,
  columns: readonly Column[],
  rows: readonly Row[],
  empty: string,
  more?: Row,
): Section => ({ kind, title, columns, rows, total: totalOf(columns, rows, more), empty });
