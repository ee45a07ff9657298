import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { ImportReport } from "../../../data/import/index.ts";
import { type Bench, bench, salesMap, salesRows } from "../../../data/import/testing.ts";
import { closeStore, openStore } from "../../../data/store/open.ts";
import { TEST_TODAY } from "../../../data/testing.ts";
import type { Invocation } from "../command.ts";
import { invocation } from "../testing.ts";
import { importFile } from "./import.ts";

/** `kam import` itself: what it says, and how it ends. */

let b: Bench;
let said: string[];
beforeEach(async () => {
  b = await bench();
});
afterEach(() => b.close());

const GOOD = "account,product,week,units,price\nAlbion,Kestrel,2026-10-05,10,2\nAlbion,Kestrel,2026-10-12,10,2\n";
const storePath = (): string => join(b.folder, "made", "store.db");
const call = async (file: string, more: Invocation["values"] = {}): Promise<void> => {
  const map = b.file("map.json", JSON.stringify(salesMap()));
  const made = invocation({ KAM_DB: storePath(), KAM_TODAY: TEST_TODAY }, { map, ...more }, [file]);
  said = made.said;
  await importFile(made);
};

it("makes the store, and says in one line what it did", async () => {
  await call(b.file("s.csv", GOOD));
  expect(said.join("\n")).toMatch(
    /s\.csv \(sales\): 2 rows read, 2 written, 0 unchanged, 0 rejected, 0 skipped; new: 1 account, 1 product, 1 brand, 1 category \(\d+\.\d s\)$/,
  );
  const store = await openStore({ path: storePath(), today: TEST_TODAY, mustExist: true });
  expect(await salesRows(store)).toHaveLength(2);
  await closeStore(store);
});

it("prints the report as JSON", async () => {
  await call(b.file("s.csv", GOOD), { json: true });
  const report = JSON.parse(said.join("\n")) as ImportReport;
  expect(report).toMatchObject({ read: 2, written: 2, rejected: 0, dry_run: false });
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
  expect(said.join("\n")).toContain("4 rows read, 2 written, 0 unchanged, 2 rejected");
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
  await call(b.file("s.csv", GOOD), { "dry-run": true });
  expect(said.join("\n")).toMatch(/^Dry run, nothing is written: .* 2 written/);
  expect(existsSync(join(b.folder, "made"))).toBe(false);
});
