import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { deflateRawSync, gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { KamError } from "../common/errors.ts";
import { importFile } from "./testing.importFile.ts";
import { type Bench, bench, parquet, salesMap, salesRows, xlsx } from "./testing.ts";

let b: Bench;
beforeEach(async () => {
  b = await bench();
});
afterEach(() => b.close());

const HEADER = ["account", "product", "week", "units", "price"];
const TABLE = [
  HEADER,
  ...Array.from({ length: 30 }, (_, i) => ["Albion Fresh", `Kestrel ${i}`, "2026-10-05", 100 + i, 2.5]),
];
const CSV = `${TABLE.map((row) => row.join(",")).join("\n")}\n`;

/** Expects one clear line and a store as it was. */
async function refused(
  name: string,
  content: string | Uint8Array,
  code: string,
  sentence: string | RegExp,
  map: unknown = salesMap(),
) {
  const problem = await b.run(name, content, map).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(problem).toBeInstanceOf(KamError);
  const { message } = problem as KamError;
  expect(problem).toMatchObject({ code });
  expect(message).toMatch(sentence);
  expect(message).not.toContain("\n");
  expect(message).toContain(name);
  for (const table of ["sales_week", "account", "product", "import_run"] as const)
    expect(await b.store.db.selectFrom(table).selectAll().execute()).toEqual([]);
  expect(existsSync(join(b.folder, `${name}.rejects.csv`))).toBe(false);
}

describe("a file that is cut off", () => {
  it("in the middle of a line", () =>
    refused("s.csv", CSV.slice(0, -12), "file_truncated", "its last line, 31, has 3 of 5 cells"));
  it("in a quoted cell", () =>
    refused("s.csv", `${CSV}"Albion Fresh","Kest`, "file_truncated", "one opened after line 31 is never closed"));
  it("by a stray quote that swallows the rest", () =>
    refused("s.csv", `${CSV}"Albion\n${CSV.repeat(1_200)}`, "file_truncated", "one opened after line 31"));
  it("in the middle of a character", () =>
    refused(
      "s.csv",
      Buffer.concat([Buffer.from(`${CSV}Æ`), Buffer.from([0xc3])]),
      "file_truncated",
      "middle of a character",
    ));
  it("in a gzip block", () => {
    const zipped = gzipSync(CSV.repeat(50));
    return refused("s.csv.gz", zipped.subarray(0, zipped.length - 20), "file_truncated", "gzip file that is cut off");
  });
  it("with nothing in it", () => refused("s.csv", "", "file_truncated", "is empty"));
  it("a workbook without its table of contents", () => {
    const book = xlsx({ Sales: TABLE });
    return refused("s.xlsx", book.subarray(0, book.length - 200), "file_truncated", "it has no table of contents");
  });
  it("a workbook damaged inside", () => {
    const book = Buffer.from(xlsx({ Sales: TABLE }));
    const at = book.indexOf("xl/worksheets/sheet1.xml") + 60;
    book.fill(0xff, at, at + 40);
    return refused("s.xlsx", book, "file_truncated", "xl/worksheets/sheet1.xml");
  });
  it("a Parquet file without its end", () => {
    const file = parquet(TABLE);
    return refused("s.parquet", file.subarray(0, file.length - 10), "file_truncated", "it has no table of contents");
  });
  it("a Parquet file damaged inside", () => {
    const file = parquet(TABLE);
    file.fill(0xff, 4, 120);
    return refused("s.parquet", file, "file_truncated", /rows 1 to 30|contents/);
  });
});

describe("a file of another kind", () => {
  it.each<[string, string | Uint8Array, string]>([
    ["a PDF", "%PDF-1.7\n%âãÏÓ", "is a PDF; CSV, XLSX, Parquet and JSON files are read"],
    ["a picture", Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), "is a PNG picture"],
    ["an old Excel file", Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1]), "save it as .xlsx"],
    ["an HTML page", "\ufeff\n <!DOCTYPE html><html><table>", "is an HTML page"],
    ["XML", '<?xml version="1.0"?><rows/>', "is an XML file"],
    ["JSON without a list", '{"account": "Albion"}', "is a JSON file without one list of records"],
    ["a program", Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]), "is a program"],
    ["bytes", Buffer.from("account,product\0\0\0"), "is a binary file of an unknown kind"],
    ["a gzip of another kind", gzipSync("%PDF-1.7"), "is a PDF"],
    ["a gzip of a Parquet file", gzipSync(parquet(TABLE)), "is a gzip archive of something else than CSV"],
  ])("%s", (_, content, sentence) => refused("sales.csv", content, "file_kind", sentence));
  it("a store", async () => {
    const copy = readFileSync(b.store.path);
    await refused("store.csv", copy, "file_kind", "is an SQLite database");
  });
  it("a zip archive that is no workbook", () =>
    refused(
      "sales.xlsx",
      zip([{ name: "sales.csv", data: Buffer.from(CSV) }]),
      "file_kind",
      "is a zip archive and no workbook",
    ));
  it("a folder, and no file at all", async () => {
    mkdirSync(join(b.folder, "dir.csv"));
    await expect(importFile(b.store, { file: join(b.folder, "dir.csv"), map: salesMap() })).rejects.toMatchObject({
      code: "file_missing",
    });
    const absent = importFile(b.store, { file: join(b.folder, "no.csv"), map: salesMap() });
    await expect(absent).rejects.toMatchObject({
      code: "file_missing",
      message: expect.stringContaining("There is no file"),
    });
    await expect(importFile(b.store, { file: "/dev/null", map: salesMap() })).rejects.toMatchObject({
      code: "file_kind",
    });
  });
});

