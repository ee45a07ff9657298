import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Bench, bench, parquet, salesMap, salesRows, xlsx } from "./testing.ts";

let b: Bench;
beforeEach(async () => {
  b = await bench();
});
afterEach(() => b.close());

const HEADER = ["account", "product", "week", "units", "price"];
const ROWS: [string, string, string, number, number][] = [
  ["Albion Fresh", "Kestrel 250 g", "2026-10-05", 120, 3.49],
  ["Albion Fresh", "Kestrel 250 g", "2026-10-12", 130.5, 3.29],
  ["Ærø Markt", "Kestrel 500 g", "2026-10-12", 0, 5.99],
];
const csv = [HEADER, ...ROWS]
  .map((row) => row.join(","))
  .join("\n")
  .concat("\n");
const expected = ROWS.map(([account, product, week, units, price]) => ({
  account,
  product,
  week,
  units,
  price,
  promoted: 0,
}));

async function holds(name: string, content: string | Uint8Array, map: unknown): Promise<void> {
  const report = await b.run(name, content, map);
  expect(report).toMatchObject({ read: 3, written: 3, rejected: 0, rejects: [] });
  expect(await salesRows(b.store)).toEqual(expected);
}

describe("the same rows from every kind of file", () => {
  it("CSV", () => holds("sales.csv", csv, salesMap()));
  it("CSV whose name says otherwise", () => holds("sales.xlsx", csv, salesMap()));
  it("CSV with Windows line ends, a byte order mark and quotes", () =>
    holds("sales.csv", `\ufeff${csv.replaceAll("\n", "\r\n").replace("Albion Fresh", '"Albion Fresh"')}`, salesMap()));
  it("CSV with old Macintosh line ends", () => holds("sales.csv", csv.replaceAll("\n", "\r"), salesMap()));
  it("CSV in gzip", () => holds("sales.csv.gz", gzipSync(csv), salesMap()));
  it("XLSX, with date cells", () =>
    holds(
      "sales.xlsx",
      xlsx({ Sales: [HEADER, ...ROWS.map((row) => row.map((v, i) => (i === 2 ? new Date(`${v}T00:00:00Z`) : v)))] }),
      salesMap(),
    ));
  it("XLSX on another sheet, under a title", () =>
    holds(
      "sales.xlsx",
      xlsx({ Cover: [["Extract"]], Data: [["Extract of October"], [], HEADER, ...ROWS] }),
      salesMap({ sheet: "data", header_row: 3 }),
    ));
  it("Parquet, in row groups of two", () => holds("sales.parquet", parquet([HEADER, ...ROWS], 2), salesMap()));
  it("Parquet with timestamps and whole numbers", () =>
    holds(
      "sales.parquet",
      parquet([
        HEADER,
        ...ROWS.map(([a, p, week, units, price]) => [a, p, new Date(`${week}T00:00:00Z`), units, price]),
      ]),
      salesMap(),
    ));
});

describe("encodings", () => {
  const bytes = (encoding: BufferEncoding) => Buffer.from(csv, encoding);
  it("windows-1252 and latin1", async () => {
    await holds("sales.csv", bytes("latin1"), salesMap({ encoding: "windows-1252" }));
    expect(await b.run("again.csv", bytes("latin1"), salesMap({ encoding: "latin1" }))).toMatchObject({ unchanged: 3 });
  });
  it("tells the euro sign of windows-1252", async () => {
    const text = Buffer.from(csv.replace("3.49", "\u00803.49"), "latin1");
    expect(await b.run("euro.csv", text, salesMap({ encoding: "windows-1252" }))).toMatchObject({
      rejected: 0,
      written: 3,
    });
  });
  it("UTF-16 with a byte order mark, unasked", () =>
    holds("sales.csv", Buffer.from(`\ufeff${csv}`, "utf16le"), salesMap()));
  it("UTF-16, big end first", () =>
    holds("sales.csv", Buffer.from(`\ufeff${csv}`, "utf16le").swap16(), salesMap({ encoding: "utf-16" })));
  it("says which mapping word is wrong where a file is not UTF-8", async () => {
    await expect(b.run("sales.csv", bytes("latin1"), salesMap())).rejects.toMatchObject({
      code: "mapping",
      message: expect.stringContaining('"windows-1252"'),
    });
  });
  it("reads a character that two pieces of the file share", async () => {
    const lines = Array.from({ length: 600 }, (_, i) => `Æ,Ü${"ö".repeat(80)},${i},1,1,${"ä".repeat(500)}`);
    const map = salesMap({ week: { format: "integer", week1: "2010-01-04" } });
    for (const shift of ["", "x"]) {
      const report = await b.run("wide.csv", `account,product,week,units,price,${shift}\n${lines.join("\n")}\n`, map);
      expect(report).toMatchObject({ rejected: 0, read: 600 });
    }
    expect(await b.store.db.selectFrom("product").select("name").execute()).toEqual([{ name: `Ü${"ö".repeat(80)}` }]);
  });
});

