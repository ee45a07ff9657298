import { describe, expect, it } from "vitest";
import { decompose, fitModel, forecast, loadModel, responseOf, saveModel, scenarioDraws } from "../index.ts";
import { filterPanel, simulateMarket } from "../testing.ts";

const { panel } = simulateMarket({ accounts: 3, products: 3, weeks: 60, seed: 51 });
const train = filterPanel(panel, (i) => panel.week[i]! < 54);
const plan = filterPanel(panel, (i) => panel.week[i]! >= 54);

describe.each([false, true])("saveModel and loadModel, with correction %s", (correction) => {
  const model = fitModel({ ...train, units: train.units.map((u, i) => (i === 5 ? Number.NaN : u)) }, { correction });
  const text = saveModel(model);
  const back = loadModel(text);

  it("give back the same bits", () => {
    expect(back).toEqual(model);
    expect(saveModel(back)).toBe(text);
  });

  it("answer alike in everything", () => {
    const group = new Int32Array(plan.week.length);
    expect(forecast(back, plan)).toEqual(forecast(model, plan));
    expect(scenarioDraws(back, plan, group, 1)).toEqual(scenarioDraws(model, plan, group, 1));
    expect(decompose(back, train)).toEqual(decompose(model, train));
    expect(responseOf(back, 1, 1, "price")).toEqual(responseOf(model, 1, 1, "price"));
  });
});

describe("saveModel", () => {
  it("keeps whole numbers beyond sixteen bits, and halves and zeros of either sign", () => {
    const odd = { ...train, units: train.units.map((u, i) => (i % 2 === 0 ? u * 1e4 : 0)) };
    const model = fitModel(odd);
    expect(loadModel(saveModel(model))).toEqual(model);
    const half = fitModel({ ...train, units: train.units.map((u) => u * 1e4) });
    expect(loadModel(saveModel(half))).toEqual(half);
  });
});

describe("loadModel", () => {
  it("refuses what is not a model", () => {
    for (const text of ["", "{", "null", "{}", '{"version":"0","state":{}}'])
      expect(() => loadModel(text)).toThrow("fit again");
  });
});
