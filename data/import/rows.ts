import type { Binding, BoundField, BoundFilter } from "./bind.ts";
import type { Mapping } from "./mapping.ts";
import { type Cell, isBlank, type SourceRow, showCell } from "./readers/source.ts";
import { Bad } from "./values/bad.ts";
import { type Converter, converterFor, type Value } from "./values/convert.ts";
import { numberReader } from "./values/number.ts";

/** A rejected row: one problem, the first one found, with the file's own name of the column and the value as it stands there. */
export interface Reject {
  readonly line: number;
  readonly column: string;
  readonly value: string;
  readonly reason: string;
}

/** Reads a file's rows into checked rows of a kind. */
export interface RowReader {
  /** False for a row that the mapping's filters leave out. */
  wanted(row: SourceRow): boolean;
  /** The checked row, or the reject. */
  read(row: SourceRow): { readonly values: Readonly<Record<string, Value>> } | { readonly reject: Reject };
  /** The reject of a row that is well formed and yet cannot be taken. */
  reject(row: SourceRow, bad: Bad): Reject;
}

/** Greatest number in each column whose unit the file itself has to tell, by the field's name. */
export type Largest = ReadonlyMap<string, number>;

export function rowReader(binding: Binding, mapping: Mapping, width: number, largest: Largest): RowReader {
  const converters = binding.fields.map((bound) => ({ bound, convert: fieldReader(bound, binding, mapping, largest) }));
  const skip = binding.skip.map(filterTest);
  const keep = binding.keep.map(filterTest);

  const rejectOf = (row: SourceRow, bound: BoundField | undefined, bad: Bad): Reject => ({
    line: row.line,
    column: bound?.label ?? bad.field ?? "",
    value: bound ? shown(row, bound) : "",
    reason: bad.reason,
  });

  return {
    wanted: (row) => !skip.some((test) => test(row.cells)) && keep.every((test) => test(row.cells)),
    read(row) {
      const wrong = wrongWidth(row, width);
      if (wrong) return { reject: { line: row.line, column: "", value: "", reason: wrong } };
      const values: Record<string, Value> = {};
      for (const { bound, convert } of converters) {
        const value = convert(row.cells);
        if (value instanceof Bad) return { reject: rejectOf(row, bound, value) };
        values[bound.name] = value;
      }
      return { values };
    },
    reject: (row, bad) =>
      rejectOf(
        row,
        binding.fields.find((bound) => bound.name === bad.field),
        bad,
      ),
  };
}

function wrongWidth(row: SourceRow, width: number): string | null {
  const { cells } = row;
  if (cells.length < width) return `the row has ${cells.length} cells, the header has ${width}`;
  for (let i = width; i < cells.length; i++)
    if (!isBlank(cells[i]))
      return `the row has ${cells.length} cells, the header has ${width}; a separator inside a value needs quotes`;
  return null;
}

const shown = (row: SourceRow, bound: BoundField): string =>
  bound.at >= 0 ? showCell(row.cells[bound.at]) : String(bound.source.constant ?? "");

function fieldReader(
  bound: BoundField,
  binding: Binding,
  mapping: Mapping,
  largest: Largest,
): (cells: readonly Cell[]) => Value | Bad {
  if (bound.any.length > 0) return anyReader(bound, mapping);
  const convert: Converter = converterFor(bound, mapping, largest.get(bound.name) ?? 0);
  if (bound.at < 0) {
    const constant = convert(bound.source.constant ?? null);
    return () => constant;
  }
  const { at } = bound;
  if (bound.field.type === "week" && binding.year >= 0)
    return (cells) => convert(cells[at], cells[binding.year] ?? null);
  return (cells) => convert(cells[at]);
}

/** A flag that is up where any of some columns reaches its bound. */
function anyReader(bound: BoundField, mapping: Mapping): (cells: readonly Cell[]) => Value | Bad {
  const read = numberReader(bound.source.numbers ?? mapping.numbers);
  return (cells) => {
    let flag = 0;
    for (const { at, atLeast, label } of bound.any) {
      const n = numberOf(cells[at], read);
      if (n === null) return new Bad(`has "${showCell(cells[at])}" in ${label}, which is not a number`);
      if (n >= atLeast) flag = 1;
    }
    return flag;
  };
}

const numberOf = (cell: Cell | undefined, read: (text: string) => number | null): number | null =>
  isBlank(cell)
    ? 0
    : typeof cell === "number"
      ? Number.isFinite(cell)
        ? cell
        : null
      : typeof cell === "boolean"
        ? Number(cell)
        : read(showCell(cell));

function filterTest({ at, test }: BoundFilter): (cells: readonly Cell[]) => boolean {
  const fold = (text: string): string => text.trim().toLowerCase();
  const words = new Set((test.in ?? []).map(fold));
  const contains = test.contains === undefined ? null : fold(test.contains);
  const start = test.starts_with === undefined ? null : fold(test.starts_with);
  return (cells) => {
    const cell = fold(showCell(cells[at]));
    if (test.empty !== undefined) return (cell === "") === test.empty;
    if (contains !== null) return cell.includes(contains);
    return start !== null ? cell.startsWith(start) : words.has(cell);
  };
}

/** @returns what notes, row by row, the greatest number of each column whose unit is `auto` */
export function largestOf(binding: Binding, mapping: Mapping): { note(row: SourceRow): void; largest: Largest } {
  const auto = binding.fields.filter(({ source, at }) => source.unit === "auto" && at >= 0);
  const largest = new Map<string, number>();
  const readers = auto.map((bound) => numberReader(bound.source.numbers ?? mapping.numbers));
  return {
    largest,
    note(row) {
      for (const [i, bound] of auto.entries()) {
        const n = numberOf(row.cells[bound.at], readers[i]!);
        if (n !== null && n > (largest.get(bound.name) ?? 0)) largest.set(bound.name, n);
      }
    },
  };
}
