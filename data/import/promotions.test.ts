import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { benchWithNames, same, twice } from "./testing.kinds.ts";
import type { Bench } from "./testing.ts";

let b: Bench;
beforeEach(async () => {
  b = await benchWithNames();
});
afterEach(() => b.close());

describe("promotions", () => {
  const header =
    "code,account,name,mechanic,payment,start,end,product,discount,get,pay,feature,display,allowance,fixed_spend";
  const map = same("promotions", header.replaceAll(",", " "));
  const p1 = "P-1,Retailer A,Kestrel 20,tpr,bill_back,2026-09-07,2026-09-20";
  it("with a line a product, their state by the dates, and their history", async () => {
    const rows = [
      `${p1},K250,0.2,,,1,yes,0.45,500`,
      `${p1},Polar 1 l,0.2,,,1,yes,0.3,500`,
      "P-2,Retailer B,3 for 2,multibuy,scan_back,2027-01-04,2027-01-17,K250,,3,2,0,0,0.5,",
    ];
    expect(await twice(b, "p.csv", `${header}\n${rows.join("\n")}\n`, map)).toMatchObject({ written: 3 });
    expect(await b.store.db.selectFrom("v_promotion").selectAll().orderBy("promotion").execute()).toMatchObject([
      {
        promotion: "P-1",
        account: "Albion Fresh",
        discount: 0.2,
        status: "ended",
        feature: 1,
        display: 1,
        products: "Kestrel 250 g; Polar 1 l",
        fixed_spend: 500,
      },
      {
        promotion: "P-2",
        mechanic: "multibuy",
        get_n: 3,
        pay_n: 2,
        status: "approved",
        brand: "Kestrel",
        fixed_spend: 0,
      },
    ]);
    expect(await b.store.db.selectFrom("promotion_line").select("allowance_minor").execute()).toMatchObject([
      { allowance_minor: 45 },
      { allowance_minor: 30 },
      { allowance_minor: 50 },
    ]);
    expect(
      await b.store.db.selectFrom("promotion_history").select(["from_status", "to_status", "by"]).execute(),
    ).toEqual([
      { from_status: null, to_status: "ended", by: "dan" },
      { from_status: null, to_status: "approved", by: "dan" },
    ]);
  });
  it("are updated, with a version and a step of their history where the state moved", async () => {
    const withState = { ...map, columns: { ...map.columns, status: "status" } };
    const file = (status: string) => `${header},status\n${p1},K250,0.2,,,1,1,0.4,500,${status}\n`;
    await b.run("p.csv", file("ended"), withState);
    expect(await b.run("q.csv", file("closed"), withState)).toMatchObject({ written: 1 });
    expect(await b.store.db.selectFrom("promotion").select(["status", "version"]).execute()).toEqual([
      { status: "closed", version: 2 },
    ]);
    expect(await b.store.db.selectFrom("promotion_history").select(["from_status", "to_status"]).execute()).toEqual([
      { from_status: null, to_status: "ended" },
      { from_status: "ended", to_status: "closed" },
    ]);
    // A file without states does not move one.
    expect(await b.run("r.csv", `${header}\n${p1},K250,0.2,,,1,1,0.4,500\n`, map)).toMatchObject({
      written: 0,
      unchanged: 1,
    });
  });
  it("rejects what cannot be, or is said in two ways", async () => {
    const rows = [
      `${p1},K250,0.2,,,1,1,0.4,500`,
      `${p1},P1,0.25,,,1,1,0.4,500`,
      `${p1},K250,0.2,,,1,1,0.4,500`,
      "P-3,Retailer A,x,tpr,bill_back,2026-09-20,2026-09-07,K250,,,,,,,",
      "P-4,Retailer A,x,multibuy,bill_back,2026-09-07,2026-09-20,K250,,2,3,,,,",
      "P-5,Retailer A,x,bogof,bill_back,2026-09-07,2026-09-20,K250,,,,,,,",
      "P-6,Retailer Z,x,tpr,bill_back,2026-09-07,2026-09-20,K250,,,,,,,",
      "P-7,Retailer A,x,tpr,bill_back,2026-09-07,2026-09-20,K999,,,,,,,",
      "P-8,Retailer A,x,tpr,bill_back,2026-09-07,2026-09-20,K250,20,,,,,,",
    ];
    const report = await b.run("p.csv", `${header}\n${rows.join("\n")}\n`, map);
    expect(report.rejects.map(({ line, column, reason }) => [line, column, reason.slice(0, 30)])).toEqual([
      [3, "code", "is said otherwise in line 2"],
      [4, "code", "is in line 2 already with this"],
      [5, "end", "is before the start"],
      [6, "mechanic", "is multibuy, which needs get a"],
      [7, "mechanic", "is none of tpr, multibuy, loya"],
      [8, "account", "is no account of the store, th"],
      [9, "product", "is no product of the store; ad"],
      [10, "discount", "is not under 1 (if it is a per"],
    ]);
    expect(await b.store.db.selectFrom("promotion").select("code").execute()).toEqual([{ code: "P-1" }]);
  });
  it("with a list of products in a row", async () => {
    const list = { ...map, columns: { ...map.columns, product: null, products: "product" } };
    const report = await twice(
      b,
      "p.csv",
      `${header}\n${p1},K250; Polar 1 l,0.2,,,1,1,0.4,500\n${p1.replace("P-1", "P-2")},K250;Nothing,0.2,,,1,1,0.4,500\n`,
      list,
    );
    expect(report.rejects).toMatchObject([
      { line: 3, column: "product", reason: expect.stringContaining('holds "Nothing", which is no product') },
    ]);
    expect(await b.store.db.selectFrom("promotion_line").select("product_id").execute()).toHaveLength(2);
  });
  it("whose lines are in two batches are one", async () => {
    const rows = [`${p1},K250,0.2,,,1,1,0.4,500`, `${p1},P1,0.2,,,1,1,0.4,500`];
    const text = `${header}\n${rows.join("\n")}\n`;
    expect(await b.run("p.csv", text, map, { batchRows: 1 })).toMatchObject({ written: 2 });
    expect(await b.run("p.csv", text, map, { batchRows: 1 })).toMatchObject({ written: 0 });
    expect(await b.store.db.selectFrom("promotion").select("version").execute()).toEqual([{ version: 1 }]);
  });
});
