import { columnsIn, type Expression } from "../expression.ts";
import type { Column, Row } from "../report.ts";
import { letters, quotedSheet } from "./cells.ts";

/** Where a section's table stands in the workbook: the header in row 1, the data from row 2, then the totals, if any. */
export interface Place {
  readonly sheet: string;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  readonly hasTotal: boolean;
}

const FIRST_ROW = 2;
export const lastRow = (place: Place): number => FIRST_ROW + place.rows.length - 1;
export const totalRow = (place: Place): number => lastRow(place) + 1;
const letterOf = (place: Place, key: string): string => letters(place.columns.findIndex((c) => c.key === key));

/** A column's data: "K2:K20", with its sheet's name where it is named from another one. */
export function range(place: Place, key: string, from: "own" | "other" = "own"): string {
  const letter = letterOf(place, key);
  const cells = `$${letter}$${FIRST_ROW}:$${letter}$${lastRow(place)}`;
  return from === "own" ? cells : `${quotedSheet(place.sheet)}!${cells}`;
}

/** Arithmetic with each column put as `cell` says, and a column's sum as `sum` does. */
function arithmetic(expression: Expression, cell: (key: string) => string, sum: (key: string) => string): string {
  if (typeof expression === "string") return cell(expression);
  if ("total" in expression) return sum(expression.total);
  if ("abs" in expression) return `ABS(${arithmetic(expression.abs, cell, sum)})`;
  const [a, b] = expression.of.map((part) => {
    const text = arithmetic(part, cell, sum);
    return typeof part === "object" && "op" in part ? `(${text})` : text;
  });
  return `${a}${expression.op}${b}`;
}

/** Empty where it cannot be reckoned, as the report leaves it; `needed` are the cells without which it is unknown. */
const orEmpty = (formula: string, needed: readonly string[]): string =>
  `IFERROR(${needed.length ? `IF(COUNT(${needed.join(",")})<${needed.length},"",${formula})` : formula},"")`;

/** The formula of a cell in a data row, if the column is made from others. */
export function rowFormula(place: Place, column: Column, index: number, places: ReadonlyMap<string, Place>) {
  const row = FIRST_ROW + index;
  if (column.gathered) {
    const { section, match, by, column: added } = column.gathered;
    const other = places.get(section);
    if (!other?.rows.length) return undefined;
    const matches = `--(${range(other, match, "other")}=$${letterOf(place, by)}${row})`;
    return added === undefined ? `SUMPRODUCT(${matches})` : `SUMPRODUCT(${matches},${range(other, added, "other")})`;
  }
  if (column.from === undefined) return undefined;
  const cell = (key: string): string => `${letterOf(place, key)}${row}`;
  // A blank cell would count as nought; only a column with gaps needs to be looked at.
  const gaps = columnsIn(column.from).filter((key) => place.rows.some((r) => typeof r[key] !== "number"));
  const sum = (key: string): string =>
    place.hasTotal ? `$${letterOf(place, key)}$${totalRow(place)}` : `SUM(${range(place, key)})`;
  return orEmpty(arithmetic(column.from, cell, sum), gaps.map(cell));
}

/** The formula of a column's total: of the rows that a filter shows. */
export function totalFormula(place: Place, column: Column): string | undefined {
  if (column.adds)
    return `SUBTOTAL(109,${letterOf(place, column.key)}${FIRST_ROW}:${letterOf(place, column.key)}${lastRow(place)})`;
  if (column.from === undefined) return undefined;
  const cell = (key: string): string => `${letterOf(place, key)}${totalRow(place)}`;
  return orEmpty(arithmetic(column.from, cell, cell), []);
}

/** The formula of a key figure, over all rows whatever a filter shows: a sum, a count, or a ratio of sums. */
export function figureFormula(place: Place, key: string | null): string {
  if (key === null) return `ROWS(${range(place, place.columns[0]!.key, "other")})`;
  const column = place.columns.find((c) => c.key === key)!;
  const sum = (name: string): string => `SUM(${range(place, name, "other")})`;
  if (column.adds || column.from === undefined) return sum(key);
  return orEmpty(arithmetic(withoutDerived(column.from, place.columns), sum, sum), []);
}

/** Ratios are of sums: what does not add is replaced by what it is made from. */
function withoutDerived(expression: Expression, columns: readonly Column[]): Expression {
  if (typeof expression === "string") {
    const column = columns.find((c) => c.key === expression);
    return column?.from !== undefined && !column.adds ? withoutDerived(column.from, columns) : expression;
  }
  if ("total" in expression) return expression;
  if ("abs" in expression) return { abs: withoutDerived(expression.abs, columns) };
  const [a, b] = expression.of;
  return { op: expression.op, of: [withoutDerived(a, columns), withoutDerived(b, columns)] };
}
