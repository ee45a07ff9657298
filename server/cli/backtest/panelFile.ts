import { createReadStream } from "node:fs";
import { CsvError, parse } from "csv-parse";
import { weekIndex } from "../../../data/common/dates.ts";
import { KamError, toKamError } from "../../../data/common/errors.ts";
import { type BacktestSpec, isoDate } from "./spec.ts";

/** The columns of a panel file, a row each, in the order of the file; accounts and products by name, whatever that order. */
export interface PanelTable {
  readonly accounts: Names;
  readonly products: Names;
  /** By product; of several the one that is first by name. */
  readonly categories: string[];
  readonly account: number[];
  readonly product: number[];
  readonly week: number[];
  readonly weekText: string[];
  readonly units: number[];
  readonly price: number[];
  readonly base: number[];
  /** NaN where the cell is empty. */
  readonly drivers: number[][];
}

/** Names by the order in which they first appear, until they are sorted. */
class Names {
  list: string[] = [];
  readonly #at = new Map<string, number>();

  index(name: string): number {
    let at = this.#at.get(name);
    if (at === undefined) {
      at = this.list.length;
      this.#at.set(name, at);
      this.list.push(name);
    }
    return at;
  }

  /** Puts the names in order of their letters. @returns the new place of each old one */
  sort(): number[] {
    const before = this.list;
    this.list = before.toSorted();
    this.list.forEach((name, at) => {
      this.#at.set(name, at);
    });
    return before.map((name) => this.#at.get(name)!);
  }
}

/**
 * Streams the CSV into columns; the first thing wrong is named with its line.
 * @throws KamError file_missing, file_kind, file_truncated, file_column, bad_input, no_data
 */
export async function readPanelFile(file: string, spec: BacktestSpec): Promise<PanelTable> {
  const table: PanelTable = {
    accounts: new Names(),
    products: new Names(),
    categories: [],
    account: [],
    product: [],
    week: [],
    weekText: [],
    units: [],
    price: [],
    base: [],
    drivers: spec.drivers.map(() => []),
  };
  const seen = new Set<string>();
  const source = createReadStream(file);
  const parser = parse({ bom: true, info: true, skip_empty_lines: true, trim: true });
  source.on("error", (thrown) => parser.destroy(thrown));
  source.pipe(parser);
  let head: Head | null = null;
  let width = 0;
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
      if (head === null) {
        head = headOf(record, spec, file);
        width = record.length;
        continue;
      }
      if (record.length !== width)
        throw new KamError(
          "file_truncated",
          `${file}, line ${info.lines}: ${record.length} cells where the head has ${width}.`,
        );
      addRow(table, record, head, spec, seen, `${file}, line ${info.lines}`);
    }
  } catch (thrown) {
    throw readError(thrown, file);
  }
  if (head === null || table.week.length === 0) throw new KamError("no_data", `${file} has no rows.`);
  sortNames(table);
  return table;
}

/** Accounts and products counted by name, so that the order of rows is no matter. */
function sortNames(table: PanelTable): void {
  const accounts = table.accounts.sort();
  const products = table.products.sort();
  table.account.forEach((a, i) => {
    table.account[i] = accounts[a]!;
    table.product[i] = products[table.product[i]!]!;
  });
  const categories = [...table.categories];
  products.forEach((to, from) => {
    table.categories[to] = categories[from]!;
  });
}

function readError(thrown: unknown, file: string): KamError {
  if (thrown instanceof KamError) return thrown;
  if (thrown instanceof CsvError) {
    if (thrown.code === "CSV_QUOTE_NOT_CLOSED" || thrown.code.startsWith("CSV_RECORD_INCONSISTENT")) {
      return new KamError(
        "file_truncated",
        `${file}: the file ends or breaks inside a row (${thrown.message}).`,
        {},
        thrown,
      );
    }
    return new KamError("file_kind", `${file} is not a readable CSV file: ${thrown.message}.`, {}, thrown);
  }
  const code = (thrown as { code?: unknown }).code;
  if (code === "ENOENT") return new KamError("file_missing", `There is no file ${file}.`, {}, thrown);
  if (code === "EISDIR") return new KamError("file_kind", `${file} is a folder, not a CSV file.`, {}, thrown);
  if (code === "EACCES")
    return new KamError("file_missing", `${file} cannot be read; check its permissions.`, {}, thrown);
  return toKamError(thrown, file);
}

