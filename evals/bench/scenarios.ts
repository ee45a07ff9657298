import type { BenchPart } from "./part.ts";
import { measureScenarios, type ScenarioSeconds } from "./scenarioTask.ts";

const SIZE = { accounts: 8, products: 44, starts: 13 };

/** Scenarios evaluated a second on one core, over the grid that a quarter's plan is chosen from. */
export function scenarioBench(size = SIZE): ScenarioSeconds {
  measureScenarios({ ...size, accounts: 1 });
  return measureScenarios(size);
}

export const scenarios: BenchPart = {
  name: "scenarios",
  summary: "scenarios evaluated a second on one core: expected profit of both sides and probability of loss of each",
  async run({ progress }) {
    progress("scenarios: a quarter's grid");
    const made = scenarioBench();
    const all = made.prepare + made.designs + made.evaluate;
    return {
      rows: [
        {
          evaluations: made.evaluations,
          prepare_seconds: made.prepare,
          design_seconds: made.designs,
          evaluate_seconds: made.evaluate,
          evaluations_a_second: made.evaluations / made.evaluate,
          all_included: made.evaluations / all,
        },
      ],
      notes: [
        `One evaluation is one promotion of one product at one account in one fortnight: units, dip, what ten other products of its category win or lose, spend, profit of both sides, and the probability of a loss from ${made.draws} draws.`,
        "prepare: an account's weeks and their draws; design: what each depth and support does to a product, in any week. Both are in all_included.",
      ],
    };
  },
};
