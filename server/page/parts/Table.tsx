import { type ReactNode, useState } from "react";
import { t } from "../words/text.ts";
import { ScrollBox } from "./ScrollBox.tsx";

export interface Column<R> {
  readonly key: string;
  readonly head: string;
  readonly isNumber?: boolean;
  /** Holds more than a word or two. */
  readonly isWide?: boolean;
  readonly cell: (row: R) => ReactNode;
  /** What the column sorts by; without it its head is no button. */
  readonly by?: (row: R) => string | number | null;
}

interface TableProps<R> {
  readonly name: string;
  readonly columns: readonly Column<R>[];
  readonly rows: readonly R[];
  readonly keyOf: (row: R, at: number) => string;
  /** A line under the rows that sums them. */
  readonly total?: readonly ReactNode[];
}

type Order = { readonly key: string; readonly down: boolean } | null;

/** Rows under heads that sort them. */
export function Table<R>({ name, columns, rows, keyOf, total }: TableProps<R>) {
  const [order, setOrder] = useState<Order>(null);
  const by = columns.find((column) => column.key === order?.key)?.by;
  const sorted = by && order ? rows.toSorted((a, b) => compare(by(a), by(b)) * (order.down ? -1 : 1)) : rows;
  return (
    <ScrollBox name={name}>
      <table>
        <thead>
          <tr>
            {columns.map(({ key, head, isNumber, by: sorts }) => {
              const down = order?.key === key ? order.down : null;
              return (
                <th
                  key={key}
                  scope="col"
                  className={isNumber ? "num" : undefined}
                  aria-sort={down === null ? undefined : down ? "descending" : "ascending"}
                >
                  {sorts ? (
                    <button
                      type="button"
                      className="sort"
                      title={t("table.sort", { head })}
                      onClick={() => setOrder({ key, down: down === null ? isNumber === true : !down })}
                    >
                      {head}
                      <span aria-hidden="true">{down === null ? "" : down ? " ↓" : " ↑"}</span>
                    </button>
                  ) : (
                    head
                  )}
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {sorted.map((row, at) => (
            <tr key={keyOf(row, at)}>
              {columns.map(({ key, head, isNumber, isWide, cell }) => (
                <td key={key} data-head={head} className={isNumber ? "num" : isWide ? "wide" : undefined}>
                  {cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        {total && (
          <tfoot>
            <tr>
              {columns.map(({ key, isNumber }, at) => (
                <td key={key} className={isNumber ? "num" : undefined}>
                  {total[at]}
                </td>
              ))}
            </tr>
          </tfoot>
        )}
      </table>
    </ScrollBox>
  );
}

function compare(a: string | number | null, b: string | number | null): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? -1 : 1;
  return typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b));
}
