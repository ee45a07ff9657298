import { createReadStream } from "node:fs";
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { CsvError, parse } from "csv-parse";
import { z } from "zod";
import { KamError, toKamError } from "../../../data/common/errors.ts";
import {
  type BacktestResult,
  backtestFolds,
  type Driver,
  type Fold,
  ForecastError,
  fitModel,
  forecast,
  joinResults,
  type Panel,
} from "../../../forecasting/index.ts";

const isoDate = z.iso.date();
const specSchema = z.strictObject({
  week: z.enum(["integer", "date"]),
  drivers: z.array(z.string().min(1)).default([]),
  season: z.number().int().min(2).max(366).nullable().default(null),
  origins: z.array(z.union([z.number().int(), isoDate])).min(1),
  protocol: z.enum(["single", "rolling"]),
});
type Spec = z.infer<typeof specSchema>;

export interface BacktestArgs {
  readonly file: string;
  readonly spec: string;
  readonly out: string;
  readonly json: boolean;
}

/** `kam backtest FILE --spec SPEC.json --out OUT.csv [--json]`: the forecasting module on a foreign panel. */
export async function backtest(args: BacktestArgs): Promise<void> {
  const spec = await readSpec(args.spec);
  const table = await readTable(args.file, spec);
  const panel = toPanel(table, spec);
  const origins = spec.origins.map((o) => (typeof o === "number" ? o : weekOfDate(o)));
  const seconds = { fit: 0, predict: 0 };
  let result: BacktestResult;
  try {
    const parts = backtestFolds(panel, { origins, protocol: spec.protocol }).map((fold) => timed(fold, seconds));
    result = joinResults(parts);
  } catch (thrown) {
    if (thrown instanceof ForecastError) throw new KamError("bad_input", thrown.message, { code: thrown.code }, thrown);
    throw thrown;
  }
  await writeResult(args.out, table, panel, result);
  if (args.json) {
    const peak = process.resourceUsage().maxRSS / 1024;
    const round = (v: number) => Math.round(v * 1000) / 1000;
    console.log(
      JSON.stringify({
        rows: result.rows.length,
        fit_seconds: round(seconds.fit),
        predict_seconds: round(seconds.predict),
        peak_memory_mb: Math.round(peak),
      }),
    );
  }
}

function timed(fold: Fold, seconds: { fit: number; predict: number }): BacktestResult {
  const start = performance.now();
  const model = fitModel(fold.train, { correction: true });
  const fitted = performance.now();
  const made = forecast(model, fold.plan);
  seconds.fit += (fitted - start) / 1000;
  seconds.predict += (performance.now() - fitted) / 1000;
  return { rows: fold.rows, forecast: made };
}

async function readSpec(path: string): Promise<Spec> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (thrown) {
    throw new KamError("file_missing", `The spec ${path} cannot be read.`, {}, thrown);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (thrown) {
    throw new KamError("bad_input", `The spec ${path} is not JSON.`, {}, thrown);
  }
  const parsed = specSchema.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    throw new KamError(
      "bad_input",
      `The spec ${path} is wrong at ${issue.path.join(".") || "its top"}: ${issue.message}.`,
    );
  }
  const spec = parsed.data;
  const wanted = spec.week === "integer" ? "number" : "string";
  const other = spec.origins.find((o) => typeof o !== wanted);
  if (other !== undefined)
    throw new KamError(
      "bad_input",
      `The spec ${path} has the origin ${other} where weeks are ${spec.week === "integer" ? "integers" : "dates"}.`,
    );
  if (new Set(spec.drivers).size !== spec.drivers.length)
    throw new KamError("bad_input", `The spec ${path} names a driver twice.`);
  return spec;
}

interface Table {
  readonly accounts: Names;
  readonly products: Names;
  readonly categories: string[];
  readonly account: number[];
  readonly product: number[];
  readonly week: number[];
  readonly weekText: string[];
  readonly units: number[];
  readonly price: number[];
  readonly base: number[];
  readonly drivers: number[][];
}

class Names {
  readonly list: string[] = [];
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
}

