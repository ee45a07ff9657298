import { expect, it } from "vitest";
import { describeScenarios } from "./simulateText.ts";

it("tells each scenario's place by profit, loss and regret, and what would turn the choice", () => {
  const scenario = (rank: number, net: number) => ({
    rank,
    rank_by_loss: 3 - rank,
    rank_by_regret: rank,
    label: `plan ${rank}`,
    currency: "EUR",
    true_incremental: { mean: 1_234.4 },
    net_profit: { mean: net },
    net_roi: { mean: 0.5 },
    probability_of_loss: 0.125,
    expected_regret: 40.2,
    retailer: { extra_profit: 77 },
  });
  const flip = { fixed_fee: { at: 350 }, paid_a_unit: null, uplift: { at: 0.8 }, runner_up_uplift: { at: 1.25 } };
  expect(describeScenarios({ ranked: [scenario(1, 900), scenario(2, 600)], probability_better: 0.71, flip })).toBe(
    [
      "1. plan 1: net profit 900 EUR, net ROI 0.50, 1234 true incremental units, loss in 13 % (place 2), regret 40 EUR (place 1), retailer 77 EUR",
      "2. plan 2: net profit 600 EUR, net ROI 0.50, 1234 true incremental units, loss in 13 % (place 1), regret 40 EUR (place 2), retailer 77 EUR",
      "The first beats the second in 71 % of the draws.",
      "The second would be better if the first's fixed fee rose above 350.00, or its uplift fell below 80 %, or the second's rose above 125 %.",
    ].join("\n"),
  );
});
