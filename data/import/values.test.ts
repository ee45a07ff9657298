import { describe, expect, it } from "vitest";
import { dateReader, excelDate, isDateFormat } from "./values/date.ts";
import { NUMBER_FORMATS, type NumberFormat, numberReader } from "./values/number.ts";
import { stripWeekLabel, weekFromDate, weekFromNumber, weekFromText } from "./values/week.ts";

describe("numbers", () => {
  it.each(NUMBER_FORMATS)("reads its own example, %s", (format) => {
    expect(numberReader(format)(format)).toBe(1234.56);
    expect(numberReader(format)("7")).toBe(7);
  });
  it.each<[NumberFormat, string, number | null]>([
    ["1.234,56", "1.234", 1234],
    ["1.234,56", "1.5", null],
    ["1,234.56", "1,234", 1234],
    ["1,234.56", "1,5", null],
    ["1,234.56", "12,34,567", null],
    ["1234.56", "1,234.56", null],
    ["1234,56", "1234.56", null],
    ["1 234,56", "12\u202f345\u00a0678,9", 12_345_678.9],
    ["1'234.56", "1’234.50", 1234.5],
    ["1234.56", "1e-3", 0.001],
    ["1234.56", "(12.5)", -12.5],
    ["1234.56", "12.5-", -12.5],
    ["1.234,56", "€ 1.234,50", 1234.5],
    ["1.234,56", "1.234,50 €", 1234.5],
    ["1234.56", ".5", 0.5],
    ["1234.56", "NaN", null],
    ["1234.56", "Infinity", null],
    ["1234.56", "1e999", null],
    ["1234.56", "0x10", null],
    ["1234.56", "12 34", null],
    ["1234.56", "-", null],
    ["1234.56", "--1", null],
  ])("%s: %j is %j", (format, text, number) => {
    expect(numberReader(format)(text)).toBe(number);
  });
});

describe("dates", () => {
  it.each([
    ["yyyy-mm-dd", "2026-10-05", "2026-10-05"],
    ["yyyy-mm-dd", "2026-10-05T00:00:00Z", "2026-10-05"],
    ["yyyy-mm-dd", "2026-10-05 12:30:00", "2026-10-05"],
    ["yyyy-mm-dd", "2026-02-30", null],
    ["yyyy-mm-dd", "05.10.2026", null],
    ["dd.mm.yyyy", "5.10.2026", "2026-10-05"],
    ["mm/dd/yyyy", "10/05/2026", "2026-10-05"],
    ["mm/dd/yyyy", "13/05/2026", null],
    ["mm/dd/yy", "10/05/26", "2026-10-05"],
    ["yyyymmdd", "20261005", "2026-10-05"],
    ["yyyymmdd", "2026105", null],
    ["dd-mon-yyyy", "05-Oct-2026", "2026-10-05"],
    ["dd. mon yyyy", "5. Oktober 2026", "2026-10-05"],
    ["dd mon yyyy", "5 Foo 2026", null],
    ["excel", "46300", "2026-10-05"],
    ["excel", "2026-10-05", null],
    ["yyyy-mm-dd", "1899-12-30", null],
    ["yyyy-mm-dd", "2999-01-01", null],
  ])("%s: %j is %j", (format, text, iso) => {
    expect(dateReader(format)(text)).toBe(iso);
  });
  it("tries several forms in turn", () => {
    const read = dateReader(["yyyy-mm-dd", "mm/dd/yyyy"]);
    expect([read("2026-10-05"), read("10/05/2026"), read("5.10.2026")]).toEqual(["2026-10-05", "2026-10-05", null]);
  });
  it("counts the days of spreadsheets from two beginnings", () => {
    expect([excelDate(46_300), excelDate(46_300 - 1_462, true), excelDate(3)]).toEqual([
      "2026-10-05",
      "2026-10-05",
      null,
    ]);
  });
  it("knows a format from nonsense", () => {
    expect(["dd.mm.yyyy", "excel", "yyyymmdd"].map(isDateFormat)).toEqual([true, true, true]);
    expect(["yyyy-mm", "DD.MM.YYYY", "mm.mm.yyyy", "yyyy|mm|dd", ""].map(isDateFormat)).toEqual(Array(5).fill(false));
  });
});

describe("weeks", () => {
  const counted = { format: "integer", week1: "2025-09-15" } as const;
  const iso = { format: "year_week", calendar: "iso" } as const;
  const nrf = { format: "year_week", calendar: "nrf454" } as const;
  it("counts from week 1, whatever weekday it starts on", () => {
    expect(weekFromNumber(counted, 61, null)).toBe("2026-11-09");
    // The chain's week 1, Thursday to Wednesday, has four days in the ISO week of 11 September.
    expect(weekFromNumber({ format: "integer", week1: "1989-09-14" }, 1, null)).toBe("1989-09-11");
    expect(weekFromNumber(counted, 1.5, null)).toBeNull();
    expect(weekFromNumber(counted, 20_261_005, null)).toBeNull();
  });
  it("takes a week that starts on Sunday or ends on Saturday for the ISO week of most of its days", () => {
    expect(weekFromDate({ format: "start" }, "2026-10-11")).toBe("2026-10-12");
    expect(weekFromDate({ format: "start" }, "2026-10-12")).toBe("2026-10-12");
    expect(weekFromDate({ format: "ending" }, "2026-10-17")).toBe("2026-10-12");
    expect(weekFromDate({ format: "ending" }, "2026-10-18")).toBe("2026-10-12");
    expect(weekFromDate({ format: "day" }, "2026-10-18")).toBe("2026-10-12");
  });
  it.each(["2026-W42", "2026W42", "202642", "42/2026", "KW 42 2026", "2026-42", "W42.2026"])("reads %j", (text) => {
    expect(weekFromText(iso, text, null)).toBe("2026-10-12");
  });
  it("reads year and week, as numbers and apart", () => {
    expect(weekFromNumber(iso, 202_642, null)).toBe("2026-10-12");
    expect(weekFromNumber(iso, 42, 2026)).toBe("2026-10-12");
    expect(weekFromText(iso, "KW 42", 2026)).toBe("2026-10-12");
    expect(weekFromNumber(iso, 53, 2026)).toBe("2026-12-28");
    expect(weekFromNumber(iso, 53, 2027)).toBeNull();
  });
  it("reads the retail calendars", () => {
    // Week 42 of the 4-5-4 year 2026 begins on Sunday 15 November.
    expect(weekFromNumber(nrf, 42, 2026)).toBe("2026-11-16");
    const own = { format: "year_week", calendar: "own", own_week1: "2026-03-02" } as const;
    expect(weekFromNumber(own, 2, 2026)).toBe("2026-03-09");
  });
  it("takes the label of a week ending off", () => {
    expect(["W/E 10/17/26", "1 Week Ending 17-Oct-2026", "2026-10-17"].map(stripWeekLabel)).toEqual([
      "10/17/26",
      "17-Oct-2026",
      "2026-10-17",
    ]);
  });
});
