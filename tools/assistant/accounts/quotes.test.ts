import { describe, expect, it } from "vitest";
import { type QuotePart, quoteParts } from "./quotes.ts";

const numbers = (text: string): QuotePart[] => quoteParts(text).filter((part) => "number" in part);

describe("quoteParts", () => {
  it("finds every figure with its unit", () => {
    expect(numbers("asked for 5% more, €12,500 for 3 displays, price 1.5 and -2 units, 5 000 cases, +7")).toEqual([
      { number: 0.05, unit: "%" },
      { number: 12_500, unit: "EUR" },
      { number: 3, unit: "count" },
      { number: 1.5, unit: "ratio" },
      { number: -2, unit: "count" },
      { number: 5_000, unit: "count" },
      { number: 7, unit: "count" },
    ]);
  });

  it("leaves dates, weeks, quarters, years and ids as words", () => {
    const text = "by 2026-12-05 or 5 December 2026, June 12, week 42, CW 7-9, Q3, in 2027, P-1042, C-3, SKU K2";
    expect(quoteParts(text)).toEqual([{ words: text }]);
  });

  it("loses no word", () => {
    const text = "Met Bob; 10-15 % off (3 for 2), then 4 more.";
    const back = quoteParts(text).map((part) => ("words" in part ? part.words : "#"));
    expect(back.join("")).toBe("Met Bob; #-# off (# for #), then # more.");
    expect(quoteParts("")).toEqual([]);
  });
});
