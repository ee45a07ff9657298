import { existsSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { verifyAudit } from "../audit/verify.service.ts";
import { dataVersion } from "../meta/dataVersion.repo.ts";
import { type Bench, bench, salesMap, salesRows, xlsx } from "./testing.ts";

let b: Bench;
beforeEach(async () => {
  b = await bench();
});
afterEach(() => b.close());

const HEADER = "account,product,week,units,price";
const csv = (...lines: string[]): string => `${[HEADER, ...lines].join("\n")}\n`;
const weekly = (n: number, price = "2.99"): string[] =>
  Array.from(
    { length: n },
    (_, i) =>
      `Albion,Kestrel ${i % 3},${new Date(Date.UTC(2024, 0, 1 + 7 * Math.floor(i / 3))).toISOString().slice(0, 10)},${i},${price}`,
  );
const only = (b: Bench) => b.store.db.selectFrom("sales_week").selectAll().executeTakeFirstOrThrow();
/** Everything that an import may write, to tell that it wrote nothing. */
async function state(b: Bench): Promise<string> {
  const tables = ["sales_week", "account", "product", "brand", "category", "import_run", "audit", "meta"] as const;
  return JSON.stringify(await Promise.all(tables.map((table) => b.store.db.selectFrom(table).selectAll().execute())));
}

describe("importing again", () => {
  it("writes nothing, and says so", async () => {
    const first = await b.run("sales.csv", csv(...weekly(50)), salesMap(), { batchRows: 20 });
    expect(first).toMatchObject({
      read: 50,
      written: 50,
      created: { accounts: 1, products: 3, brands: 1, categories: 1 },
    });
    const before = await state(b);
    const second = await b.run("sales.csv", csv(...weekly(50)), salesMap(), { batchRows: 20 });
    expect(second).toMatchObject({ read: 50, written: 0, unchanged: 50, created: { accounts: 0, products: 0 } });
    expect(await state(b)).toBe(before);
  });
  it("updates what a newer file says otherwise, and counts it", async () => {
    await b.run("sales.csv", csv(...weekly(50)), salesMap());
    const lines = weekly(51);
    lines[7] = lines[7]!.replace("2.99", "1.99");
    const report = await b.run("newer.csv", csv(...lines), salesMap());
    expect(report).toMatchObject({ read: 51, written: 2, unchanged: 49 });
    expect((await salesRows(b.store)).filter((row) => row.price === 1.99)).toHaveLength(1);
  });
  it("keeps the columns that the file does not have", async () => {
    await b.run("a.csv", csv("Albion,Kestrel,2026-10-05,10,2"), salesMap());
    const map = {
      kind: "sales",
      columns: { account: "account", product: "product", week: "week", units: "units", display: "display" },
    };
    await b.run("b.csv", "account,product,week,units,display\nAlbion,Kestrel,2026-10-05,11,0.5\n", map);
    expect(await only(b)).toMatchObject({ units: 11, price: 2, display: 0.5 });
  });
  it("leaves no trace of a file that brings nothing: rows known already, rows rejected, none at all", async () => {
    await b.run("sales.csv", csv(...weekly(50)), salesMap());
    const before = await state(b);
    const bad = csv(...weekly(45), "Albion,Kestrel 1,2026-10-05,1,-2.99", "Albion,Kestrel 1,not a day,1,2.99");
    expect(await b.run("bad.csv", bad, salesMap(), { batchRows: 20 })).toMatchObject({ written: 0, rejected: 2 });
    expect(await b.run("none.csv", csv(), salesMap())).toMatchObject({ read: 0, written: 0 });
    expect(await state(b)).toBe(before);
  });
  it("raises the data version with each batch that wrote, and with no other", async () => {
    const before = await dataVersion(b.store);
    await b.run("sales.csv", csv(...weekly(50)), salesMap(), { batchRows: 20 });
    expect(await dataVersion(b.store)).toBe(before + 3);
    await b.run("sales.csv", csv(...weekly(50)), salesMap(), { batchRows: 20 });
    expect(await dataVersion(b.store)).toBe(before + 3);
  });
  it("is in the audit log once", async () => {
    await b.run("sales.csv", csv(...weekly(5)), salesMap());
    await b.run("sales.csv", csv(...weekly(5)), salesMap());
    const log = await b.store.db.selectFrom("audit").select(["actor", "action", "entity_id", "after"]).execute();
    expect(log).toEqual([
      {
        actor: "dan",
        action: "import",
        entity_id: "sales.csv",
        after: '{"kind":"sales","read":5,"written":5,"rejected":0}',
      },
    ]);
    await b.run("same.csv", `${csv(...weekly(5))}\n`, salesMap());
    await b.run("bad.csv", csv("Albion,Kestrel,2026-10-05,-1,1"), salesMap());
    expect(await b.store.db.selectFrom("audit").select("id").execute()).toHaveLength(1);
    expect(await verifyAudit(b.store)).toBeNull();
  });
  it("finishes a run that an error stopped, batch by batch", async () => {
    const text = csv(...weekly(50));
    const stop = {
      onProgress: (rows: number) => {
        if (rows === 40) throw new Error("stop");
      },
    };
    await expect(b.run("sales.csv", text, salesMap(), { batchRows: 20, ...stop })).rejects.toThrow("stop");
    expect(await b.store.db.selectFrom("import_run").select(["rows_done", "written", "finished"]).execute()).toEqual([
      { rows_done: 40, written: 40, finished: 0 },
    ]);
    expect(await salesRows(b.store)).toHaveLength(40);
    expect(await b.run("sales.csv", text, salesMap(), { batchRows: 20 })).toMatchObject({ written: 10, unchanged: 40 });
    expect(await b.store.db.selectFrom("import_run").select(["rows_done", "written", "finished"]).execute()).toEqual([
      { rows_done: 50, written: 50, finished: 1 },
    ]);
  });
});

describe("a dry run", () => {
  it("counts everything and writes nothing, no reject file either", async () => {
    const before = await state(b);
    const text = csv(...weekly(50), "Albion,Kestrel 0,2026-10-05,-1,2");
    const report = await b.run("sales.csv", text, salesMap(), { dryRun: true, batchRows: 20 });
    expect(report).toMatchObject({
      read: 51,
      written: 50,
      rejected: 1,
      created: { accounts: 1, products: 3 },
      dry_run: true,
      rejects_file: null,
    });
    expect(report.rejects).toEqual([{ line: 52, column: "units", value: "-1", reason: "is negative" }]);
    expect(await state(b)).toBe(before);
    expect(existsSync(`${b.folder}/sales.csv.rejects.csv`)).toBe(false);
  });
  it("tells what a newer file would change", async () => {
    await b.run("sales.csv", csv(...weekly(9)), salesMap());
    const report = await b.run(
      "newer.csv",
      csv(...weekly(9).slice(0, 8), "Albion,Kestrel 0,2026-10-05,1,2"),
      salesMap(),
      { dryRun: true },
    );
    expect(report).toMatchObject({ written: 1, unchanged: 8 });
  });
});

describe("names", () => {
  const line = "Albion Fresh,Kestrel 250 g,2026-10-05,10,2";
  it("are rejected where the mapping does not let them be made, with the nearest", async () => {
    await b.run("a.csv", csv(line), salesMap());
    const report = await b.run(
      "b.csv",
      csv(line.replace("Albion", "Albino"), line.replace("250", "260")),
      salesMap({ create: [] }),
    );
    expect(report).toMatchObject({ written: 0, rejected: 2 });
    expect(report.rejects[0]).toMatchObject({ column: "account", value: "Albino Fresh" });
    expect(report.rejects[0]!.reason).toBe(
      'is no account of the store, the nearest is "Albion Fresh"; add it, or allow it with "create": ["accounts"]',
    );
    expect(report.rejects[1]).toMatchObject({ column: "product", value: "Kestrel 260 g" });
  });
  it("are found in any case, by alias and by code", async () => {
    await b.run("a.csv", csv(line), salesMap());
    const { id } = await b.store.db.selectFrom("account").select("id").executeTakeFirstOrThrow();
    await b.store.db.insertInto("account_alias").values({ alias: "Retailer A", account_id: id }).execute();
    const names = ["ALBION  fresh", "retailer a", "albion-fresh"];
    const lines = names.map((name, i) => `${name},kestrel 250 G,2026-10-${12 + i * 7},1,1`);
    expect(await b.run("b.csv", csv(...lines), salesMap())).toMatchObject({
      written: 3,
      created: { accounts: 0, products: 0 },
    });
  });
  it("make nothing for a row that is rejected", async () => {
    const report = await b.run(
      "a.csv",
      csv("Bramley,Kestrel,2026-10-05,-1,2", "Cormorant,Kestrel,2026-10-05,1,2", "Delphi,Kestrel,2026-10-05,1,zero"),
      salesMap(),
    );
    expect(report).toMatchObject({ written: 1, rejected: 2, created: { accounts: 1, products: 1 } });
    expect(await b.store.db.selectFrom("account").select("name").execute()).toEqual([{ name: "Cormorant" }]);
  });
  it("need a brand to make a product under, and a category for the brand", async () => {
    const bare = await b.run("a.csv", csv(line), salesMap({ defaults: {} }));
    expect(bare.rejects[0]!.reason).toContain("names no brand to make it under");
    const half = await b.run("a.csv", csv(line), salesMap({ defaults: { brand: "Kestrel" } }));
    expect(half.rejects[0]!.reason).toContain("names no category to make it in");
    const strict = await b.run("a.csv", csv(line), salesMap({ create: ["accounts", "products"] }));
    expect(strict.rejects[0]!.reason).toContain("is no brand of the store");
    expect(await b.store.db.selectFrom("account").selectAll().execute()).toEqual([]);
  });
  it("give what is made its attributes, and codes that differ", async () => {
    const map = salesMap({ defaults: { brand: "K", category: "C", currency: "USD", country: "US", vat_rate: 0.07 } });
    await b.run("a.csv", csv("A & P,x,2026-10-05,1,1", "A P,x,2026-10-05,1,1", "a-p,x,2026-10-05,1,1"), map);
    const made = await b.store.db
      .selectFrom("account")
      .select(["name", "code", "currency", "country", "vat_rate"])
      .execute();
    const same = { currency: "USD", country: "US", vat_rate: 0.07 };
    expect(made).toEqual([
      { name: "A & P", code: "A-P", ...same },
      { name: "A P", code: "A-P-2", ...same },
      { name: "a-p", code: "A-P-3", ...same },
    ]);
  });
  it("refuse money of another currency", async () => {
    await b.run("a.csv", csv(line), salesMap());
    const report = await b.run("b.csv", csv(line), salesMap({ defaults: { currency: "USD" } }));
    expect(report.rejects[0]).toMatchObject({ column: "account", reason: "is kept in EUR, the mapping says USD" });
  });
  it("that look like an object's own parts are names", async () => {
    await b.run("a.csv", csv("__proto__,constructor,2026-10-05,1,1", "toString,__proto__,2026-10-05,1,1"), salesMap());
    expect(await salesRows(b.store)).toHaveLength(2);
  });
});

describe("units of columns", () => {
  const one = async (row: string, columns: Record<string, unknown>, more: Record<string, unknown> = {}) => {
    const header = "account,product,week,units,price,value,net,feature,promo,base";
    const report = await b.run("u.csv", `${header}\nAlbion,Kestrel,2026-10-05,${row}\n`, salesMap(more, columns));
    expect(report.rejects).toEqual([]);
    return only(b);
  };
  it("cents, thousands, cases and percent", async () => {
    const row = await one("12,329,4.5,3048,12.5 %,30,0", {
      units: { column: "units", times: 6 },
      price: { column: "price", unit: "cents" },
      value: { column: "value", unit: "thousands" },
      net_sales: { column: "net", unit: "cents" },
      feature: "feature",
      display: { column: "promo", unit: "percent" },
    });
    expect(row).toMatchObject({
      units: 72,
      price: 3.29,
      retail_value_minor: 450_000,
      net_sales_minor: 3048,
      feature: 0.125,
      display: 0.3,
    });
  });
  it("tax, taken off or put on as the store keeps the amount", async () => {
    const row = await one("10,2,24,24,0,0,0", {
      price: { column: "price", tax: "excl", rate: 0.2 },
      value: { column: "value", tax: "incl", rate: 0.2 },
      net_sales: { column: "net", tax: "incl", rate: 0.2 },
    });
    expect(row).toMatchObject({ price: 2.4, retail_value_minor: 2400, net_sales_minor: 2000 });
  });
  it("a percentage that the sheet itself shows as one", async () => {
    const cell = { t: "n", v: 0.2, z: "0%" };
    const sheet = xlsx({
      S: [
        ["account", "product", "week", "units", "price", "display"],
        ["Albion", "Kestrel", "2026-10-05", 1, 2, cell],
      ],
    });
    await b.run("p.xlsx", sheet, salesMap({}, { display: { column: "display", unit: "percent" } }));
    expect((await only(b)).display).toBe(0.2);
  });
  it("words for numbers, a constant, and cells that say they are empty", async () => {
    const row = await one(
      "10,n/a,,,Handzettel,0,0",
      { feature: { column: "feature", values: { handzettel: 1 } }, display: { constant: 0.25 } },
      { missing: ["n/a"] },
    );
    expect(row).toMatchObject({ price: null, feature: 1, display: 0.25 });
  });
  it("a share above 1 without its unit is rejected, with the remedy", async () => {
    const report = await b.run(
      "f.csv",
      "account,product,week,units,price,f\nA,K,2026-10-05,1,1,30\n",
      salesMap({}, { feature: "f" }),
    );
    expect(report.rejects[0]!.reason).toContain('"unit": "percent"');
  });
});

describe("the retailer-scanner preset", () => {
  const all = { create: ["accounts", "products", "brands", "categories"], defaults: { category: "Coffee" } };
  const header = "Market,Brand,Product,Week Ending,Units,Value,Any Promo,Feature,Display,Base Units";
  it("takes prices from value and units, and base prices where no promotion ran", async () => {
    const text = `${header}\nAlbion,Kestrel,K 250,W/E 10/17/2026,"1,000","$2,000.00",60,30,20.5,600\nAlbion,Kestrel,K 250,W/E 10/10/2026,500,"1,495.00",2,0,0,500\nAlbion,Kestrel,K 250,W/E 10/03/2026,0,0,0,0,0,0\n`;
    const report = await b.run("scan.csv", text, { preset: "retailer-scanner", ...all });
    expect(report).toMatchObject({ written: 3, rejects: [] });
    const rows = await b.store.db.selectFrom("sales_week").selectAll().orderBy("week").execute();
    expect(rows).toMatchObject([
      { week: "2026-09-28", units: 0, price: null, promoted: 0 },
      { week: "2026-10-05", units: 500, price: 2.99, base_price: 2.99, promoted: 0, base_units: 500 },
      {
        week: "2026-10-12",
        units: 1000,
        price: 2,
        base_price: null,
        promoted: 1,
        feature: 0.3,
        display: 0.205,
        retail_value_minor: 200_000,
      },
    ]);
  });
  it("takes flags for shares where no value is above 1, and yes and no", async () => {
    const text = `${header}\nAlbion,Kestrel,K,2026-10-17,10,20,1,0.4,yes,6\nAlbion,Kestrel,K,2026-10-10,10,20,0,no,0,6\n`;
    await b.run("scan.csv", text, { preset: "retailer-scanner", ...all });
    const rows = await b.store.db
      .selectFrom("sales_week")
      .select(["promoted", "feature", "display"])
      .orderBy("week")
      .execute();
    expect(rows).toEqual([
      { promoted: 0, feature: 0, display: 0 },
      { promoted: 1, feature: 0.4, display: 1 },
    ]);
  });
  it("knows the other names of the columns, and base price from base dollars", async () => {
    const text =
      "Geography,UPC Description,Brand,Time,Unit Sales,Dollar Sales,Base Unit Sales,Base Dollar Sales\nAlbion,K,Kestrel,2026-10-17,10,20,5,15\n";
    await b.run("circana.csv", text, { preset: "retailer-scanner", ...all });
    expect(await only(b)).toMatchObject({ price: 2, base_price: 3, base_units: 5 });
  });
  it("makes nothing by itself, and leaves market totals out where a filter says so", async () => {
    const text = `${header}\nTotal US,Kestrel,K,2026-10-17,10,20,0,0,0,6\nAlbion,Kestrel,K,2026-10-17,10,20,0,0,0,6\n`;
    expect(await b.run("scan.csv", text, "retailer-scanner")).toMatchObject({ rejected: 2, written: 0 });
    const filters = { skip: [{ field: "account", starts_with: "total" }] };
    const report = await b.run("scan.csv", text, { preset: "retailer-scanner", ...all, filters });
    expect(report).toMatchObject({ read: 2, written: 1, skipped: 1, rejected: 0 });
  });
  it("rejects value without units", async () => {
    const text = `${header}\nAlbion,Kestrel,K,2026-10-17,0,20,0,0,0,6\nAlbion,Kestrel,K,2026-10-10,5,0,0,0,0,6\n`;
    const { rejects } = await b.run("scan.csv", text, { preset: "retailer-scanner", ...all });
    expect(rejects).toMatchObject([
      { column: "Value", value: "20" },
      { column: "Value", value: "0" },
    ]);
  });
});

describe("the cheese preset", () => {
  it("calls no week free of promotions: a price cut without a display is no everyday price", async () => {
    const text = `account,product,category,week,units,price,display\nA,C,Cheese,1,100,3.1,0\nA,C,Cheese,2,300,2.1,0\nA,C,Cheese,3,400,2.1,0.4\n`;
    expect(await b.run("cheese.csv", text, "cheese")).toMatchObject({ written: 3 });
    const rows = await b.store.db
      .selectFrom("sales_week")
      .select(["price", "base_price", "display"])
      .orderBy("week")
      .execute();
    expect(rows).toEqual([
      { price: 3.1, base_price: null, display: 0 },
      { price: 2.1, base_price: null, display: 0 },
      { price: 2.1, base_price: null, display: 0.4 },
    ]);
  });
});