describe("numbers and separators", () => {
  const german = "account;product;week;units;price\nAlbion Fresh;Kestrel 250 g;05.10.2026;1.234,5;1.003,49\n";
  const one = {
    account: "Albion Fresh",
    product: "Kestrel 250 g",
    week: "2026-10-05",
    units: 1234.5,
    price: 1003.49,
    promoted: 0,
  };
  it("1.234,56 with semicolons, found by itself", async () => {
    await b.run("de.csv", german, salesMap({ numbers: "1.234,56", dates: "dd.mm.yyyy" }));
    expect(await salesRows(b.store)).toEqual([one]);
  });
  it("1,234.56 in quotes", async () => {
    const text = 'account,product,week,units,price\nAlbion Fresh,Kestrel 250 g,10/05/2026,"1,234.5","$1,003.49"\n';
    await b.run("us.csv", text, salesMap({ numbers: "1,234.56", dates: "mm/dd/yyyy" }));
    expect(await salesRows(b.store)).toEqual([one]);
  });
  it("rejects one form where the other is said, and never guesses", async () => {
    const report = await b.run("de.csv", german, salesMap({ dates: "dd.mm.yyyy" }));
    expect(report.rejects).toEqual([
      { line: 2, column: "units", value: "1.234,5", reason: "is not a number in the form 1234.56" },
    ]);
    expect(await salesRows(b.store)).toEqual([]);
  });
  it.each(["\t", "|", ";"])("separator %j", async (separator) => {
    await holds("sales.txt", csv.replaceAll(",", separator), salesMap());
  });
  it("a separator that the mapping names, where the header has more of another", async () => {
    const text = csv.replaceAll(",", ";").replace("account", "account,a,b,c,d,e");
    await holds("sales.csv", text, salesMap({ delimiter: ";" }, { account: "account,a,b,c,d,e" }));
  });
});

describe("lines and columns", () => {
  it("counts the line that a record starts on, past titles, blank lines and line breaks in quotes", async () => {
    const text = [
      "Extract",
      "",
      "account,product,week,units,price,note",
      'Albion,Kestrel,2026-10-05,1,2,"two\nlines"',
      "",
      'Albion,Kestrel,2026-10-12,x,2,"two\r\nlines"',
      "Albion,Kestrel,2026-10-19,-1,2,",
      "",
    ].join("\n");
    const report = await b.run("title.csv", text, salesMap({ header_row: 3 }));
    expect(report.rejects.map(({ line, value }) => [line, value])).toEqual([
      [7, "x"],
      [9, "-1"],
    ]);
    expect(report).toMatchObject({ read: 3, written: 1, rejected: 2 });
  });
  it("takes a line end that two pieces of the file share for one", async () => {
    // The file is read in pieces of 256 KB: the header is made as long as it takes for the first piece to end within a line end.
    const lines = Array.from({ length: 600 }, (_, i) => `Albion,Kestrel,${1_000 + i},1,1,${"x".repeat(500)}\r\n`);
    const width = lines[0]!.length;
    const columns = "account,product,week,units,price,";
    const header = `${columns.padEnd(((256 * 1024 + 1) % width) + width - 2, "x")}\r\n`;
    const text = header + lines.join("");
    expect(text.slice(256 * 1024 - 1, 256 * 1024 + 1)).toBe("\r\n");
    const map = salesMap({ week: { format: "integer", week1: "2000-01-03" } });
    const report = await b.run("crlf.csv", `${text}Albion,Kestrel,2,1,-1,\r\n`, map);
    expect(report.rejects).toMatchObject([{ line: 602, value: "-1" }]);
  });
  it("counts the rows of a sheet, empty ones too", async () => {
    const sheet = xlsx({ Data: [HEADER, ROWS[0]!, [], ["Albion Fresh", "Kestrel 250 g", "2026-10-19", "many", 3]] });
    expect((await b.run("gap.xlsx", sheet, salesMap())).rejects).toMatchObject([
      { line: 4, column: "units", value: "many" },
    ]);
  });
  it("leaves footer lines and lines of separators out", async () => {
    const report = await b.run("foot.csv", `${csv},,,,\nTotal\nCopyright`, salesMap({ skip_footer: 2 }));
    expect(report).toMatchObject({ read: 3, written: 3, rejected: 0 });
  });
  it("finds a column in another case, and one by its number where there is no header", async () => {
    await holds("sales.csv", csv.replace("account,product", "ACCOUNT, Product "), salesMap());
    const places = { account: "1", product: "2", week: "3", units: "4", price: "5" };
    const body = csv.slice(csv.indexOf("\n") + 1);
    expect(await b.run("bare.csv", body, salesMap({ header_row: 0 }, places))).toMatchObject({ unchanged: 3, read: 3 });
  });
  it("rejects a row that is too short or too long, and takes empty cells past the end", async () => {
    const text = `${csv.trimEnd()},,\nAlbion,Kestrel,2026-10-19\nAlbion,Kestrel,2026-10-19,1,2,3\n`;
    const report = await b.run("ragged.csv", text, salesMap());
    expect(report.rejects.map(({ line, reason }) => [line, reason.slice(0, 22)])).toEqual([
      [5, "the row has 3 cells, t"],
      [6, "the row has 6 cells, t"],
    ]);
    expect(report.written).toBe(3);
  });
  it("notes a last line without a line break", async () => {
    expect((await b.run("a.csv", csv.trimEnd(), salesMap())).warnings).toEqual([
      expect.stringContaining("no line break"),
    ]);
    expect((await b.run("b.csv", csv, salesMap())).warnings).toEqual([]);
  });
});
