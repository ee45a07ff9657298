import type { Row } from "./row.ts";

/** How a section is drawn: bars by name, columns by name or month, a line over time, or bars from a start to an end. */
export interface Chart {
  readonly kind: "bar" | "column" | "line" | "timeline";
  readonly title: string;
  /** The column whose text names a bar or a point. */
  readonly label: string;
  /** The columns drawn; of a timeline, its start and its end. */
  readonly values: readonly string[];
  /** The column by which a timeline is coloured. */
  readonly colour?: string;
}

/** A chart of more bars than this cannot be read. */
export const MOST_BARS = 20;

/** The rows that a chart shows: those with a value in every column drawn, the first of them where there are many. */
export const drawnRows = (rows: readonly Row[], chart: Chart): readonly Row[] =>
  rows.filter((row) => chart.values.every((key) => row[key] !== null && row[key] !== undefined)).slice(0, MOST_BARS);
