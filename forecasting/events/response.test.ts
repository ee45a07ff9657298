import { describe, expect, it } from "vitest";
import { stateOf } from "../fit/state.ts";
import { ForecastError, fitModel, responseOf, responsesBy } from "../index.ts";
import { filterPanel, simulateMarket } from "../testing.ts";

const market = simulateMarket({ accounts: 8, products: 4, weeks: 110, seed: 5, spread: 0.5 });
const model = fitModel(market.panel);

describe("responses", () => {
  it("recover the elasticities and display effects that made the data", () => {
    let inside = 0;
    let error = 0;
    for (let key = 0; key < 32; key++) {
      const price = responseOf(model, Math.floor(key / 4), key % 4, "price");
      const display = responseOf(model, Math.floor(key / 4), key % 4, "display");
      error += Math.abs(-price.estimate - market.elasticity[key]!) / 32;
      if (Math.abs(-price.estimate - market.elasticity[key]!) < 2 * price.se) inside++;
      if (Math.abs(display.estimate - market.display[key]!) < 2 * display.se) inside++;
    }
    expect(error).toBeLessThan(0.15);
    expect(inside / 64).toBeGreaterThan(0.85);
  });

  it("rank accounts as the truth does at the ends", () => {
    const by = responsesBy(model, "price", "account");
    const truth = by.map(
      ({ group }) => -market.elasticity.slice(group * 4, group * 4 + 4).reduce((a, b) => a + b, 0) / 4,
    );
    const most = (values: number[]) => values.indexOf(Math.min(...values));
    expect(most(by.map((r) => r.estimate))).toBe(most(truth));
    by.forEach((r, k) => {
      expect(Math.abs(r.estimate - truth[k]!)).toBeLessThan(4 * r.se);
    });
  });

  it("are drawn to the others where there is little to see", () => {
    const few = filterPanel(market.panel, (i) => market.panel.account[i] !== 0 || market.panel.week[i]! >= 104);
    const pooled = fitModel(few);
    const all = responsesBy(pooled, "price", "all")[0]!;
    const own = responseOf(pooled, 0, 0, "price");
    const free = responseOf(model, 0, 0, "price");
    expect(own.se).toBeGreaterThan(1.5 * free.se);
    expect(Math.abs(own.estimate - all.estimate)).toBeLessThan(1);
  });

  it("have less error in the mean of all than in one", () => {
    expect(responsesBy(model, "display", "all")[0]!.se).toBeLessThan(responseOf(model, 0, 0, "display").se);
    expect(responsesBy(model, "price", "category")).toHaveLength(2);
    expect(responsesBy(model, "price", "product").reduce((n, r) => n + r.n, 0)).toBe(
      responsesBy(model, "price", "all")[0]!.n,
    );
  });

  it("are least sure of a series never seen", () => {
    const without = fitModel(
      filterPanel(market.panel, (i) => !(market.panel.account[i] === 0 && market.panel.product[i] === 0)),
    );
    const unseen = responseOf(without, 0, 0, "price");
    expect(unseen.n).toBe(0);
    const { pooling, design } = stateOf(without);
    const spread = Math.sqrt(pooling.ownTau2[design.columns.findIndex((c) => c.role === "depth")]!);
    expect(unseen.se).toBeGreaterThan(spread);
    expect(spread).toBeGreaterThan(0.1);
  });

  it("answer for a mechanic on the scale of a price cut", () => {
    const multibuy = responsesBy(model, "multibuy", "all")[0]!;
    const price = responsesBy(model, "price", "all")[0]!;
    expect(Math.abs(multibuy.estimate + price.estimate)).toBeLessThan(0.3);
  });

  it("name a driver that is not there", () => {
    expect(() => responseOf(model, 0, 0, "leaflet")).toThrow(ForecastError);
    expect(() => responseOf(model, 99, 0, "price")).toThrow("Account 99");
  });
});
