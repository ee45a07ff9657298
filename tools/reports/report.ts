import type { Period } from "../../data/common/dates.ts";
import type { Chart } from "./chart.ts";
import type { Expression } from "./expression.ts";
import type { Row } from "./row.ts";

export type { Cell, Row } from "./row.ts";

/** `money` takes its currency from the row's `currency`; `quote` is text that people wrote; the rest are names, ISO dates and units of `formatFigure`. */
export type ColumnUnit = "text" | "quote" | "date" | "money" | "units" | "count" | "%" | "ratio";

export interface Column {
  readonly key: string;
  readonly label: string;
  readonly unit: ColumnUnit;
  /** True where the column's sum means something; the totals row holds it. */
  readonly adds?: boolean;
  /** Stands in workbooks and CSV only: a page or a slide holds what is read, not all that can be reckoned with. */
  readonly detail?: boolean;
  /** Made from other columns, in every row and (unless the column adds) in the same way from the totals: so is a ratio of sums pooled. */
  readonly from?: Expression;
  /** Each row's value is a sum (of `column`) or, without one, a count of the rows of another section whose `match` is this row's `by`. */
  readonly gathered?: {
    readonly section: string;
    readonly column?: string;
    readonly match: string;
    readonly by: string;
  };
}

/** A piece of a sentence: words, the number of rows, or a column of the totals (or of the only row), with what is said where it is unknown. */
export type Words = string | { readonly rows: true } | { readonly column: string; readonly unknown: string };

/** What of a section's rows belongs in a calendar: a span of days, or one day. */
export interface Dated {
  /** Part of the entry's id, and a word before its name: "buy-in". */
  readonly kind: string;
  readonly title: string;
  /** The column that names the entry, and those that are its id. */
  readonly name: string;
  readonly id: readonly string[];
  readonly from: string;
  readonly to: string;
  /** Only days from this one on. */
  readonly since?: string;
}

/** A table with what is said about it. */
export interface Section {
  /** Unique in the report; other sections and key figures point to it. */
  readonly id: string;
  readonly title: string;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  /** Only where all rows share one currency. */
  readonly total: Row | null;
  /** One sentence that leads; its figures come from the table. */
  readonly words: readonly Words[];
  /** What is said where it has no row. */
  readonly empty: string;
  readonly chart: Chart | null;
  readonly dated: readonly Dated[];
  /** Where the figures come from: a view of the store, or what was asked. */
  readonly source: string;
  /** How to read it, in words without figures. */
  readonly notes: readonly string[];
}

/** A figure that stands above all: one cell of a section's totals (or its only row), or its number of rows. */
export interface KeyFigure {
  readonly label: string;
  readonly section: string;
  /** Null for the number of rows. */
  readonly column: string | null;
  readonly value: number;
  /** A unit of `formatFigure`: money's is its currency. */
  readonly unit: string;
}

/** One definition of a report, from which the page and every file are made. */
export interface Report {
  readonly title: string;
  readonly period: Period;
  /** The day it was made on. */
  readonly asOf: string;
  readonly assumptions: readonly string[];
  readonly missing: readonly string[];
  readonly figures: readonly KeyFigure[];
  readonly sections: readonly Section[];
}
