import { describe, expect, it } from "vitest";
import { evaluateEvent, fitModel, type PastEvent, placeboEvents } from "../index.ts";
import { simulateMarket } from "../testing.ts";

const market = simulateMarket({ accounts: 6, products: 4, weeks: 110, seed: 31, dip: 0.4 });
const { panel } = market;
const model = fitModel(panel);
const promotedWeeks = (account: number, product: number): Set<number> =>
  new Set(
    Array.from(panel.week, (week, i) => ({ week, i }))
      .filter(
        ({ i }) =>
          panel.account[i] === account &&
          panel.product[i] === product &&
          (panel.price[i]! < panel.basePrice[i]! || panel.drivers.slice(0, 2).some((d) => d.values[i]! > 0)),
      )
      .map(({ week }) => week),
  );
const event = (account: number, product: number, weeks: readonly number[]): PastEvent => ({
  account,
  products: [product],
  weeks,
  postWeeks: 2,
});

describe("placeboEvents", () => {
  it("takes quiet windows of the event's length, apart from it and from each other", () => {
    const promoted = promotedWeeks(1, 2);
    const first = [...promoted].find((week) => week > 30)!;
    const found = placeboEvents(model, event(1, 2, [first, first + 1]), 12);
    expect(found.length).toBe(12);
    const weeks = found.flatMap((one) => one.weeks);
    expect(new Set(weeks).size).toBe(24);
    for (const week of weeks) {
      expect(promoted.has(week)).toBe(false);
      expect(week < first || week > first + 3).toBe(true);
    }
  });

  it("finds nothing where nothing was: four in five 80 % intervals hold 0, nineteen in twenty 95 % ones", () => {
    const all = panel.accounts.flatMap((_, account) =>
      panel.products.flatMap((_, product) => placeboEvents(model, event(account, product, [108]))),
    );
    expect(all.length).toBeGreaterThan(300);
    const share = (of: "holds80" | "holds95"): number => all.filter((one) => one[of]).length / all.length;
    expect(share("holds80")).toBeGreaterThan(0.72);
    expect(share("holds80")).toBeLessThan(0.92);
    expect(share("holds95")).toBeGreaterThan(0.9);
  });

  it("lets a window's own weeks say nothing of its baseline", () => {
    const [one] = placeboEvents(model, event(0, 0, [108]), 1);
    const rows = Array.from(panel.week.keys()).filter(
      (i) => panel.account[i] === 0 && panel.product[i] === 0 && panel.week[i] === one!.weeks[0],
    );
    const shifted = { ...panel, units: panel.units.map((u, i) => (rows.includes(i) ? 3 * u : u)) };
    const again = placeboEvents(fitModel(shifted), event(0, 0, [108]), 1)[0]!;
    expect(again.weeks).toEqual(one!.weeks);
    // Only what the coefficients learnt from the one week is left; a level that had seen it would move by a tenth and more.
    expect(Math.abs(again.result.baseline / one!.result.baseline - 1)).toBeLessThan(0.05);
    expect(again.uplift).toBeGreaterThan(1.5);
    expect(again.holds95).toBe(false);
  });

  it("leaves the model as it was, and answers nothing without a history", () => {
    const asked = event(2, 1, [50]);
    const before = evaluateEvent(model, asked);
    placeboEvents(model, asked);
    expect(evaluateEvent(model, asked)).toEqual(before);
    expect(placeboEvents(model, event(2, 1, []))).toEqual([]);
  });
});
