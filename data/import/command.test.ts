import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { importCommand } from "../../server/cli/commands/import.ts";
import { closeStore, openStore } from "../store/open.ts";
import type { ImportReport } from "./index.ts";
import { type Bench, bench, salesMap, salesRows } from "./testing.ts";

/** `kam import` itself: what it prints, and how it ends. */

let b: Bench;
let printed: string[];
beforeEach(async () => {
  b = await bench();
  printed = [];
  vi.spyOn(process.stdout, "write").mockImplementation((text) => printed.push(String(text)) > 0);
});
afterEach(async () => {
  vi.restoreAllMocks();
  await b.close();
});

const GOOD = "account,product,week,units,price\nAlbion,Kestrel,2026-10-05,10,2\nAlbion,Kestrel,2026-10-12,10,2\n";
const call = (file: string, more: Partial<Parameters<typeof importCommand>[0]> = {}): Promise<ImportReport> =>
  importCommand({
    db: join(b.folder, "made", "store.db"),
    today: "2026-11-21",
    file,
    map: b.file("map.json", JSON.stringify(salesMap())),
    dryRun: false,
    json: false,
    ...more,
  });

it("makes the store, and says in one line what it did", async () => {
  await call(b.file("s.csv", GOOD));
  expect(printed.join("")).toMatch(
    /s\.csv \(sales\): 2 rows read, 2 written, 0 unchanged, 0 rejected, 0 skipped; new: 1 account, 1 product, 1 brand, 1 category \(\d+\.\d s\)\n$/,
  );
  const store = await openStore({ path: join(b.folder, "made", "store.db"), today: "2026-11-21", mustExist: true });
  expect(await salesRows(store)).toHaveLength(2);
  await closeStore(store);
});

it("prints the report as JSON", async () => {
  const report = await call(b.file("s.csv", GOOD), { json: true });
  expect(JSON.parse(printed.join(""))).toEqual(report);
  expect(Object.keys(report).join()).toBe(
    "file,kind,read,written,unchanged,rejected,skipped,created,rejects,rejects_file,warnings,seconds,dry_run",
  );
});

it("ends with the rejected rows, after the report, the others being in", async () => {
  const file = b.file("s.csv", `${GOOD}Albion,Kestrel,2026-10-19,10,-2\n=1+1,Kestrel,2026-10-19,"x\ny",2\n`);
  const problem = await call(file).catch((thrown: unknown) => thrown);
  expect(problem).toMatchObject({
    code: "rows_rejected",
    message: `2 of 4 rows rejected; the first, line 4, column price: "-2" is negative; all of them are in ${file}.rejects.csv.`,
  });
  expect(printed.join("")).toContain("4 rows read, 2 written, 0 unchanged, 2 rejected");
  expect(readFileSync(`${file}.rejects.csv`, "utf8")).toBe(
    'line,column,value,reason\r\n4,price,\'-2,is negative\r\n5,units,"x\ny",is not a number in the form 1234.56\r\n',
  );
});

it("keeps line breaks and control characters out of its one line", async () => {
  const file = b.file("s.csv", `account,product,week,units,price\nAlbion,Kestrel,2026-10-05,"1\n\u001b[31m2",2\n`);
  await expect(call(file)).rejects.toMatchObject({ message: expect.stringContaining('"1 [31m2" is not a number') });
});

it("writes the rejects where it is told", async () => {
  const rejects = join(b.folder, "bad.csv");
  await call(b.file("s.csv", `${GOOD}Albion,,2026-10-19,10,2\n`), { rejects }).catch(() => undefined);
  expect(readFileSync(rejects, "utf8")).toContain("4,product,,is missing");
});

it("makes no store for a file that is wrong, nor in a dry run", async () => {
  await expect(call(b.file("s.csv", GOOD.slice(0, -15)))).rejects.toMatchObject({ code: "file_truncated" });
  await expect(call(b.file("s.csv", GOOD), { map: join(b.folder, "no.json") })).rejects.toMatchObject({
    code: "mapping",
  });
  expect(await call(b.file("s.csv", GOOD), { dryRun: true })).toMatchObject({ written: 2, dry_run: true });
  expect(printed.join("")).toMatch(/^Dry run, nothing is written: /);
  expect(existsSync(join(b.folder, "made"))).toBe(false);
});
