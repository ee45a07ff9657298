import { KamError } from "../common/errors.ts";
import { type Field, fieldsOf } from "./fields.ts";
import { type Filter, type Mapping, nearest, type Source } from "./mapping.ts";
import type { Source as File } from "./readers/source.ts";

/** A mapping's column names bound to the places where the file has them. */

export interface BoundField {
  readonly name: string;
  readonly field: Field;
  readonly source: Source;
  /** Place of the column; -1 for a constant and for `any`. */
  readonly at: number;
  /** What a message calls it: the file's own name of the column. */
  readonly label: string;
  /** For `any`: the places and their bounds. */
  readonly any: readonly { readonly at: number; readonly atLeast: number; readonly label: string }[];
}

export interface BoundFilter {
  readonly at: number;
  readonly test: Filter;
}

export interface Binding {
  readonly fields: readonly BoundField[];
  readonly skip: readonly BoundFilter[];
  readonly keep: readonly BoundFilter[];
  /** Place of the column that holds the year of a week, or -1. */
  readonly year: number;
}

const fold = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[\s_.-]+/g, " ")
    .trim();

/** @throws KamError file_column naming the columns that are there */
export function bindColumns(file: File, mapping: Mapping, where: string): Binding {
  const exact = placesBy(file.header, (name) => name);
  const folded = placesBy(file.header, fold);

  /** A name as written comes first; then one that differs in case, spaces, dots and underscores only. */
  const find = (name: string): number => {
    const places = exact.get(name) ?? folded.get(fold(name)) ?? [];
    if (places.length > 1)
      throw new KamError("file_column", `${where} has ${places.length} columns named "${name}"; name them apart.`);
    return places[0] ?? -1;
  };
  const must = (name: string | readonly string[]): number => {
    const names = typeof name === "string" ? [name] : name;
    for (const one of names) {
      const at = find(one);
      if (at >= 0) return at;
    }
    throw noColumn(file, names, where);
  };
  const fields: BoundField[] = [];
  for (const [name, field] of fieldsOf(mapping.kind)) {
    const source = mapping.columns.get(name);
    if (!source) continue;
    let at = -1;
    if (source.column !== undefined) {
      const names = typeof source.column === "string" ? [source.column] : source.column;
      if (source.optional && names.every((one) => find(one) < 0)) continue;
      at = must(names);
    }
    const any = (source.any ?? []).map((part) => ({
      at: must(part.column),
      atLeast: part.at_least,
      label: part.column,
    }));
    fields.push({ name, field, source, at, label: at >= 0 ? file.header[at]! : name, any });
  }
  const placeOf = ({ column, field }: Filter): number => {
    if (column !== undefined) return must(column);
    const at = fields.find(({ name }) => name === field)?.at ?? -1;
    if (at < 0) throw new KamError("mapping", `${where}: a filter names the field "${field}", which has no column.`);
    return at;
  };
  const filters = (list: readonly Filter[]) => list.map((test) => ({ at: placeOf(test), test }));
  const { week } = mapping;
  const year = week.format === "year_week" && week.year_column !== undefined ? must(week.year_column) : -1;
  return { fields, skip: filters(mapping.filters.skip), keep: filters(mapping.filters.keep), year };
}

function placesBy(header: readonly string[], key: (name: string) => string): Map<string, number[]> {
  const places = new Map<string, number[]>();
  for (const [at, name] of header.entries()) {
    const k = key(name);
    const list = places.get(k);
    if (list) list.push(at);
    else places.set(k, [at]);
  }
  return places;
}

function noColumn(file: File, names: readonly string[], where: string): KamError {
  const there = file.header.filter((name) => name !== "");
  const near = nearest(names[0]!, there);
  const shown = there.slice(0, 30).map(short).join(", ") + (there.length > 30 ? ` and ${there.length - 30} more` : "");
  const wanted = names.map((name) => `"${name}"`).join(" or ");
  const hint = near ? `; the nearest is "${short(near)}"` : "";
  return new KamError("file_column", `${where} has no column ${wanted}; it has ${shown || "none"}${hint}.`, {
    column: names[0],
    columns: there.slice(0, 100),
    nearest: near,
  });
}

/** One line, and not a screenful. */
export const short = (text: string): string => {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  const line = text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, " ");
  return line.length > 60 ? `${line.slice(0, 57)}…` : line;
};