/** Where each column stands. */
type Head = ReadonlyMap<string, number>;

const NEEDED = ["account", "product", "week", "units", "price"];
const KNOWN = [...NEEDED, "base_price", "category"];

function headOf(record: readonly string[], spec: BacktestSpec, file: string): Head {
  const head = new Map<string, number>();
  record.forEach((name, k) => {
    if (head.has(name) && (KNOWN.includes(name) || spec.drivers.includes(name)))
      throw new KamError("file_column", `${file} has two columns named ${name}; rename one.`);
    head.set(name, k);
  });
  const there = record.join(", ").slice(0, 200);
  for (const name of NEEDED) {
    if (!head.has(name)) throw new KamError("file_column", `${file} has no column ${name}; it has ${there}.`);
  }
  for (const name of spec.drivers) {
    if (!head.has(name))
      throw new KamError(
        "file_column",
        `${file} has no column ${name}, which the spec names as a driver; it has ${there}.`,
      );
    if (KNOWN.includes(name))
      throw new KamError("bad_input", `The spec names ${name} as a driver; that column has a meaning of its own.`);
  }
  return head;
}

function addRow(
  table: PanelTable,
  record: readonly string[],
  head: Head,
  spec: BacktestSpec,
  seen: Set<string>,
  where: string,
): void {
  const cell = (name: string) => record[head.get(name)!]!;
  const number = (name: string, empty: number | null): number => {
    const text = cell(name);
    if (text === "" || text === "NA" || text === "NaN") {
      if (empty !== null) return empty;
      throw new KamError("bad_input", `${where}: ${name} is empty.`);
    }
    const v = Number(text);
    if (!Number.isFinite(v)) throw new KamError("bad_input", `${where}: ${name} is "${text}", which is not a number.`);
    return v;
  };
  const account = cell("account");
  const product = cell("product");
  if (account === "" || product === "")
    throw new KamError("bad_input", `${where}: the ${account === "" ? "account" : "product"} is empty.`);
  const weekText = cell("week");
  const week = spec.week === "integer" ? integerWeek(weekText, where) : dateWeek(weekText, where);
  const units = number("units", Number.NaN);
  if (units < 0) throw new KamError("bad_input", `${where}: units are ${units}; they must be 0 or more.`);
  const price = number("price", Number.NaN);
  if (price <= 0) throw new KamError("bad_input", `${where}: price is ${price}; it must be more than 0.`);
  const base = head.has("base_price") ? number("base_price", Number.NaN) : Number.NaN;
  if (base <= 0) throw new KamError("bad_input", `${where}: base_price is ${base}; it must be more than 0.`);
  const a = table.accounts.index(account);
  const q = table.products.index(product);
  const key = `${a} ${q} ${week}`;
  if (seen.has(key))
    throw new KamError("bad_input", `${where}: ${account}, ${product} has a second row for week ${weekText}.`);
  seen.add(key);
  const category = head.has("category") ? cell("category") : "";
  if (!(table.categories[q]! <= category)) table.categories[q] = category;
  table.account.push(a);
  table.product.push(q);
  table.week.push(week);
  table.weekText.push(weekText);
  table.units.push(units);
  table.price.push(price);
  table.base.push(base);
  spec.drivers.forEach((name, d) => {
    table.drivers[d]!.push(number(name, Number.NaN));
  });
}

const LARGEST_WEEK = 500_000;

function integerWeek(text: string, where: string): number {
  const v = Number(text);
  if (text === "" || !Number.isInteger(v))
    throw new KamError("bad_input", `${where}: week is "${text}", which is not a whole number.`);
  if (Math.abs(v) > LARGEST_WEEK)
    throw new KamError("bad_input", `${where}: week is ${text}; number the weeks one after the other.`);
  return v;
}

function dateWeek(text: string, where: string): number {
  if (!isoDate.safeParse(text).success)
    throw new KamError("bad_input", `${where}: week is "${text}", which is not a date (YYYY-MM-DD).`);
  return weekIndex(text);
}
