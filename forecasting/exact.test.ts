import { describe, expect, it } from "vitest";
import { decompose, fitModel, forecast, loadModel, type Panel, saveModel } from "./index.ts";
import { randomMarket, splitMarket } from "./testing.random.ts";
import { filterPanel } from "./testing.ts";

describe.each([false, true])("what holds exactly (correction %s)", (correction) => {
  const seeds = correction ? [4, 7] : [1, 4, 7, 9, 15];
  const markets = seeds.map((seed) => {
    const { past, plan } = splitMarket(randomMarket(seed));
    return { seed, past, plan, model: fitModel(past, { correction }) };
  });

  it.each(markets)("market $seed: a refit is the same model, bit for bit", ({ past, model }) => {
    expect(saveModel(fitModel(past, { correction }))).toEqual(saveModel(model));
  });

  it.each(markets)("market $seed: a saved model answers as the one that was saved", ({ past, plan, model }) => {
    const loaded = loadModel(JSON.parse(JSON.stringify(saveModel(model))));
    expect(forecast(loaded, plan)).toEqual(forecast(model, plan));
    expect(decompose(loaded, past)).toEqual(decompose(model, past));
  });

  it.each(markets)("market $seed: causes add up to what was sold", ({ past, model }) => {
    const d = decompose(model, past);
    const expected = forecast(model, past).mean;
    past.units.forEach((sold, i) => {
      const total = Object.values(d.effects).reduce((sum, e) => sum + e[i]!, d.baseline[i]! + d.unexplained[i]!);
      const whole = Number.isNaN(sold) ? expected[i]! : sold;
      if (!Number.isNaN(sold)) expect(Math.abs(total - whole)).toBeLessThanOrEqual(1e-9 * Math.max(1, whole));
      expect(d.baseline[i]).toBeGreaterThanOrEqual(0);
    });
  });

  it.each(markets)("market $seed: other accounts and categories are no matter of a row", ({ plan, model }) => {
    const whole = forecast(model, plan);
    const alone = (keep: (i: number) => boolean): void => {
      const rows = [...plan.week.keys()].filter(keep);
      const part = forecast(model, filterPanel(plan, keep));
      rows.forEach((i, k) => {
        expect(part.median[k]).toBe(whole.median[i]);
        expect(part.q90[k]).toBe(whole.q90[i]);
      });
    };
    const category = (p: Panel, i: number): string => p.categories[p.product[i]!]!;
    plan.accounts.forEach((_, a) => {
      for (const name of new Set(plan.categories)) alone((i) => plan.account[i] === a && category(plan, i) === name);
    });
  });

  it.each(markets)("market $seed: later weeks of a plan are no matter of an earlier one", ({ plan, model }) => {
    const whole = forecast(model, plan);
    const until = Math.min(...plan.week) + 2;
    const rows = [...plan.week.keys()].filter((i) => plan.week[i]! <= until);
    const part = forecast(
      model,
      filterPanel(plan, (i) => plan.week[i]! <= until),
    );
    rows.forEach((i, k) => {
      expect(part.median[k]).toBe(whole.median[i]);
      expect(part.q025[k]).toBe(whole.q025[i]);
    });
  });
});
