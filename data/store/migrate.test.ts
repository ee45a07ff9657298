import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database, { SqliteError } from "better-sqlite3";
import { Kysely, SqliteDialect } from "kysely";
import { afterEach, beforeEach, expect, it } from "vitest";
import { integrity } from "./health.repo.ts";
import { MIGRATIONS } from "./migrations/index.ts";
import { closeStore, openStore } from "./open.ts";

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "kam-migrate-"));
  path = join(folder, "store.db");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const [FIRST, ...LATER] = Object.keys(MIGRATIONS) as [string, ...string[]];

/** A filled store as the first release left it. */
async function firstRelease(): Promise<void> {
  const sqlite = new Database(path);
  const db = new Kysely<unknown>({ dialect: new SqliteDialect({ database: sqlite }) });
  await MIGRATIONS[FIRST]!.up(db);
  sqlite.exec("CREATE TABLE migration (name TEXT PRIMARY KEY) STRICT");
  sqlite.prepare("INSERT INTO migration VALUES (?)").run(FIRST);
  sqlite.exec("INSERT INTO account (id, code, name) VALUES (1, 'A', 'Albion Fresh')");
  sqlite.exec(
    "INSERT INTO claim (code, account_id, kind, amount_minor, date, status) VALUES ('C-1', 1, 'claim', 12345, '2026-01-01', 'open')",
  );
  await db.destroy();
}

it("brings a filled store of the first release up to date, keeps its rows, and backs it up before each step", async () => {
  await firstRelease();
  const store = await openStore({ path, today: "2026-11-21" });
  expect(await store.db.selectFrom("claim").select("amount_minor").execute()).toEqual([{ amount_minor: 12345 }]);
  expect(await store.db.selectFrom("claim_request").selectAll().execute()).toEqual([]);
  expect(await integrity(store)).toBe("ok");
  await closeStore(store);
  for (const name of LATER) {
    const backup = new Database(`${path}.before-${name}`, { readonly: true });
    expect(backup.prepare("SELECT count(*) FROM claim").pluck().get()).toBe(1);
    expect(backup.prepare("SELECT count(*) FROM migration WHERE name = ?").pluck().get(name)).toBe(0);
    backup.close();
  }
});

it("makes no backup of a store that holds nothing, and none when there is nothing to do", async () => {
  await closeStore(await openStore({ path, today: "2026-11-21" }));
  await closeStore(await openStore({ path, today: "2026-11-21" }));
  for (const name of Object.keys(MIGRATIONS)) expect(existsSync(`${path}.before-${name}`)).toBe(false);
});

it("leaves the store as it was where a step fails, and refuses one of a newer release", async () => {
  await firstRelease();
  const sqlite = new Database(path);
  sqlite.exec("CREATE TABLE claim_request (x INTEGER)");
  await expect(openStore({ path, today: "2026-11-21" })).rejects.toThrow(/claim_request/);
  expect(sqlite.prepare("SELECT count(*) FROM migration").pluck().get()).toBe(1);
  sqlite.exec("DROP TABLE claim_request; INSERT INTO migration VALUES ('9999_tomorrow')");
  await expect(openStore({ path, today: "2026-11-21" })).rejects.toMatchObject({ code: "store_newer" });
  sqlite.close();
});

/** Has `act` happen as the next statement that begins so is prepared; what it throws is what the statement throws. */
function atNext(start: string, act: (sqlite: Database.Database) => void): void {
  const prepare = Database.prototype.prepare;
  Database.prototype.prepare = function watched(this: Database.Database, source: string) {
    if (source.startsWith(start)) {
      Database.prototype.prepare = prepare;
      act(this);
    }
    return prepare.call(this, source);
  } as typeof prepare;
}

it("says that the disk is full where there is no room for a new store", async () => {
  atNext("commit", (sqlite) => {
    // As SQLite does where the disk is full: the transaction is gone already.
    sqlite.exec("ROLLBACK");
    throw new SqliteError("database or disk is full", "SQLITE_FULL");
  });
  await expect(openStore({ path, today: "2026-11-21" })).rejects.toMatchObject({ code: "store_full" });
  const store = await openStore({ path, today: "2026-11-21" });
  expect(await integrity(store)).toBe("ok");
  await closeStore(store);
});

it("applies a step once where two programs open a new store at the same moment", async () => {
  const open = JSON.stringify(new URL("./open.ts", import.meta.url).href);
  const other = `(await import(${open})).openStore({ path: ${JSON.stringify(path)}, today: "2026-11-21" })`;
  atNext("begin", () => void execFileSync(process.execPath, ["--input-type=module", "--eval", `await ${other}`]));
  const store = await openStore({ path, today: "2026-11-21" });
  expect(await store.db.selectFrom("claim_request").selectAll().execute()).toEqual([]);
  await closeStore(store);
});
