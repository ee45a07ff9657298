import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Bench, bench, salesMap, xlsx } from "./testing.ts";

let b: Bench;
beforeEach(async () => {
  b = await bench();
});
afterEach(() => b.close());

const HEADER = ["account", "product", "week", "units", "price"];
const book = (units: unknown) =>
  xlsx({
    Sales: [
      HEADER,
      ["Albion Fresh", "Kestrel 250 g", "2026-10-05", units, 3],
      ["Albion Fresh", "Kestrel 250 g", "2026-10-12", 5, 3],
    ] as never,
  });

describe("a workbook with formulas in its cells", () => {
  it("is taken by the values that were last calculated, and the report says so", async () => {
    const report = await b.run("s.xlsx", book({ t: "n", v: 42, f: "6*7" }), salesMap());
    expect(report.warnings.join()).toContain("One cell holds a formula (the first is D2)");
    expect(await b.store.db.selectFrom("sales_week").select("units").orderBy("week").execute()).toEqual([
      { units: 42 },
      { units: 5 },
    ]);
  });

  it("has the row rejected whose formula nobody calculated", async () => {
    const report = await b.run("s.xlsx", book({ t: "n", f: "6*7" }), salesMap());
    expect(report.rejects).toMatchObject([{ line: 2, column: "units", value: "#NOT CALCULATED!" }]);
  });

  it.each([
    ["another file", "[1]Prices!A1"],
    ["another file by its path", "'C:\\lists\\[prices.xlsx]Sheet 1'!A1"],
    ["a program", "cmd|'/c calc'!A0"],
    ["the network", 'WEBSERVICE("http://example.com")'],
  ])("is refused whole where a formula reads %s", async (_, formula) => {
    await expect(b.run("s.xlsx", book({ t: "n", v: 42, f: formula }), salesMap())).rejects.toMatchObject({
      code: "file_kind",
      message: expect.stringContaining("s.xlsx has a formula in D2 that reads another file, a program or the network"),
    });
    for (const table of ["sales_week", "account", "import_run"] as const)
      expect(await b.store.db.selectFrom(table).selectAll().execute()).toEqual([]);
  });

  it("may name its own columns in brackets", async () => {
    const report = await b.run("s.xlsx", book({ t: "n", v: 42, f: "SUM(Plan[Units])" }), salesMap());
    expect(report.rejects).toEqual([]);
  });
});
