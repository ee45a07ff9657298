import { describe, expect, it } from "vitest";
import { smooth } from "../fit/drift.ts";
import { estimate } from "../fit/estimate.ts";
import { endBy } from "../fit/holdout.ts";
import { prepare } from "../fit/prepare.ts";
import { stateOf } from "../fit/state.ts";
import { fitModel, forecast, type Panel } from "../index.ts";
import { linearPredictor } from "../predict/predictor.ts";
import { filterPanel, simulateMarket } from "../testing.ts";
import { changeOf, fitForests } from "./correction.ts";

/** A market in which only cuts from a quarter on are noticed, which no log-linear response can say. */
function threshold(): Panel {
  const { panel } = simulateMarket({ accounts: 5, products: 3, weeks: 90, seed: 7, elasticity: 1, noise: 0.12 });
  const deep = (i: number) => panel.price[i]! / panel.basePrice[i]! < 0.75;
  return { ...panel, units: panel.units.map((u, i) => (deep(i) ? u * Math.E : u)) };
}

const panel = threshold();
const past = filterPanel(panel, (i) => panel.week[i]! < 75);
const later = filterPanel(panel, (i) => panel.week[i]! >= 75);
const wape = (correction: boolean): number => {
  const { median } = forecast(fitModel(past, { correction }), later);
  const miss = median.reduce((sum, v, i) => sum + Math.abs(v - later.units[i]!), 0);
  return miss / later.units.reduce((sum, u) => sum + u, 0);
};

describe("the boosted correction", () => {
  it("halves what the structural model misses for its form", () => {
    const noise = 0.12 * Math.sqrt(2 / Math.PI);
    expect(wape(true) - noise).toBeLessThan(0.5 * (wape(false) - noise));
  });

  it("takes its part of the local level off what it forecasts", () => {
    const model = fitModel(past, { correction: true });
    const state = stateOf(model);
    const { weight, level } = state.correction!;
    const without = { ...model, state: { ...state, correction: { ...state.correction!, level: level.map(() => 0) } } };
    const [kept, left] = [forecast(model, later).median, forecast(without, later).median];
    later.week.forEach((week, i) => {
      const s = state.seriesOf[later.account[i]! * 3 + later.product[i]!]!;
      const part = weight * state.drift.phi ** (week - 74) * level[s]!;
      expect(Math.log(left[i]! / kept[i]!)).toBeCloseTo(part, 9);
    });
  });

  it("leaves the local level what it does not explain itself", () => {
    const data = prepare(past);
    const to = endBy(data, data.design.origin);
    const e = estimate(data, { to });
    const fitted = { pooling: e.pooling, sigma2: e.sigma2, sigma2All: 0.02, seriesOf: data.seriesOf };
    const change = changeOf(fitForests(data, e, fitted, to), data, e, fitted, to);
    const p = data.design.columns.length;
    const n = data.sheet.rows;
    for (let s = 0; s < to.length; s++) {
      const rest = Float64Array.from(
        { length: n },
        (_, i) => data.y[i]! - linearPredictor(data.design, e.pooling.beta, s * p, data.x, i * p) - change.rows[i]!,
      );
      const room = new Float64Array(n);
      const end = smooth(e.drift, data.sheet.week, rest, e.noise, data.start[s]!, to[s]!, room, room.slice());
      expect(change.level[s]).not.toBe(0);
      const before = smooth(
        e.drift,
        data.sheet.week,
        rest.map((v, i) => v + change.rows[i]!),
        e.noise,
        data.start[s]!,
        to[s]!,
        room,
        room.slice(),
      );
      expect(end.state).toBeCloseTo(before.state - change.level[s]!, 9);
    }
  });
});
