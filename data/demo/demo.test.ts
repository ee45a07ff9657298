import { createHash } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dataVersion } from "../meta/dataVersion.repo.ts";
import type { Store } from "../store/open.ts";
import { temporaryStore } from "../testing.ts";
import { writeDemoMarket } from "./index.ts";
import { TABLE_ORDER } from "./tables.ts";

type Made = Awaited<ReturnType<typeof temporaryStore>>;

async function dumpHash(store: Store): Promise<string> {
  const hash = createHash("sha256");
  for (const table of TABLE_ORDER) {
    const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(table)}`.execute(store.db);
    hash.update(`${table}\n`);
    for (const row of rows) hash.update(JSON.stringify(Object.values(row)));
  }
  return hash.digest("hex");
}

describe("writing the demo market", () => {
  const open: Made[] = [];
  const fresh = async (today?: string): Promise<Store> => {
    const made = await temporaryStore(today);
    open.push(made);
    return made.store;
  };
  let first: Store;
  beforeAll(async () => {
    first = await fresh();
    await writeDemoMarket(first);
  });
  afterAll(() => Promise.all(open.map((made) => made.close())));

  it("writes the same rows for the same date, and others for another", async () => {
    const [again, later] = [await fresh(), await fresh("2026-12-07")];
    await writeDemoMarket(again);
    await writeDemoMarket(later);
    expect(await dumpHash(again)).toBe(await dumpHash(first));
    expect(await dumpHash(later)).not.toBe(await dumpHash(first));
  });

  it("refuses a store that holds accounts, and leaves it as it was", async () => {
    const before = await dumpHash(first);
    await expect(writeDemoMarket(first)).rejects.toMatchObject({ code: "wrong_state" });
    await expect(writeDemoMarket(first)).rejects.toThrow(/already holds 8 accounts.*empty store/);
    expect(await dumpHash(first)).toBe(before);
  });

  it("leaves nothing behind where it fails half way", async () => {
    const store = await fresh();
    // A row that the market will want to write too, in a table that is written late.
    await sql`insert into holiday (date, name, country) values ('2026-12-25', 'Christmas Day', 'NL')`.execute(store.db);
    await expect(writeDemoMarket(store)).rejects.toThrow();
    const { rows } = await sql<{ n: number }>`select count(*) as n from account`.execute(store.db);
    expect(rows[0]?.n).toBe(0);
  });

  it("tells how it goes, and raises the data version", async () => {
    const store = await fresh();
    const said: string[] = [];
    const before = await dataVersion(store);
    const summary = await writeDemoMarket(store, (text) => said.push(text));
    expect(said.length).toBeGreaterThan(TABLE_ORDER.length);
    expect(await dataVersion(store)).toBeGreaterThan(before);
    expect(summary).toMatchObject({ accounts: 8, products: 44 });
  });

  it("keeps every reference", async () => {
    const { rows } = await sql`pragma foreign_key_check`.execute(first.db);
    expect(rows).toEqual([]);
  });
});
