import type { Row } from "./row.ts";

/** How a column is made from others of its row: a column's key, a sum of the whole column, or arithmetic on such. */
export type Expression =
  | string
  | { readonly total: string }
  | { readonly abs: Expression }
  | { readonly op: "+" | "-" | "*" | "/"; readonly of: readonly [Expression, Expression] };

export const plus = (a: Expression, b: Expression): Expression => ({ op: "+", of: [a, b] });
export const minus = (a: Expression, b: Expression): Expression => ({ op: "-", of: [a, b] });
export const times = (a: Expression, b: Expression): Expression => ({ op: "*", of: [a, b] });
export const over = (a: Expression, b: Expression): Expression => ({ op: "/", of: [a, b] });
export const absolute = (a: Expression): Expression => ({ abs: a });
/** The column's sum over all rows, as a share is measured against. */
export const whole = (key: string): Expression => ({ total: key });
/** @example change("units", "units_before") // how much it grew, as a fraction of what was before */
export const change = (now: Expression, before: Expression): Expression => over(minus(now, before), before);

/** @returns null where a value that it needs is unknown, or it would divide by zero */
export function evaluate(expression: Expression, row: Row, totals: Row | null): number | null {
  if (typeof expression === "string") return numberOf(row[expression]);
  if ("total" in expression) return numberOf(totals?.[expression.total]);
  if ("abs" in expression) {
    const value = evaluate(expression.abs, row, totals);
    return value === null ? null : Math.abs(value);
  }
  const a = evaluate(expression.of[0], row, totals);
  const b = evaluate(expression.of[1], row, totals);
  if (a === null || b === null) return null;
  switch (expression.op) {
    case "+":
      return a + b;
    case "-":
      return a - b;
    case "*":
      return a * b;
    case "/":
      return b === 0 ? null : a / b;
  }
}

const numberOf = (cell: Row[string] | undefined): number | null => (typeof cell === "number" ? cell : null);

/** The columns of the row that it needs. */
export function columnsIn(expression: Expression): string[] {
  if (typeof expression === "string") return [expression];
  if ("total" in expression) return [];
  if ("abs" in expression) return columnsIn(expression.abs);
  return [...new Set(expression.of.flatMap(columnsIn))];
}
