import { distance } from "fastest-levenshtein";
import { z } from "zod";
import { isIsoDate } from "../common/dates.ts";
import { KamError } from "../common/errors.ts";
import { FIELDS, type FieldType, fieldsOf, KINDS, type KindName } from "./fields.ts";
import { isDateFormat } from "./values/date.ts";
import { NUMBER_FORMATS } from "./values/number.ts";

/** The mapping file: what a foreign file's columns mean. Strict: a word it does not know is an error. docs/import.md shows one of each kind. */

const isoDate = z.string().refine(isIsoDate, "must be a date that exists, as YYYY-MM-DD");
const columnName = z.string().min(1);
const dateFormat = z.string().refine(isDateFormat, "must be excel or made of yyyy, yy, mm, mon, dd, as in dd.mm.yyyy");

/** Where a field comes from, when a bare column name does not say enough. */
const source = z
  .strictObject({
    /** Name of the column, or several names of which the file has one. */
    column: z.union([columnName, z.array(columnName).min(1)]).optional(),
    /** The same value in every row. */
    constant: z.union([z.string(), z.number(), z.boolean()]).optional(),
    /** A flag: 1 where any of these numeric columns reaches its bound. */
    any: z
      .array(z.strictObject({ column: columnName, at_least: z.number() }))
      .min(1)
      .optional(),
    /** A flag from a number: 1 from here up. */
    at_least: z.number().optional(),
    /** `auto`, of a share: percent where any value of the file is above 1. */
    unit: z.enum(["major", "cents", "thousands", "fraction", "percent", "auto"]).optional(),
    /** Whether the file's amount holds sales tax; with `rate`, it is brought to the basis of the store. */
    tax: z.enum(["incl", "excl"]).optional(),
    rate: z.number().min(0).lt(1).optional(),
    /** A factor, for instance packs a case. */
    times: z.number().positive().optional(),
    /** The file's words for ours, compared without regard to case. */
    values: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
    /** Formats of this one column, where it differs from the rest of the file. */
    numbers: z.enum(NUMBER_FORMATS).optional(),
    dates: z.union([dateFormat, z.array(dateFormat).min(1)]).optional(),
    /** The file may lack the column. */
    optional: z.boolean().optional(),
  })
  .refine((s) => [s.column, s.constant, s.any].filter((x) => x !== undefined).length === 1, {
    message: "needs exactly one of column, constant and any",
  })
  .refine((s) => (s.tax === undefined) === (s.rate === undefined), { message: "tax and rate go together" });

const week = z.discriminatedUnion("format", [
  /** Weeks are counted: `week1` is a day of week 1. */
  z.strictObject({ format: z.literal("integer"), week1: isoDate }),
  /** The date is the first day of the week, its last day, or any day of it. */
  z.strictObject({ format: z.enum(["start", "ending", "day"]) }),
  /** Year and week, in one cell or in two columns. */
  z.strictObject({
    format: z.literal("year_week"),
    calendar: z.enum(["iso", "nrf454", "own"]).default("iso"),
    own_week1: isoDate.optional(),
    year_column: columnName.optional(),
  }),
]);

const filter = z
  .strictObject({
    /** A column by its name, or the one of a field of ours. */
    column: columnName.optional(),
    field: z.string().optional(),
    in: z.array(z.string()).optional(),
    contains: z.string().min(1).optional(),
    starts_with: z.string().min(1).optional(),
    empty: z.boolean().optional(),
  })
  .refine((f) => [f.in, f.contains, f.starts_with, f.empty].filter((x) => x !== undefined).length === 1, {
    message: "needs exactly one of in, contains, starts_with and empty",
  })
  .refine((f) => (f.column === undefined) !== (f.field === undefined), { message: "needs either column or field" });

const currency = z.string().regex(/^[A-Z]{3}$/, "must be three capital letters, as EUR");
const source_ = z.union([columnName, source]);

/** `columns` of a kind: every field of it, and no other. */
const columnsOf = (kind: KindName) =>
  z.strictObject(
    Object.fromEntries(Object.keys(FIELDS[kind]).map((name) => [name, source_.nullable().optional()])) as Record<
      string,
      z.ZodOptional<z.ZodNullable<typeof source_>>
    >,
  );

const top = z.strictObject({
  description: z.string().optional(),
  kind: z.enum(KINDS),
  columns: z.record(z.string(), z.unknown()),
  encoding: z.enum(["auto", "utf-8", "utf-16", "utf-16le", "utf-16be", "windows-1252", "latin1"]).default("auto"),
  delimiter: z.enum(["auto", ",", ";", "\t", "|"]).default("auto"),
  sheet: z.union([z.string().min(1), z.number().int().min(1)]).optional(),
  /** The line that holds the column names; 0 where none does, and columns are then named 1, 2, 3 … */
  header_row: z.number().int().min(0).default(1),
  /** Lines at the end that are no rows (totals, a copyright line). */
  skip_footer: z.number().int().min(0).max(100).default(0),
  numbers: z.enum(NUMBER_FORMATS).default("1234.56"),
  dates: z.union([dateFormat, z.array(dateFormat).min(1)]).default("yyyy-mm-dd"),
  week: week.default({ format: "start" }),
  /** Texts that mean an empty cell. */
  missing: z.array(z.string()).default([]),
  /** Attributes of what is made on the way. */
  defaults: z
    .strictObject({
      currency: currency.optional(),
      country: z.string().min(1).optional(),
      channel: z.string().min(1).optional(),
      vat_rate: z.number().min(0).lt(1).optional(),
      calendar: z.enum(["iso", "nrf454", "own"]).optional(),
      own_week1: isoDate.optional(),
      brand: z.string().min(1).optional(),
      category: z.string().min(1).optional(),
    })
    .default({}),
  /** What a file may make when it names something unknown; the rest is rejected. */
  create: z.array(z.enum(["accounts", "products", "brands", "categories", "people"])).default([]),
  filters: z
    .strictObject({ skip: z.array(filter).default([]), keep: z.array(filter).default([]) })
    .default({ skip: [], keep: [] }),
});

