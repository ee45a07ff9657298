import { describe, expect, it } from "vitest";
import { chooseWithin } from "./chooseWithin.ts";

const at = (group: string, value: number, spend: number) => ({ group, first: 0, last: 1, value, spend });

describe("chooseWithin", () => {
  it("takes the best plan where its forecast spend fits", () => {
    const { choice, details } = chooseWithin(
      [at("a", 10, 40), at("b", 8, 50)],
      100,
      0,
      (c) => c.spend,
      (s) => s,
    );
    expect(details.map((d) => d.detail)).toEqual([40, 50]);
    expect(choice.gap).toBe(0);
  });

  it("chooses anew with less where promotions cost more than their candidates said, and says how far it is from the bound", () => {
    const { choice, details } = chooseWithin(
      [at("a", 10, 40), at("b", 8, 58)],
      100,
      0,
      (c) => c.spend * 1.1,
      (s) => s,
    );
    expect(details.reduce((sum, d) => sum + d.detail, 0)).toBeLessThanOrEqual(100);
    expect(choice.chosen.map((c) => c.group)).toEqual(["a"]);
    expect(choice.gap).toBeCloseTo(8 / 18, 6);
  });

  it("ends with nothing where nothing fits", () => {
    expect(
      chooseWithin(
        [at("a", 10, 90)],
        100,
        0,
        () => 101,
        (s) => s,
      ).details,
    ).toEqual([]);
  });
});
