import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { utils, write } from "@e965/xlsx";
import { parquetWriteBuffer } from "hyparquet-writer";
import type { Store } from "../store/open.ts";
import { temporaryStore } from "../testing.ts";
import type { ImportReport } from "./index.ts";
import { type ImportOptions, importFile } from "./testing.importFile.ts";

/** For tests: a real store and real files in a folder of their own. */
export interface Bench {
  readonly store: Store;
  readonly folder: string;
  /** Writes a file and gives its path. */
  file(name: string, content: string | Uint8Array): string;
  /** Writes the file and imports it. */
  run(
    name: string,
    content: string | Uint8Array,
    map: unknown,
    options?: Partial<ImportOptions>,
  ): Promise<ImportReport>;
  close(): Promise<void>;
}

export async function bench(): Promise<Bench> {
  const { store, close } = await temporaryStore();
  const folder = mkdtempSync(join(tmpdir(), "kam-import-"));
  const file = (name: string, content: string | Uint8Array): string => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };
  return {
    store,
    folder,
    file,
    run: (name, content, map, options = {}) => importFile(store, { file: file(name, content), map, ...options }),
    close: async () => {
      await close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A mapping of sales that may make what it names. */
export const salesMap = (more: Record<string, unknown> = {}, columns: Record<string, unknown> = {}) => ({
  kind: "sales",
  columns: { account: "account", product: "product", week: "week", units: "units", price: "price", ...columns },
  defaults: { brand: "Kestrel", category: "Coffee" },
  create: ["accounts", "products", "brands", "categories"],
  ...more,
});

export const salesRows = (store: Store) =>
  store.db
    .selectFrom("v_sales_week")
    .select(["account", "product", "week", "units", "price", "promoted"])
    .orderBy("account")
    .orderBy("product")
    .orderBy("week")
    .execute();

type Table = readonly (readonly unknown[])[];

/** A workbook; dates become date cells. */
export function xlsx(sheets: Readonly<Record<string, Table>>): Buffer {
  const book = utils.book_new();
  for (const [name, rows] of Object.entries(sheets))
    utils.book_append_sheet(book, utils.aoa_to_sheet(rows as unknown[][], { UTC: true, cellDates: true }), name);
  return write(book, { type: "buffer", bookType: "xlsx", compression: true }) as Buffer;
}

/** A Parquet file of a table whose first row is the header. */
export function parquet([header, ...rows]: Table, rowGroupSize = 1_000): Uint8Array {
  const columnData = (header ?? []).map((name, i) => ({
    name: String(name),
    data: rows.map((row) => row[i]) as unknown[],
  }));
  return new Uint8Array(parquetWriteBuffer({ columnData, rowGroupSize }));
}
