import { describe, expect, it } from "vitest";
import {
  decompose,
  type Forecast,
  ForecastError,
  fitModel,
  forecast,
  loadModel,
  responseOf,
  saveModel,
  scenarioDraws,
} from "../index.ts";
import { filterPanel, simulateMarket } from "../testing.ts";
import type { Driver, Panel } from "../types.ts";

const { panel } = simulateMarket({ accounts: 2, products: 2, weeks: 30, seed: 61 });
const all = (v: number) => new Float64Array(panel.week.length).fill(v);
const first = (n: number) => filterPanel(panel, (i) => i < n);
const many: Driver[] = Array.from({ length: 200 }, (_, k) => ({
  name: `driver ${k}`,
  kind: (["support", "depth", "context"] as const)[k % 3]!,
  values: panel.units.map((_u, i) => ((i * (k + 3)) % 7 === 0 ? 0.5 : 0)),
}));

function finite(f: Forecast): void {
  for (const column of [f.mean, f.median, f.q025, f.q10, f.q90, f.q975]) {
    expect(column.every((v) => Number.isFinite(v) && v >= 0)).toBe(true);
  }
}

const answered: [string, Panel][] = [
  ["all zero", { ...panel, units: all(0) }],
  ["one row", first(1)],
  ["two rows", first(2)],
  ["one series", first(30)],
  ["units unknown everywhere", { ...panel, units: all(Number.NaN) }],
  ["some units unknown", { ...panel, units: panel.units.map((u, i) => (i % 3 === 0 ? Number.NaN : u)) }],
  ["prices unknown", { ...panel, price: all(Number.NaN), basePrice: all(Number.NaN) }],
  ["everyday prices unknown", { ...panel, basePrice: all(Number.NaN) }],
  ["a thousand million units", { ...panel, units: panel.units.map((u) => u * 1e9) }],
  ["one week of a thousand million", { ...panel, units: panel.units.map((u, i) => (i === 10 ? 1e9 : u)) }],
  ["the same units every week", { ...panel, units: all(7) }],
  ["a driver that never varies", { ...panel, drivers: [{ name: "always", kind: "support", values: all(1) }] }],
  ["no drivers", { ...panel, drivers: [] }],
  ["the same driver twice", { ...panel, drivers: [panel.drivers[0]!, { ...panel.drivers[0]!, name: "copy" }] }],
  ["200 drivers", { ...panel, drivers: many }],
  [
    "huge driver values",
    { ...panel, drivers: panel.drivers.map((d) => ({ ...d, values: d.values.map((v) => v * 1e9) })) },
  ],
  ["one price throughout", { ...panel, price: all(2), basePrice: all(2) }],
  [
    "tiny and huge prices",
    { ...panel, price: panel.price.map((v, i) => (i % 2 === 0 ? v * 1e-9 : v * 1e9)), basePrice: all(Number.NaN) },
  ],
  ["always out of stock", { ...panel, outOfStock: all(1) }],
  ["a season longer than the history", { ...panel, season: 52 }],
  ["gaps and negative weeks", { ...panel, week: panel.week.map((w) => w * 3 - 50) }],
];

describe("nonsense in", () => {
  it.each(answered)("%s: a finite answer", (_, odd) => {
    const model = fitModel(odd);
    let last = Number.NEGATIVE_INFINITY;
    for (const w of odd.week) last = Math.max(last, w);
    const rows = filterPanel(odd, (i) => i % 5 === 0 || i < 3);
    const plan = { ...rows, week: rows.week.map((w) => w + 1 + (last - Math.min(...odd.week))) };
    finite(forecast(model, plan));
    const group = new Int32Array(plan.week.length);
    for (const values of Object.values(scenarioDraws(model, plan, group, 1)))
      expect([...values].every((v) => Number.isFinite(v) && v >= 0)).toBe(true);
    const d = decompose(model, odd);
    for (const column of [d.baseline, d.unexplained, ...Object.values(d.effects)])
      expect(column.every(Number.isFinite)).toBe(true);
    const r = responseOf(model, 0, 0, "price");
    expect(Number.isFinite(r.estimate) && Number.isFinite(r.se)).toBe(true);
    finite(forecast(loadModel(saveModel(model)), plan));
  });

  it.each(answered.filter(([name]) => name !== "200 drivers"))("%s: a finite answer with the correction", (_, odd) => {
    const model = fitModel(odd, { correction: true });
    finite(
      forecast(
        model,
        filterPanel(odd, (i) => i < 20),
      ),
    );
  });

  const refused: [string, Panel, string][] = [
    ["no rows", first(0), "empty_panel"],
    ["a price of 0", { ...panel, price: all(0) }, "bad_value"],
    ["a negative price", { ...panel, price: all(-1) }, "bad_value"],
    ["negative units", { ...panel, units: all(-1) }, "bad_value"],
    ["endless units", { ...panel, units: all(Number.POSITIVE_INFINITY) }, "bad_value"],
    [
      "a driver that is not a number",
      { ...panel, drivers: [{ name: "x", kind: "support", values: all(Number.NaN) }] },
      "bad_value",
    ],
    ["a column too short", { ...panel, price: new Float64Array(3) }, "bad_shape"],
    ["a product without category", { ...panel, categories: ["Tea"] }, "bad_shape"],
    ["an account that is not listed", { ...panel, account: panel.account.map(() => 9) }, "bad_index"],
    ["two rows for a week", { ...panel, week: panel.week.map(() => 1) }, "duplicate_row"],
    ["two drivers of a name", { ...panel, drivers: [panel.drivers[0]!, panel.drivers[0]!] }, "bad_shape"],
  ];
  it.each(refused)("%s: a clear error", (_, odd, code) => {
    let thrown: unknown;
    try {
      fitModel(odd);
    } catch (e) {
      thrown = e;
    }
    expect(thrown).toBeInstanceOf(ForecastError);
    expect((thrown as ForecastError).code).toBe(code);
    expect((thrown as ForecastError).message).toMatch(/^[A-Z].*\.$/);
  });

  it("a plan with a driver the model does not know", () => {
    const plan = { ...first(3), drivers: [{ name: "leaflet", kind: "support" as const, values: new Float64Array(3) }] };
    expect(() => forecast(fitModel(panel), plan)).toThrow("leaflet");
  });

  it("an empty plan is an empty forecast", () => {
    expect(forecast(fitModel(panel), first(0)).median).toHaveLength(0);
  });
});