/** A zip archive whose table of contents may lie about a size. */
function zip(files: { name: string; data: Buffer; claims?: number }[]): Buffer {
  const parts: Buffer[] = [];
  const list: Buffer[] = [];
  let offset = 0;
  for (const { name, data, claims } of files) {
    const packed = deflateRawSync(data);
    const head = Buffer.alloc(26);
    head.writeUInt16LE(20, 0);
    head.writeUInt16LE(8, 4);
    head.writeUInt32LE(packed.length, 14);
    head.writeUInt32LE(claims ?? data.length, 18);
    head.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from("PK\x03\x04"), head, Buffer.from(name), packed]);
    const entry = Buffer.alloc(46);
    entry.write("PK\x01\x02", "latin1");
    head.copy(entry, 6, 0, 24);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(offset, 42);
    list.push(entry, Buffer.from(name));
    parts.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(list);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, directory, end]);
}

describe("a workbook that would fill the memory", () => {
  const workbook = { name: "xl/workbook.xml", data: Buffer.from("<workbook/>") };
  it("and says so in its table of contents", () => {
    const bomb = { name: "xl/worksheets/sheet1.xml", data: Buffer.alloc(1_000), claims: 600 * 1024 * 1024 };
    return refused("s.xlsx", zip([workbook, bomb]), "file_kind", "unpacks to more than 512 MB");
  });
  it("and says otherwise", () => {
    const bomb = { name: "xl/worksheets/sheet1.xml", data: Buffer.alloc(3_000_000), claims: 1_000 };
    return refused("s.xlsx", zip([workbook, bomb]), "file_truncated", "xl/worksheets/sheet1.xml");
  });
});

describe("a wrong column", () => {
  it("is named, with those that are there and the nearest", () =>
    refused(
      "s.csv",
      CSV,
      "file_column",
      'has no column "Prize"; it has account, product, week, units, price; the nearest is "price".',
      salesMap({}, { price: "Prize" }),
    ));
  it("in a workbook, a sheet or a column", async () => {
    const book = xlsx({ Sales: TABLE });
    await refused("s.xlsx", book, "file_column", "has no sheet Umsatz; it has Sales", salesMap({ sheet: "Umsatz" }));
    await refused("s.xlsx", book, "file_column", 'has no column "Markt"', salesMap({}, { account: "Markt" }));
  });
  it("in a Parquet file", () =>
    refused("s.parquet", parquet(TABLE), "file_column", 'has no column "Markt"', salesMap({}, { account: "Markt" })));
  it("in a filter, or in the year of a week", async () => {
    await refused(
      "s.csv",
      CSV,
      "file_column",
      'has no column "Typ"',
      salesMap({ filters: { skip: [{ column: "Typ", in: ["x"] }] } }),
    );
    const week = { format: "year_week", year_column: "Jahr" };
    await refused("s.csv", CSV, "file_column", 'has no column "Jahr"', salesMap({ week }));
  });
  it("that is there twice", () =>
    refused(
      "s.csv",
      CSV.replace("units", "price"),
      "file_column",
      'has 2 columns named "price"',
      salesMap({}, { units: { constant: 1 } }),
    ));
  it("and one that may be absent", async () => {
    const map = salesMap({}, { feature: { column: ["Feature", "Feat"], optional: true } });
    expect(await b.run("s.csv", CSV, map)).toMatchObject({ written: 30 });
  });
});