export type Source = z.infer<typeof source>;
export type Filter = z.infer<typeof filter>;
export type WeekRule = z.infer<typeof week>;
export type Mapping = Omit<z.infer<typeof top>, "columns"> & {
  /** By our field; a field that the file does not give is absent. */
  readonly columns: ReadonlyMap<string, Source>;
};

/** @throws KamError mapping, one sentence about the first thing that is wrong. */
export function parseMapping(json: unknown, where: string): Mapping {
  const parsed = top.safeParse(json);
  if (!parsed.success) throw problem(parsed.error, where);
  const { kind } = parsed.data;
  const columns = columnsOf(kind).safeParse(parsed.data.columns);
  if (!columns.success) throw problem(columns.error, where, ["columns"], Object.keys(FIELDS[kind]));
  const bySource = new Map<string, Source>();
  for (const [field, given] of Object.entries(columns.data)) {
    if (given !== null && given !== undefined)
      bySource.set(field, typeof given === "string" ? { column: given } : given);
  }
  for (const [field, { required }] of Object.entries(FIELDS[kind]).map(
    ([n, f]) => [n, f as { required?: true }] as const,
  )) {
    if (required && !bySource.has(field))
      throw new KamError("mapping", `${where}: columns.${field} is missing; a file of ${kind} cannot do without it.`);
  }
  for (const [field, given] of bySource) checkUse(field, given, kind, where);
  const own = parsed.data.week;
  if (own.format === "year_week" && own.calendar === "own" && !own.own_week1)
    throw new KamError("mapping", `${where}: week.own_week1 is missing; the calendar "own" counts from it.`);
  return { ...parsed.data, columns: bySource };
}

/** Units, tax and bounds say something of some types of field only. */
function checkUse(name: string, source: Source, kind: KindName, where: string): void {
  const field = fieldsOf(kind).get(name)!;
  const refuse = (word: string): KamError =>
    new KamError("mapping", `${where}: columns.${name}: ${word} means nothing for a ${field.type} field.`);
  if (source.unit !== undefined && !(UNITS[field.type] ?? []).includes(source.unit))
    throw refuse(`unit "${source.unit}"`);
  if (source.tax !== undefined && field.tax === undefined) throw refuse("tax");
  if (source.times !== undefined && UNITS[field.type] === undefined) throw refuse("times");
  if (source.any !== undefined && field.type !== "flag") throw refuse("any");
  if (source.at_least !== undefined && field.type !== "flag") throw refuse("at_least");
}

const MONEY_UNITS = ["major", "cents", "thousands"];
const UNITS: Partial<Record<FieldType, readonly string[]>> = {
  money: MONEY_UNITS,
  allowance: MONEY_UNITS,
  price: ["major", "cents"],
  quantity: ["major", "thousands"],
  rate: ["fraction", "percent"],
  share: ["fraction", "percent", "auto"],
  flag: ["fraction", "percent", "auto"],
  integer: [],
  number: ["major", "thousands", "fraction", "percent"],
};

function problem(error: z.ZodError, where: string, prefix: string[] = [], known: string[] = []): KamError {
  const issue = deepest(error.issues[0]!);
  const path = [...prefix, ...issue.path.map(String)].join(".");
  if (issue.code === "unrecognized_keys") {
    const key = issue.keys[0]!;
    const words = known.length > 0 && issue.path.length === 0 ? known : Object.keys(top.shape);
    const near = nearest(key, words);
    const place = path === "" ? "" : ` in ${path}`;
    return new KamError(
      "mapping",
      `${where}: unknown word "${key}"${place}${near ? `; did you mean "${near}"?` : "."}`,
    );
  }
  const text = issue.message.replace(/^Invalid input: /, "").replace(/\.$/, "");
  return new KamError("mapping", `${where}: ${path || "the mapping"}: ${text}.`);
}

/** Of a union's failed branches, the one that got furthest says what was meant. */
function deepest(issue: z.core.$ZodIssue, path: PropertyKey[] = []): z.core.$ZodIssue {
  const here = { ...issue, path: [...path, ...issue.path] } as z.core.$ZodIssue;
  if (issue.code !== "invalid_union" || issue.errors.length === 0) return here;
  const inner = issue.errors
    .map((branch) => branch[0])
    .filter((branch) => branch !== undefined)
    .map((branch) => deepest(branch, here.path))
    .filter((branch) => branch.code !== "invalid_type" || branch.path.length > here.path.length);
  return inner[0] ?? here;
}

/** The nearest of `words` to what was written, if any is near at all. */
export function nearest(written: string, words: Iterable<string>): string | null {
  const fold = written.toLowerCase();
  let best: string | null = null;
  let bound = Math.max(2, Math.floor(fold.length / 2)) + 1;
  for (const word of words) {
    const d = distance(fold, word.toLowerCase());
    if (d < bound) {
      bound = d;
      best = word;
    }
  }
  return best;
}
