import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, statfsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { sql } from "kysely";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { KamError } from "../common/errors.ts";
import { closeStore, openStore, type Store } from "../store/open.ts";
import { importFile } from "./testing.importFile.ts";
import { type Bench, bench, salesMap, salesRows } from "./testing.ts";

let b: Bench;
beforeEach(async () => {
  b = await bench();
});
afterEach(() => b.close());

const HEADER = ["account", "product", "week", "units", "price"];
const CSV = `${[
  HEADER,
  ...Array.from({ length: 30 }, (_, i) => ["Albion Fresh", `Kestrel ${i}`, "2026-10-05", 100 + i, 2.5]),
]
  .map((row) => row.join(","))
  .join("\n")}\n`;

describe("a store that cannot be written", () => {
  const monday = (week: number): string => new Date(Date.UTC(2020, 0, 6 + 7 * week)).toISOString().slice(0, 10);
  const lines = Array.from(
    { length: 8_000 },
    (_, i) => `Albion,Kestrel ${i % 40},${monday(Math.floor(i / 40))},${i},2.5`,
  );
  const many = `${HEADER.join()}\n${lines.join("\n")}\n`;
  const rowCount = (path: string): number => {
    const db = new Database(path, { readonly: true });
    const { n } = db.prepare("SELECT count(*) AS n FROM sales_week").get() as { n: number };
    db.close();
    return n;
  };

  it("locked by another program", async () => {
    const store = await openStore({ path: b.store.path, today: b.store.today, busyTimeout: 50 });
    const other = new Database(b.store.path);
    other.exec("BEGIN IMMEDIATE");
    const file = b.file("s.csv", CSV);
    await expect(importFile(store, { file, map: salesMap() })).rejects.toMatchObject({ code: "store_locked" });
    other.exec("ROLLBACK");
    expect(await importFile(store, { file, map: salesMap() })).toMatchObject({ written: 30 });
    other.close();
    await closeStore(store);
  });

  it("that may not grow any more: whole batches are in, and a re-run completes it", async () => {
    const file = b.file("s.csv", many);
    await b.run("first.csv", CSV, salesMap());
    const { rows } = await sql<{ n: number }>`SELECT page_count AS n FROM pragma_page_count`.execute(b.store.db);
    await sql.raw(`PRAGMA max_page_count = ${rows[0]!.n + 60}`).execute(b.store.db);
    const problem = await importFile(b.store, { file, map: salesMap(), batchRows: 1_000 }).catch(
      (thrown: unknown) => thrown,
    );
    expect(problem).toMatchObject({ code: "store_full" });
    const done = (problem as KamError).detail.rows_done as number;
    expect((problem as Error).message).toContain(`The first ${done} rows are in whole batches`);
    expect(done % 1_000).toBe(0);
    expect(rowCount(b.store.path)).toBe(30 + done);
    await sql.raw("PRAGMA max_page_count = 1000000").execute(b.store.db);
    expect(await importFile(b.store, { file, map: salesMap() })).toMatchObject({
      written: 8_000 - done,
      unchanged: done,
    });
  });

  /** A disk of its own, of some size, with a store on it. */
  async function onDisk(size: string, work: (store: Store, mount: string) => Promise<void>): Promise<void> {
    const mount = join(b.folder, "small");
    mkdirSync(mount);
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${size}`, "tmpfs", mount]);
    try {
      const store = await openStore({ path: join(mount, "store.db"), today: b.store.today });
      await work(store, mount).finally(() => closeStore(store));
    } finally {
      execFileSync("umount", ["-l", mount]);
    }
  }

  it.skipIf(!mayMount())("on a full disk: nothing is written", () =>
    onDisk("1m", async (store) => {
      const problem = importFile(store, { file: b.file("s.csv", many), map: salesMap() });
      await expect(problem).rejects.toMatchObject({ code: "store_full", message: expect.stringContaining("MB left") });
      expect(await salesRows(store)).toEqual([]);
    }),
  );

  it.skipIf(!mayMount())("on a disk that fills up meanwhile: whole batches only", () =>
    onDisk("8m", async (store, mount) => {
      let filled = false;
      const onProgress = () => {
        const left = statfsSync(mount);
        if (!filled) writeFileSync(join(mount, "filler"), Buffer.alloc(left.bavail * left.bsize - 65_536));
        filled = true;
      };
      const options = { file: b.file("s.csv", many), map: salesMap(), batchRows: 1_000, onProgress };
      await expect(importFile(store, options)).rejects.toMatchObject({ code: "store_full" });
      const rows = (await salesRows(store)).length;
      expect(rows).toBeGreaterThan(0);
      expect(rows % 1_000).toBe(0);
      const { rows: check } = await sql<{ integrity_check: string }>`PRAGMA integrity_check`.execute(store.db);
      expect(check).toEqual([{ integrity_check: "ok" }]);
    }),
  );

  it("that may be read only", async () => {
    await b.run("first.csv", CSV, salesMap());
    await sql`PRAGMA query_only = ON`.execute(b.store.db);
    const problem = b.run("s.csv", CSV.replaceAll("2.5", "2.4"), salesMap());
    await expect(problem).rejects.toMatchObject({ code: "store_read_only" });
    await sql`PRAGMA query_only = OFF`.execute(b.store.db);
    expect((await salesRows(b.store)).every((row) => row.price === 2.5)).toBe(true);
  });
});

function mayMount(): boolean {
  return process.platform === "linux" && process.getuid?.() === 0 && spawnSync("unshare", ["-m", "true"]).status === 0;
}
