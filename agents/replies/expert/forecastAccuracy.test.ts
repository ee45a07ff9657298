import { afterAll, beforeAll, expect, it } from "vitest";
import { forecastAccuracy } from "../../../tools/expert/forecastAccuracy.ts";
import { type DemoContext, demoContext } from "../../../tools/testing.ts";
import { namesInCalls } from "../../figures/names.ts";
import { prove } from "../../figures/prove.ts";
import { Say } from "../say.ts";
import { draw } from "../testing.draw.ts";
import { composeAccuracy } from "./forecastAccuracy.ts";

let demo: DemoContext;
beforeAll(async () => {
  demo = await demoContext();
});
afterAll(() => demo.close());

async function resultOf(args: Record<string, unknown>, user?: string): Promise<Record<string, unknown>> {
  if (forecastAccuracy.access !== "READ") throw new Error("forecast_accuracy reads");
  return forecastAccuracy.run(await demo.context(user), forecastAccuracy.schema.parse(args));
}

/** The reply of a result, every number of it bound to it. */
function told(result: Record<string, unknown>) {
  const call = { tool: "forecast_accuracy", args: {}, status: "ok" as const, result, ms: 1 };
  const say = new Say(call, 0);
  composeAccuracy(say);
  const text = say.blocks.join("\n\n");
  expect(prove(text, say.figures, [call], namesInCalls([call])).removed).toEqual([]);
  expect(text).not.toMatch(/undefined|null|NaN/);
  return { text, charts: say.charts };
}

it("tells apart what was tried and what was told, by account, mechanic and depth, and draws the calibration", async () => {
  const { text, charts } = told(await resultOf({}));
  expect(text).toMatch(/^\*\*Tried afterwards\.\*\* Over \d+ promotions, /);
  expect(text).toContain("**Told at the time.** There is not enough evidence yet: no promotion");
  expect(text).toContain("**People's plans.** What people planned was off by");
  for (const head of ["Account", "Mechanic", "Depth"]) expect(text).toContain(`| ${head} | Error (WAPE) |`);
  expect(charts.map((chart) => chart.title)).toHaveLength(2);
  for (const { spec } of charts) expect((await draw(spec)).warnings).toEqual([]);
});

it("says of a group without enough evidence what is known of a wider one", async () => {
  const { text } = told(await resultOf({ account: "Harbour Pet & Home", discount: 0.4 }));
  expect(text).toContain("forecasts of promotions of 35 % or deeper at Harbour Pet & Home are:");
  expect(text).toContain("Forecasts of promotions at Harbour Pet & Home were off by");
  expect(text).not.toContain("| Depth |");
});

it("answers about plans first where they are asked about, and says where people were better", async () => {
  const result = await resultOf({ plans: true });
  expect(told(result).text).toMatch(/^\*\*People's plans\.\*\*/);
  const plans = { n: 6, wape: 0.1, bias: -0.02, forecast: { wape: 0.13, bias: 0.1 }, better: "plans", by: 0.03 };
  const { text } = told({ ...result, plans, overrides: { n: 6, scored: plans } });
  expect(text).toContain("over 6 promotions, with a bias of -2 % (too low on the whole)");
  expect(text).toContain("People were better, by 3 points.");
  expect(text).toContain(
    "**Overrides.** Where people set a figure of their own against a forecast, it was off by 10 %",
  );
  expect(told({ ...result, plans: null }).text).toMatch(/^\*\*People's plans\.\*\* There is not enough evidence/);
  expect(told({ ...result, overrides: { n: 1, scored: null } }).text).toContain("has ended: not enough evidence");
});

it("tells the forecasts with which promotions were approved, and of an error of many times that it is one", async () => {
  const result = await resultOf({});
  const score = { n: 6, wape: 0.2, bias: 0.1, held: 4, coverage: 4 / 6, wide_held: 5, wide_coverage: 5 / 6 };
  const made = { ...score, true_incremental: { ...score, wape: 190 } };
  const { text } = told({ ...result, made });
  expect(text).toContain("The forecasts with which 6 promotions were approved were off by 20 %");
  expect(text).toContain("they were off by a multiple of what came; the range held for 66.7 %");
  expect(told({ ...result, made: { ...made, n: 2, bias: null } }).text).toContain(
    "2 promotions that were planned with",
  );
});

it("counts a KAM's own accounts only", async () => {
  const [all, ana] = [await resultOf({}), await resultOf({}, "ana")];
  expect(ana.n as number).toBeLessThan(all.n as number);
  expect((ana.by_account as { account: string }[]).length).toBeLessThanOrEqual(3);
  expect(told(ana).text).toContain("Only your own accounts are counted.");
});
