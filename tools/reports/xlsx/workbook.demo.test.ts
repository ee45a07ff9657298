import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as XLSX from "@e965/xlsx";
import JSZip from "jszip";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { visibleAccounts } from "../../../data/accounts/accounts.service.ts";
import { type DemoContext, demoContext } from "../../testing.ts";
import { buildReport, REPORTS, type ReportName } from "../build.ts";
import { reckoner } from "./testing.reckon.ts";
import { toXlsx } from "./workbook.ts";

let demo: DemoContext;
const folder = mkdtempSync(join(tmpdir(), "kam-xlsx-"));
beforeAll(async () => {
  demo = await demoContext();
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await demo.close();
});

async function workbook(report: ReportName): Promise<Buffer> {
  const context = await demo.context("dan");
  const accounts = await visibleAccounts(context.actor, demo.store);
  const one = ["account_review", "joint_business_plan"].includes(report) ? accounts[1]! : null;
  return toXlsx(await buildReport(context, { report, accounts: one ? [one] : accounts, one, period: null }));
}
const open = (file: Buffer): XLSX.WorkBook => XLSX.read(file, { cellFormula: true, cellNF: true, sheetStubs: true });
const rowsOf = (book: XLSX.WorkBook, sheet: string) =>
  XLSX.utils.sheet_to_json<Record<string, number | string>>(book.Sheets[sheet]!);

/** The sheet's promotions hold what the view says; the totals are those of the rows. */
async function expectTheView(book: XLSX.WorkBook): Promise<void> {
  const rows = rowsOf(book, "Results by promotion");
  const view = await demo.store.db.selectFrom("v_promotion_result").selectAll().execute();
  const found = rows.filter((row) => String(row.Promotion).startsWith("P-"));
  expect(found.length).toBeGreaterThan(50);
  for (const row of found) {
    const own = view.find((v) => v.promotion === row.Promotion)!;
    const near = (name: string, value: number | null) =>
      expect(row[name], `${row.Promotion} ${name}`).toBeCloseTo(value!, 6);
    near("Units", own.units);
    near("Incremental", own.gross_incremental);
    near("Uplift", own.uplift);
    near("True incremental", own.true_incremental);
    near("Net ROI", own.net_roi);
    near("Gross ROI", own.gross_roi);
  }
  const total = rows.at(-1)!;
  const sum = (name: string): number => found.reduce((all, row) => all + Number(row[name]), 0);
  expect(total.Spend).toBeCloseTo(sum("Spend"), 4);
  expect(total["Net ROI"]).toBeCloseTo(sum("Incremental profit") / sum("Spend") - 1, 8);
}

describe("a report's workbook", () => {
  it.each(REPORTS)("%s: every formula gives what is stored beside it, from the sheets' own cells", async (report) => {
    const book = open(await workbook(report));
    const value = reckoner(book);
    let formulas = 0;
    for (const sheet of book.SheetNames)
      for (const [at, cell] of Object.entries(book.Sheets[sheet]!) as [string, XLSX.CellObject][]) {
        if (cell.f === undefined) continue;
        formulas++;
        const reckoned = value(sheet, at);
        const where = `${sheet}!${at} =${cell.f}`;
        if (typeof cell.v === "number") expect(Number(reckoned) / (cell.v || 1), where).toBeCloseTo(cell.v ? 1 : 0, 9);
        else expect(reckoned, where).toBe(cell.v ?? "");
      }
    expect(formulas).toBeGreaterThan(5);
  });

  it("holds the figures of v_promotion_result, and filters, dates and a frozen header", async () => {
    const file = await workbook("post_event");
    const book = open(file);
    await expectTheView(book);
    const sheet = book.Sheets["Results by promotion"]!;
    expect(sheet["!autofilter"]?.ref).toMatch(/^A1:/);
    expect(XLSX.SSF.is_date(String(sheet.D2.z))).toBe(true);
    const xml = await (await JSZip.loadAsync(file)).file("xl/worksheets/sheet2.xml")!.async("string");
    expect(xml).toContain('state="frozen"');
    expect((await workbook("post_event")).equals(file)).toBe(true);
  });

  const office = spawnSync("soffice", ["--version"]).status === 0;
  it.skipIf(!office)(
    "opens in LibreOffice, which recalculates it to the same (skipped where there is no soffice)",
    async () => {
      const zip = await JSZip.loadAsync(await workbook("post_event"));
      // What is stored beside the formulas is made wrong, so that what comes out was reckoned.
      for (const path of Object.keys(zip.files).filter((name) => name.startsWith("xl/worksheets/sheet")))
        zip.file(path, (await zip.file(path)!.async("string")).replace(/<\/f><v>[^<]*<\/v>/g, "</f><v>-77</v>"));
      const profile = join(folder, "profile");
      mkdirSync(join(profile, "user"), { recursive: true });
      writeFileSync(
        join(profile, "user", "registrymodifications.xcu"),
        '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>',
      );
      writeFileSync(join(folder, "wrong.xlsx"), await zip.generateAsync({ type: "nodebuffer" }));
      const run = spawnSync(
        "soffice",
        [
          `-env:UserInstallation=file://${profile}`,
          "--headless",
          "--convert-to",
          "xlsx",
          "--outdir",
          join(folder, "reckoned"),
          join(folder, "wrong.xlsx"),
        ],
        { encoding: "utf8" },
      );
      expect(run.status, run.stderr).toBe(0);
      await expectTheView(open(readFileSync(join(folder, "reckoned", "wrong.xlsx"))));
    },
    60_000,
  );
});
