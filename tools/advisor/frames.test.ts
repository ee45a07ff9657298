import { describe, expect, it } from "vitest";
import { rankBy, sumBy } from "./frames.ts";

describe("sumBy", () => {
  it("sums and counts by key", async () => {
    const rows = [
      { who: "a", units: 1, money: 0.5 },
      { who: "b", units: 4, money: 2 },
      { who: "a", units: 2, money: 1.25 },
    ];
    expect(await sumBy(rows, (r) => r.who, { units: (r) => r.units, money: (r) => r.money })).toEqual([
      { key: "a", n: 2, sums: { units: 3, money: 1.75 } },
      { key: "b", n: 1, sums: { units: 4, money: 2 } },
    ]);
  });

  it("keeps keys apart that danfo would join, and keys that are numbers or odd words", async () => {
    const keys = ["a-b", "a", "b-a", "10", "9", "__proto__", "constructor", "", "10"];
    const groups = await sumBy(keys, (k) => k, { one: () => 1 });
    expect(groups.map((g) => [g.key, g.n])).toEqual([
      ["a-b", 1],
      ["a", 1],
      ["b-a", 1],
      ["10", 2],
      ["9", 1],
      ["__proto__", 1],
      ["constructor", 1],
      ["", 1],
    ]);
  });

  it("sums nothing to nothing, and one column of whole and broken numbers as they are", async () => {
    expect(await sumBy([], () => "x", { v: () => 1 })).toEqual([]);
    const values = [1, 2.25, -3, 0, 1e9];
    const [all] = await sumBy(values, () => "x", { v: (v) => v });
    expect(all?.sums.v).toBeCloseTo(1_000_000_000.25, 6);
  });
});

describe("rankBy", () => {
  it("ranks either way, the unknown last, equal ones in their order", async () => {
    const rows = [
      { id: "a", v: 2 },
      { id: "b", v: null },
      { id: "c", v: -1 },
      { id: "d", v: 2 },
      { id: "e", v: 10 },
    ];
    const ids = async (first: "highest" | "lowest") =>
      (await rankBy(rows, (r) => r.v, first)).map((r) => r.id).join("");
    expect(await ids("lowest")).toBe("cadeb");
    expect(await ids("highest")).toBe("eadcb");
  });
});
