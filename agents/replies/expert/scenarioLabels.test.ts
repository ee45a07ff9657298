import { afterAll, beforeAll, expect, it } from "vitest";
import { expertTools } from "../../../tools/expert/index.ts";
import { type DemoContext, demoContext } from "../../../tools/testing.ts";
import { scanNumbers } from "../../figures/scan.ts";
import { Say } from "../say.ts";
import { composeScenarios } from "./compareScenarios.ts";

let demo: DemoContext;
beforeAll(async () => {
  demo = await demoContext();
});
afterAll(() => demo.close());

const WHEN = { account: "Albion Fresh", products: ["Kestrel"], start: "2027-05-03", end: "2027-05-16" };

it("binds the numbers that scenarios are called by, so that a reader who knows no scenario finds every number", async () => {
  const tool = expertTools.find((t) => t.name === "compare_scenarios")!;
  if (tool.access !== "READ") throw new Error("it reads");
  const scenarios = [
    { ...WHEN, discount: 0.1 },
    { ...WHEN, price_off: { amount: 0.75, currency: "EUR" } },
    { ...WHEN, mechanic: "multibuy", get: 3, pay: 2 },
  ];
  const result = await tool.run(await demo.context("dan"), tool.schema.parse({ scenarios }));
  const say = new Say({ tool: "compare_scenarios", args: {}, status: "ok", result, ms: 0 }, 0);
  composeScenarios(say);
  const reply = say.blocks.join("\n\n");
  const products = (await demo.store.db.selectFrom("product").select("name").execute()).map((p) => p.name);
  const bound = new Set(say.figures.flatMap((f) => scanNumbers(f.text, []).map((token) => token.text)));
  expect(reply).toMatch(/10 % off/i);
  expect(scanNumbers(reply, products).filter((token) => !bound.has(token.text))).toEqual([]);
  for (const path of ["discount", "price_off/amount", "get", "pay"])
    expect(say.figures.some((f) => f.path.endsWith(`/${path}`))).toBe(true);
});
