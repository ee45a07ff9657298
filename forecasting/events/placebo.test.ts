import { describe, expect, it } from "vitest";
import { evaluateEvent, fitModel, NormalStream, type PastEvent, placeboEvents } from "../index.ts";
import { simulateMarket, takeRows } from "../testing.ts";

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

/** ln of a level that wanders: an AR(1) by series. */
const drift = (() => {
  const stream = new NormalStream(5);
  const out = new Float64Array(panel.week.length);
  for (let i = 0; i < out.length; i++) out[i] = (panel.week[i] ? 0.9 * out[i - 1]! : 0) + 0.12 * stream.normal();
  return out;
})();

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

  it("lets a window's own weeks say nothing of its baseline, where the level drifts", () => {
    const units = panel.units.map((u, i) => u * Math.exp(drift[i]!));
    const wandering = { ...panel, units };
    const asked = event(0, 0, [104, 105]);
    const [one] = placeboEvents(fitModel(wandering), asked, 1);
    const inside = (i: number) =>
      panel.account[i] === 0 && panel.product[i] === 0 && one!.weeks.includes(panel.week[i]!);
    const shifted = { ...panel, units: units.map((u, i) => (inside(i) ? 1.5 * u : u)) };
    const again = placeboEvents(fitModel(shifted), asked, 1)[0]!;
    expect(again.weeks).toEqual(one!.weeks);
    // Only what the coefficients learnt from the two weeks is left; a level that had seen them would follow them.
    expect(Math.abs(again.result.baseline / one!.result.baseline - 1)).toBeLessThan(0.05);
  });

  it("does not care for the order of the panel's rows", () => {
    const order = Array.from(panel.week.keys()).toReversed();
    const asked = event(3, 1, [70]);
    expect(placeboEvents(fitModel(takeRows(panel, order)), asked)).toEqual(placeboEvents(model, asked));
  });

  it("leaves the model as it was, and answers nothing without a history", () => {
    const asked = event(2, 1, [50]);
    const before = evaluateEvent(model, asked);
    placeboEvents(model, asked);
    expect(evaluateEvent(model, asked)).toEqual(before);
    expect(placeboEvents(model, event(2, 1, []))).toEqual([]);
    expect(() => placeboEvents(model, event(77, 1, [50]))).toThrow("Account 77");
    expect(() => placeboEvents(model, event(2, 99, [50]))).toThrow("product");
  });
});
