import { describe, expect, it } from "vitest";
import { fitModel, forecast } from "../index.ts";
import { filterPanel, simulateMarket } from "../testing.ts";

describe("the mean of a forecast", () => {
  const { panel } = simulateMarket({ accounts: 3, products: 2, weeks: 80, seed: 17 });
  const model = fitModel(panel);
  const at = (factor: number) => {
    const week = filterPanel(panel, (i) => panel.week[i] === 79);
    const price = week.basePrice.map((v) => v * factor);
    const drivers = week.drivers.map((d) => ({ ...d, values: d.values.map(() => 0) }));
    return forecast(model, { ...week, week: week.week.map((w) => w + 1), price, basePrice: price, drivers });
  };
  const [inside, outside] = [at(1.09), at(1.11)];

  it("does not rise where a price that nobody asked before widens the range", () => {
    outside.median.forEach((median, i) => {
      expect([inside.extrapolated[i] === 0, outside.extrapolated[i] === 0]).toEqual([true, false]);
      const wider = Math.log(outside.q90[i]! / median) / Math.log(inside.q90[i]! / inside.median[i]!);
      const dearer = Math.log(outside.mean[i]! / median) / Math.log(inside.mean[i]! / inside.median[i]!);
      // The range is a quarter wider than what is not known of the price's effect makes it; the mean is not.
      expect(wider ** 2 / dearer).toBeGreaterThan(1.4);
    });
  });
});
