import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database, { SqliteError } from "better-sqlite3";
import { Kysely, SqliteDialect } from "kysely";
import { afterEach, beforeEach, expect, it } from "vitest";
import { verifyLedger } from "../ledger/verify.service.ts";
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
  sqlite.exec(`INSERT INTO category VALUES (1, 'Coffee'); INSERT INTO brand VALUES (1, 'Kestrel', 1);
    INSERT INTO product (id, code, name, brand_id) VALUES (1, 'K', 'Kestrel 250 g', 1);
    INSERT INTO visit (id, account_id, date, store, source) VALUES (7, 1, '2026-01-02', 'Albion 1', 'field sales');
    INSERT INTO shelf_check (visit_id, product_id, on_shelf, display_present) VALUES (7, 1, 1, 0)`);
  await db.destroy();
}

it("brings a filled store of the first release up to date, keeps its rows, and backs it up before each step", async () => {
  await firstRelease();
  const store = await openStore({ path, today: "2026-11-21" });
  expect(await store.db.selectFrom("claim").select("amount_minor").execute()).toEqual([{ amount_minor: 12345 }]);
  expect(await store.db.selectFrom("claim_request").selectAll().execute()).toEqual([]);
  const checks = store.db.selectFrom("shelf_check").innerJoin("visit", "visit.id", "visit_id");
  expect(await checks.select(["visit.store", "on_shelf", "display_present", "confidence"]).execute()).toEqual([
    { store: "Albion 1", on_shelf: 1, display_present: 0, confidence: null },
  ]);
  expect(await integrity(store)).toBe("ok");
  await closeStore(store);
  for (const name of LATER) {
    const backup = new Database(`${path}.before-${name}`, { readonly: true });
    expect(backup.prepare("SELECT count(*) FROM claim").pluck().get()).toBe(1);
    expect(backup.prepare("SELECT count(*) FROM migration WHERE name = ?").pluck().get(name)).toBe(0);
    backup.close();
  }
});

it("opens the books of an older store on what its funds, transfers and promotions hold", async () => {
  await firstRelease();
  const sqlite = new Database(path);
  sqlite.exec(`INSERT INTO person VALUES ('ana', 'Ana', 'kam'), ('eva', 'Eva', 'finance');
    INSERT INTO fund (id, account_id, name, start, "end", amount_minor) VALUES (7, 1, 'Old', '2026-01-01', '2026-12-31', 90000), (8, 1, 'New', '2027-01-01', '2027-12-31', 0);
    INSERT INTO fund_transfer (from_fund, to_fund, amount_minor, status, requested_by, decided_by, date) VALUES
      (7, 8, 20000, 'done', 'ana', 'eva', '2026-05-01'), (7, 8, 11, 'requested', 'ana', NULL, '2026-05-01');
    INSERT INTO promotion (id, code, account_id, name, mechanic, feature, display, payment, status, start, "end", fund_id, created_by, created_at)
      VALUES (5, 'P-5', 1, 'Five', 'tpr', 0, 0, 'bill_back', 'ended', '2026-02-02', '2026-02-08', 7, 'ana', '2026-01-02');
    INSERT INTO promotion_spend VALUES (5, 7, 'accrued', 3000), (5, 7, 'settled', 4500), (5, 7, 'planned', 0)`);
  const budget =
    'SELECT account, fund, period, amount, planned, committed, accrued, settled, "left", currency FROM v_budget ORDER BY fund_id';
  const spend = "SELECT * FROM promotion_spend WHERE amount_minor <> 0 ORDER BY promotion_id, fund_id, state";
  const before = [budget, spend].map((query) => sqlite.prepare(query).all());
  expect(before[0]).toMatchObject([
    { amount: 700, accrued: 30, settled: 45, left: 625 },
    { amount: 200, left: 200 },
  ]);
  sqlite.close();
  const store = await openStore({ path, today: "2026-11-21" });
  expect(await verifyLedger(store)).toEqual([]);
  const after = new Database(path);
  expect([budget, spend].map((query) => after.prepare(query).all())).toEqual(before);
  const kinds = after.prepare("SELECT DISTINCT kind, by, date FROM v_ledger ORDER BY journal").all();
  expect(kinds).toEqual([
    { kind: "grant", by: "System", date: "2026-01-01" },
    { kind: "transfer", by: "Eva", date: "2026-05-01" },
    { kind: "opening", by: "System", date: "2026-01-02" },
  ]);
  expect(after.pragma("foreign_key_check")).toEqual([]);
  for (const change of [
    "UPDATE posting SET amount_minor = 1",
    "DELETE FROM posting",
    "UPDATE journal SET memo = ''",
    "DELETE FROM journal",
  ])
    expect(() => after.exec(change)).toThrow(/append-only/);
  after.close();
  await closeStore(store);
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