describe("a row that cannot be taken", () => {
  const good = "Albion Fresh,Kestrel 0,2026-10-05,10,2.5";
  it.each([
    [
      "a bad date",
      "Albion Fresh,Kestrel 0,2026-02-30,10,2.5",
      "week",
      "2026-02-30",
      "is not a date in the form yyyy-mm-dd",
    ],
    ["a negative price", "Albion Fresh,Kestrel 0,2026-10-12,10,-2.5", "price", "-2.5", "is negative"],
    ["a price of 0", "Albion Fresh,Kestrel 0,2026-10-12,10,0", "price", "0", /^is 0; a price is above 0/],
    ["negative units", "Albion Fresh,Kestrel 0,2026-10-12,-10,2", "units", "-10", "is negative"],
    ["no number", "Albion Fresh,Kestrel 0,2026-10-12,NaN,2", "units", "NaN", "is not a number in the form 1234.56"],
    ["too large a number", "Albion Fresh,Kestrel 0,2026-10-12,1e13,2", "units", "1e13", "is too large"],
    ["no account", ",Kestrel 0,2026-10-12,10,2", "account", "", "is missing"],
    ["no week", "Albion Fresh,Kestrel 0,,10,2", "week", "", "is missing"],
    [
      "the same week again",
      "albion fresh,KESTREL 0,2026-10-05,10,2.5",
      "week",
      "2026-10-05",
      "is in line 2 already for this account and product",
    ],
    [
      "control characters",
      "Alb\u0007ion,Kestrel 0,2026-10-12,10,2",
      "account",
      "Alb\u0007ion",
      "holds characters that are no text",
    ],
    [
      "a name without end",
      `${"x".repeat(300)},Kestrel 0,2026-10-12,10,2`,
      "account",
      "x".repeat(300),
      "is longer than 200 characters",
    ],
  ])("%s: the others are written, and it stands in the reject file", async (_, line, column, value, reason) => {
    const report = await b.run("s.csv", `${HEADER.join()}\n${good}\n${line}\n`, salesMap());
    expect(report).toMatchObject({ read: 2, written: 1, rejected: 1 });
    expect(report.rejects).toEqual([
      { line: 3, column, value, reason: typeof reason === "string" ? reason : expect.stringMatching(reason) },
    ]);
    expect(await salesRows(b.store)).toMatchObject([{ product: "Kestrel 0", units: 10, price: 2.5 }]);
    expect(report.rejects_file).toBe(join(b.folder, "s.csv.rejects.csv"));
    expect(readFileSync(report.rejects_file!, "utf8")).toMatch(/^line,column,value,reason\r\n3,/);
  });
  it("of a spreadsheet or a columnar file", async () => {
    const rows = [
      HEADER,
      ["Albion", "K", "2026-10-05", Number.NaN, 2],
      ["Albion", "K", "2026-10-12", 1, -2],
      ["Albion", "K", "2026-10-19", 1, 2],
    ];
    const report = await b.run("s.parquet", parquet(rows), salesMap());
    expect(report.rejects).toMatchObject([
      { line: 1, column: "units" },
      { line: 2, column: "price", value: "-2" },
    ]);
    const sheet = await b.run(
      "s.xlsx",
      xlsx({ S: [...rows.slice(0, 1), ["Albion", "K", { t: "e", v: 42, w: "#N/A" }, 1, 2]] }),
      salesMap(),
    );
    expect(sheet.rejects).toMatchObject([{ line: 2, column: "week", value: "#N/A" }]);
  });
});

describe("the reject file", () => {
  const bad = `${HEADER.join()}\n=HYPERLINK("x"),K,2026-10-05,-1,1\n@cmd,K,2026-10-05,"1,5",1\n`;
  it("is safe to open in a spreadsheet", async () => {
    const { rejects_file } = await b.run("s.csv", bad, salesMap({}, { units: "account", price: "units" }));
    expect(readFileSync(rejects_file!, "utf8").split("\r\n").slice(1, 3)).toEqual([
      `2,account,"'=HYPERLINK(""x"")",is not a number in the form 1234.56`,
      "3,account,'@cmd,is not a number in the form 1234.56",
    ]);
  });
  it("goes away when the next run rejects nothing", async () => {
    const { rejects_file } = await b.run("s.csv", bad, salesMap());
    expect(existsSync(rejects_file!)).toBe(true);
    expect((await b.run("s.csv", CSV, salesMap())).rejects_file).toBeNull();
    expect(existsSync(rejects_file!)).toBe(false);
  });
  it("never takes the place of another file", async () => {
    const file = b.file("s.csv", bad);
    const other = b.file("other.csv", "mine\n");
    for (const rejectsPath of [file, other])
      await expect(importFile(b.store, { file, map: salesMap(), rejectsPath })).rejects.toMatchObject({
        code: "bad_input",
      });
    expect(readFileSync(other, "utf8")).toBe("mine\n");
    const empty = b.file("empty.csv", "");
    expect((await importFile(b.store, { file, map: salesMap(), rejectsPath: empty })).rejects_file).toBe(empty);
    const nowhere = importFile(b.store, { file, map: salesMap(), rejectsPath: join(b.folder, "no", "r.csv") });
    await expect(nowhere).rejects.toMatchObject({
      code: "bad_input",
      message: expect.stringContaining("cannot be written"),
    });
  });
  it("holds every row, past the first twenty of the report", async () => {
    const many = `${HEADER.join()}\n${"Albion,K,2026-10-05,-1,1\n".repeat(5_000)}`;
    const report = await b.run("s.csv", many, salesMap());
    expect(report.rejects).toHaveLength(20);
    expect(readFileSync(report.rejects_file!, "utf8").trimEnd().split("\r\n")).toHaveLength(5_001);
  });
});
