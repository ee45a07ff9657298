import Database from "better-sqlite3";
import { afterEach, beforeEach, expect, it } from "vitest";
import { temporaryStore } from "../testing.ts";
import { inTransaction, openStore, type Store } from "./open.ts";

let made: Awaited<ReturnType<typeof temporaryStore>>;
let other: Database.Database;
beforeEach(async () => {
  made = await temporaryStore();
  other = new Database(made.store.path, { timeout: 0 });
});
afterEach(async () => {
  other.close();
  await made.close();
});
const names = (store: Store) => store.db.selectFrom("category").select("name").execute();
const add = (store: Store, name: string) => store.db.insertInto("category").values({ name }).execute();

it("holds the write lock from its beginning, so that what it reads first is what it writes upon", async () => {
  await inTransaction(made.store, async (tx) => {
    expect(await names(tx)).toEqual([]);
    expect(() => other.exec("INSERT INTO category (name) VALUES ('Tea')")).toThrow(/locked/);
    await add(tx, "Coffee");
  });
  expect(await names(made.store)).toEqual([{ name: "Coffee" }]);
});

it("says that another program has the store where it cannot begin, and can begin again afterwards", async () => {
  const hasty = await openStore({ path: made.store.path, today: made.store.today, busyTimeout: 0 });
  other.exec("BEGIN IMMEDIATE");
  await expect(inTransaction(hasty, (tx) => add(tx, "Coffee"))).rejects.toMatchObject({ code: "store_locked" });
  other.exec("COMMIT");
  await inTransaction(hasty, (tx) => add(tx, "Coffee"));
  expect(await names(made.store)).toEqual([{ name: "Coffee" }]);
  await hasty.db.destroy();
});

it("is all or nothing", async () => {
  const broken = inTransaction(made.store, async (tx) => {
    await add(tx, "Coffee");
    await add(tx, "Coffee");
  });
  await expect(broken).rejects.toThrow(/UNIQUE/);
  expect(await names(made.store)).toEqual([]);
});
