import { spawn } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import Database from "better-sqlite3";
import { afterAll, beforeAll, expect, it } from "vitest";
import { closeStore, openStore } from "../store/open.ts";
import { importFile } from "./testing.importFile.ts";
import { KILL_BATCH, KILL_MAP } from "./testing.kill.ts";
import { type Bench, bench } from "./testing.ts";

const ROWS = 3_000;
const KILLS = 20;
const CHILD = fileURLToPath(new URL("./kill.child.ts", import.meta.url));

let b: Bench;
let file: string;
beforeAll(async () => {
  b = await bench();
  const lines = Array.from({ length: ROWS }, (_, i) => {
    const week = new Date(Date.UTC(2024, 0, 1 + 7 * (i % 100))).toISOString().slice(0, 10);
    return `Account ${Math.floor(i / 500)},Product ${Math.floor(i / 100)},${week},${(i * 7919) % 1000},${1 + (i % 90) / 100}`;
  });
  file = b.file("kill.csv", `account,product,week,units,price\n${lines.join("\n")}\n`);
});
afterAll(() => b.close());

/** Repeats itself, so that a failure can be looked into. */
let seed = 20_261_121;
const random = (below: number): number => {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
  return seed % below;
};

/** Runs the child, and kills it as soon as it says that it has passed `limit` rows. @returns whether it was killed before it was done */
function importUntil(store: string, limit: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, NODE_COMPILE_CACHE: join(b.folder, "compiled") };
    const child = spawn(process.execPath, [CHILD, store, file], { stdio: ["ignore", "pipe", "pipe"], env });
    let text = "";
    let errors = "";
    child.stdout.on("data", (piece: Buffer) => {
      text += piece.toString();
      const rows = Number(text.trimEnd().split("\n").at(-1));
      if (rows > limit) child.kill("SIGKILL");
    });
    child.stderr.on("data", (piece: Buffer) => {
      errors += piece.toString();
    });
    child.on("error", reject);
    child.on("close", (code, signal) => {
      if (signal === "SIGKILL") resolve(true);
      else if (code === 0) resolve(false);
      else reject(new Error(errors));
    });
  });
}

/** Everything of the store, by name and not by number. */
function content(path: string): unknown[] {
  const db = new Database(path);
  const rows = db.prepare("SELECT account, product, week, units, price FROM v_sales_week ORDER BY 1, 2, 3").all();
  db.close();
  return rows;
}

interface Look {
  integrity: string;
  rows: number;
  done: number;
  written: number;
  version: number;
  orphans: number;
}

/** Opens the store as it was left, and looks at it. */
function look(path: string): Look {
  const db = new Database(path);
  try {
    return db
      .prepare(
        `SELECT (SELECT integrity_check FROM pragma_integrity_check) AS integrity, (SELECT count(*) FROM sales_week) AS rows,
          (SELECT coalesce(sum(rows_done), 0) FROM import_run) AS done, (SELECT coalesce(sum(written), 0) FROM import_run) AS written,
          (SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'data_version') AS version,
          (SELECT count(*) FROM product WHERE id NOT IN (SELECT product_id FROM sales_week))
            + (SELECT count(*) FROM account WHERE id NOT IN (SELECT account_id FROM sales_week)) AS orphans`,
      )
      .get() as Look;
  } finally {
    db.close();
  }
}

it(`survives ${KILLS} kills: whole batches only, and the next run goes on`, async () => {
  const reference = join(b.folder, "reference.db");
  // This one ends by itself, and so also leaves the compiled code for the others.
  expect(await importUntil(reference, ROWS)).toBe(false);
  const expected = content(reference);
  expect(expected).toHaveLength(ROWS);

  const path = join(b.folder, "killed.db");
  const steps: number[] = [];
  let kills = 0;
  let done = 0;
  while (kills < KILLS) {
    const killed = await importUntil(path, done + random(4) * KILL_BATCH);
    if (killed) kills++;
    const seen = look(path);
    expect(seen).toEqual({
      integrity: "ok",
      rows: seen.done,
      done: seen.done,
      written: seen.done,
      version: 1 + seen.done / KILL_BATCH,
      orphans: 0,
    });
    expect(seen.done % KILL_BATCH).toBe(0);
    expect(seen.done).toBeGreaterThanOrEqual(done);
    steps.push(seen.done - done);
    done = seen.done;
    if (killed && done < ROWS) continue;
    // It was faster than the kill: whole, then, and the next kills are of a new store.
    expect(content(path)).toEqual(expected);
    for (const end of ["", "-wal", "-shm"]) if (existsSync(path + end)) rmSync(path + end);
    done = 0;
  }
  // The kills came in the middle of imports, and not all in one place.
  expect(steps.filter((step) => step > 0).length).toBeGreaterThan(KILLS / 2);

  const store = await openStore({ path, today: "2026-11-21" });
  expect(await importFile(store, { file, map: KILL_MAP, batchRows: KILL_BATCH })).toMatchObject({
    written: ROWS - done,
    unchanged: done,
  });
  await closeStore(store);
  expect(content(path)).toEqual(expected);
}, 180_000);