/** Streams the CSV into columns; the first thing wrong is named with its line. */
async function readTable(file: string, spec: Spec): Promise<Table> {
  const table: Table = {
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
  let head: Record<string, number> | null = null;
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
  return table;
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

function headOf(record: readonly string[], spec: Spec, file: string): Record<string, number> {
  const head: Record<string, number> = {};
  record.forEach((name, k) => {
    if (name in head) throw new KamError("file_column", `${file} has two columns named ${name}.`);
    head[name] = k;
  });
  for (const name of ["account", "product", "week", "units", "price"]) {
    if (!(name in head))
      throw new KamError("file_column", `${file} has no column ${name}; it has ${record.join(", ").slice(0, 200)}.`);
  }
  for (const name of spec.drivers) {
    if (!(name in head))
      throw new KamError("file_column", `${file} has no column ${name}, which the spec names as a driver.`);
    if (["account", "product", "week", "units", "price", "base_price", "category"].includes(name)) {
      throw new KamError("bad_input", `The spec names ${name} as a driver; that column has a meaning of its own.`);
    }
  }
  return head;
}

function addRow(
  table: Table,
  record: readonly string[],
  head: Record<string, number>,
  spec: Spec,
  seen: Set<string>,
  where: string,
): void {
  const cell = (name: string) => record[head[name]!]!;
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
  const base = "base_price" in head ? number("base_price", Number.NaN) : Number.NaN;
  if (base <= 0) throw new KamError("bad_input", `${where}: base_price is ${base}; it must be more than 0.`);
  const a = table.accounts.index(account);
  const q = table.products.index(product);
  const key = `${a} ${q} ${week}`;
  if (seen.has(key))
    throw new KamError("bad_input", `${where}: ${account}, ${product} has a second row for week ${weekText}.`);
  seen.add(key);
  table.categories[q] ??= "category" in head ? cell("category") : "";
  table.account.push(a);
  table.product.push(q);
  table.week.push(week);
  table.weekText.push(weekText);
  table.units.push(units);
  table.price.push(price);
  table.base.push(base);
  spec.drivers.forEach((name, d) => {
    table.drivers[d]!.push(number(name, 0));
  });
}

function integerWeek(text: string, where: string): number {
  const v = Number(text);
  if (text === "" || !Number.isInteger(v) || Math.abs(v) > 500_000)
    throw new KamError("bad_input", `${where}: week is "${text}", which is not a whole number.`);
  return v;
}

function dateWeek(text: string, where: string): number {
  if (!isoDate.safeParse(text).success)
    throw new KamError("bad_input", `${where}: week is "${text}", which is not a date (YYYY-MM-DD).`);
  return weekOfDate(text);
}

/** Weeks since Monday 29 December 1969, for the week a date lies in. */
function weekOfDate(text: string): number {
  return Math.floor((Date.parse(`${text}T00:00:00Z`) / 86_400_000 + 3) / 7);
}

function toPanel(table: Table, spec: Spec): Panel {
  const drivers = spec.drivers.map((name, d): Driver => {
    const values = Float64Array.from(table.drivers[d]!);
    return { name, kind: kindOf(values, table), values };
  });
  return {
    accounts: table.accounts.list,
    products: table.products.list,
    categories: table.categories,
    account: Int32Array.from(table.account),
    product: Int32Array.from(table.product),
    week: Int32Array.from(table.week),
    price: Float64Array.from(table.price),
    basePrice: Float64Array.from(table.base),
    units: Float64Array.from(table.units),
    outOfStock: new Float64Array(table.week.length),
    season: spec.season,
    drivers,
  };
}

/** A column that is 0 in many weeks, never negative, and differs between series of a week is a promotion's support. */
function kindOf(values: Float64Array, table: Table): Driver["kind"] {
  let zeros = 0;
  let differs = false;
  const byWeek = new Map<number, number>();
  for (let i = 0; i < values.length; i++) {
    const v = values[i]!;
    if (v < 0) return "context";
    if (v === 0) zeros++;
    const known = byWeek.get(table.week[i]!);
    if (known === undefined) byWeek.set(table.week[i]!, v);
    else if (known !== v) differs = true;
  }
  const single = table.accounts.list.length * table.products.list.length === 1;
  return (differs || single) && zeros >= 0.1 * values.length ? "support" : "context";
}

/** Writes beside the target and renames, so that a reader never meets half a file. */
async function writeResult(out: string, table: Table, panel: Panel, result: BacktestResult): Promise<void> {
  const lines = ["account,product,week,mean,median,q025,q10,q90,q975"];
  const f = result.forecast;
  result.rows.forEach((row, k) => {
    const name = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
    const cells = [f.mean[k]!, f.median[k]!, f.q025[k]!, f.q10[k]!, f.q90[k]!, f.q975[k]!].map((v) =>
      Number(v.toPrecision(9)),
    );
    lines.push(
      `${name(panel.accounts[panel.account[row]!]!)},${name(panel.products[panel.product[row]!]!)},${table.weekText[row]},${cells.join(",")}`,
    );
  });
  const draft = `${out}.${process.pid}.tmp`;
  try {
    await writeFile(draft, `${lines.join("\n")}\n`);
    await rename(draft, out);
  } catch (thrown) {
    await rm(draft, { force: true });
    const code = (thrown as { code?: unknown }).code;
    if (code === "ENOENT" || code === "ENOTDIR")
      throw new KamError("bad_input", `There is no folder for ${out}; make it first.`, {}, thrown);
    if (code === "EISDIR") throw new KamError("bad_input", `${out} is a folder; name a file.`, {}, thrown);
    throw toKamError(thrown, out);
  }
}
