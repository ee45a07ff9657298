import { describe, expect, it } from "vitest";
import { datesOfWeek, easterSunday, isoWeek } from "./calendar.ts";
import {
  addMonths,
  daysBetween,
  earliest,
  isIsoDate,
  latest,
  mondayOf,
  movedBy,
  nextQuarter,
  overlaps,
  quarterOf,
  twelveMonthsTo,
  weekday,
  weekFromIndex,
  weekIndex,
  weeksOf,
  YEAR_OF_WEEKS,
} from "./dates.ts";

describe("dates", () => {
  it("exist or do not", () => {
    expect(["2026-02-28", "2028-02-29"].every(isIsoDate)).toBe(true);
    expect(["2026-02-29", "2026-13-01", "2026-1-1", "today", ""].some(isIsoDate)).toBe(false);
  });

  it("move by months to the last day where the month is too short", () => {
    expect([addMonths("2026-01-31", 1), addMonths("2026-11-21", -12), addMonths("2026-12-15", 2)]).toEqual([
      "2026-02-28",
      "2025-11-21",
      "2027-02-15",
    ]);
  });

  it("count weeks from Monday, as text and as an index", () => {
    expect(weekday("2026-11-21")).toBe(6);
    expect([mondayOf("2026-11-22"), mondayOf("2026-11-23")]).toEqual(["2026-11-16", "2026-11-23"]);
    expect(weekFromIndex(weekIndex("2026-11-22"))).toBe("2026-11-16");
    expect(weeksOf({ from: "2026-11-22", to: "2026-11-30" })).toEqual(["2026-11-16", "2026-11-23", "2026-11-30"]);
  });

  it("compare", () => {
    expect([earliest("2026-02-01", "2026-01-31"), latest("2026-02-01", "2026-01-31")]).toEqual([
      "2026-01-31",
      "2026-02-01",
    ]);
    const june = { from: "2026-06-01", to: "2026-06-14" };
    expect(overlaps(june, { from: "2026-06-14", to: "2026-06-20" })).toBe(true);
    expect(overlaps(june, { from: "2026-06-15", to: "2026-06-20" })).toBe(false);
  });
});

describe("periods", () => {
  it("of a calendar quarter, this and the next, over the end of a year", () => {
    expect(quarterOf("2026-11-21")).toEqual({ from: "2026-10-01", to: "2026-12-31" });
    expect(nextQuarter("2026-11-21")).toEqual({ from: "2027-01-01", to: "2027-03-31" });
    expect(nextQuarter("2026-01-01")).toEqual({ from: "2026-04-01", to: "2026-06-30" });
  });

  it("of twelve months end with the day and hold no day twice", () => {
    expect(twelveMonthsTo("2026-11-21")).toEqual({ from: "2025-11-22", to: "2026-11-21" });
  });

  it("a year of weeks apart have the same weekdays", () => {
    const before = movedBy({ from: "2026-11-16", to: "2026-11-22" }, -YEAR_OF_WEEKS);
    expect([weekday(before.from), weekday(before.to)]).toEqual([1, 7]);
    expect(daysBetween(before.from, "2026-11-16")).toBe(52 * 7);
  });
});

describe("calendars", () => {
  it("number ISO weeks, also where a year has 53", () => {
    expect(isoWeek("2027-01-03")).toEqual({ year: 2026, week: 53 });
    expect(datesOfWeek("iso", 2026, 42)).toEqual({ from: "2026-10-12", to: "2026-10-18" });
    expect([datesOfWeek("iso", 2026, 53), datesOfWeek("iso", 2027, 53)]).toEqual([
      { from: "2026-12-28", to: "2027-01-03" },
      null,
    ]);
  });

  // The federation's published years: 2023 has 53 weeks, 2025 begins on 2 February, 2026 on 1 February.
  it("number 4-5-4 weeks as the retail federation does", () => {
    expect(datesOfWeek("nrf454", 2025, 1)).toEqual({ from: "2025-02-02", to: "2025-02-08" });
    expect(datesOfWeek("nrf454", 2026, 42)).toEqual({ from: "2026-11-15", to: "2026-11-21" });
    expect(datesOfWeek("nrf454", 2023, 53)).toEqual({ from: "2024-01-28", to: "2024-02-03" });
    expect(datesOfWeek("nrf454", 2025, 53)).toBeNull();
  });

  it("number a retailer's own weeks from its first day, in any year", () => {
    expect(datesOfWeek("own", 2026, 1, "2025-09-01")).toEqual({ from: "2026-08-31", to: "2026-09-06" });
    expect(datesOfWeek("own", 2026, 42)).toEqual(datesOfWeek("iso", 2026, 42));
  });

  it("know Easter", () => {
    expect([2024, 2025, 2026, 2027, 2038].map(easterSunday)).toEqual([
      "2024-03-31",
      "2025-04-20",
      "2026-04-05",
      "2027-03-28",
      "2038-04-25",
    ]);
  });
});
