import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as XLSX from "@e965/xlsx";
import { afterAll, describe, expect, it } from "vitest";
import { toCsv } from "./csv.ts";
import { writeReport } from "./files.ts";
import type { Report } from "./report.ts";
import { section } from "./section.ts";
import { toXlsx } from "./xlsx/workbook.ts";

const columns = [
  { key: "name", label: "Name", unit: "text" },
  { key: "start", label: "Start", unit: "date" },
  { key: "share", label: "Share", unit: "%" },
  { key: "spend", label: "Spend", unit: "money", adds: true },
] as const;
const rows = [
  { name: "=HYPERLINK(1)", start: "2026-01-05", share: 0.25, spend: 10.5, currency: "EUR" },
  { name: 'He said "go", then left', start: "2026-02-02", share: null, spend: 20, currency: "EUR" },
];
const report: Report = {
  title: "Budget",
  period: { from: "2026-01-01", to: "2026-12-31" },
  asOf: "2026-11-21",
  figures: [],
  assumptions: [],
  missing: [],
  sections: [
    section({ id: "funds", title: "Funds", columns, rows, empty: "None.", source: "v_budget" }),
    section({
      id: "mixed",
      title: "Funds",
      columns,
      rows: [rows[0]!, { ...rows[1]!, currency: "USD" }],
      empty: "None.",
      source: "v_budget",
    }),
    section({ id: "claims", title: "A/B: [open]?", columns, rows: [], empty: "None.", source: "claims" }),
  ],
};

describe("report files", () => {
  const folder = mkdtempSync(join(tmpdir(), "kam-report-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("writes CSV with quoted cells, numbers as numbers and a total only of one currency", () => {
    const text = toCsv(report);
    expect(text).toContain("'=HYPERLINK(1),2026-01-05,0.25,10.5,EUR");
    expect(text).toContain('"He said ""go"", then left",2026-02-02,,20,EUR');
    expect(text.match(/^Total/gm)).toHaveLength(1);
    expect(text).toContain("Total,,,30.5,EUR");
  });

  it("writes a workbook with typed cells, no formula but its own sums, and names that Excel takes", async () => {
    const book = XLSX.read(await toXlsx(report), { cellFormula: true, cellDates: true });
    expect(book.SheetNames).toEqual(["Summary", "Funds", "Funds (2)", "A B open"]);
    const sheet = book.Sheets.Funds!;
    expect(sheet.A2).toMatchObject({ t: "s", v: "'=HYPERLINK(1)" });
    expect(sheet.A2.f).toBeUndefined();
    expect(sheet.C2).toMatchObject({ t: "n", v: 0.25 });
    expect(sheet.D4).toMatchObject({ f: "SUBTOTAL(109,D2:D3)", v: 30.5 });
    expect(sheet["!autofilter"]).toEqual({ ref: "A1:E3" });
  });

  it("writes each person's files into a folder of her own, and says where there is none", async () => {
    const store = { path: join(folder, "store.db"), today: "2026-11-21" } as never;
    const ana = { id: "ana", name: "Ana", role: "kam", accounts: new Set<number>() } as const;
    const path = await writeReport(store, ana, report, "csv");
    expect(path).toBe(join(folder, "reports", "ana", "budget-2026-01-01-to-2026-12-31.csv"));
    expect(readFileSync(path, "utf8")).toBe(toCsv(report));
    const memory = { path: ":memory:" } as never;
    await expect(writeReport(memory, ana, report, "csv")).rejects.toMatchObject({ code: "bad_input" });
  });
});
