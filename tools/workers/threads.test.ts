import { describe, expect, it } from "vitest";
import { fitModel, forecast, saveModel } from "../../forecasting/index.ts";
import { filterPanel, simulateMarket } from "../../forecasting/testing.ts";
import { fitOnThreads } from "./fitOnThreads.ts";
import { runTasks } from "./threads.ts";

const { panel } = simulateMarket({ accounts: 3, products: 2, weeks: 60 });

describe("work on threads", () => {
  it("gives a fit's bits on one thread, two and eight", async () => {
    const options = { correction: true };
    const here = saveModel(fitModel(panel, options));
    for (const threads of [1, 2, 8]) expect(saveModel(await fitOnThreads(panel, options, threads, 0))).toBe(here);
  });

  it("gives forecasts in the order of their tasks, whatever thread is done first", async () => {
    const until = (week: number) => filterPanel(panel, (i) => panel.week[i]! <= week);
    const tasks = [58, 30, 45].map((week) => ({
      kind: "forecast" as const,
      panel: until(week),
      options: { calibrate: false },
      plan: filterPanel(panel, (i) => panel.week[i] === week + 1),
    }));
    const here = tasks.map((task) => forecast(fitModel(task.panel, task.options), task.plan).median);
    for (const threads of [1, 2, 8]) {
      const made = await runTasks<"forecast">(tasks, threads);
      expect(made.map((part) => part.forecast.median)).toEqual(here);
    }
  });

  it("throws what a task threw, with its code", async () => {
    const spoilt = { ...panel, price: panel.price.map((v, i) => (i === 7 ? 0 : v)) };
    const tasks = [panel, spoilt].map((p) => ({
      kind: "parts" as const,
      panel: p,
      options: { calibrate: false },
      places: [],
    }));
    for (const threads of [1, 2])
      await expect(runTasks<"parts">(tasks, threads)).rejects.toMatchObject({
        code: "bad_value",
        message: "Row 7: the price is 0; it must be more than 0 (or unknown).",
      });
  });
});
