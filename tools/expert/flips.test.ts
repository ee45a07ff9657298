import { describe, expect, it } from "vitest";
import { flipsOf } from "./flips.ts";

/** A promotion of one product: 1,000 baseline, an uplift, margin 1 a true incremental unit (nine tenths of the gross ones). */
function promotion(uplift: number, allowance: number, fixed: number) {
  const gross = 1_000 * uplift;
  const profit = 0.9 * gross;
  const net = profit - allowance * (1_000 + gross) - fixed;
  const range = (mean: number) => ({ mean, low: mean - 1, high: mean + 1 });
  return {
    net_profit: range(net),
    incremental_profit: range(profit),
    uplift,
    fixed_spend: fixed,
    lines: [{ units: 1_000 + gross, baseline: 1_000, allowance }],
  };
}

const net = (p: ReturnType<typeof promotion>): number => p.net_profit.mean;

describe("flipsOf", () => {
  const first = promotion(1.5, 0.2, 300);
  const second = promotion(0.9, 0.1, 200);

  it("names points at which the two earn the same", () => {
    expect(net(first)).toBeGreaterThan(net(second));
    const flips = flipsOf(first, second);
    expect(net(promotion(1.5, 0.2, flips.fixed_fee.at))).toBeCloseTo(net(second), 9);
    expect(net(promotion(1.5, flips.paid_a_unit!.at, 300))).toBeCloseTo(net(second), 9);
    expect(net(promotion(flips.uplift!.at, 0.2, 300))).toBeCloseTo(net(second), 9);
    expect(net(promotion(flips.runner_up_uplift!.at, 0.1, 200))).toBeCloseTo(net(first), 9);
    expect(flips).toMatchObject({
      fixed_fee: { now: 300 },
      paid_a_unit: { now: 0.2 },
      uplift: { expected: 1.5 },
      runner_up_uplift: { expected: 0.9 },
    });
    expect(flips.uplift!.at).toBeLessThan(1.5);
    expect(flips.runner_up_uplift!.at).toBeGreaterThan(0.9);
  });

  it("has no point where nothing is paid a unit, or where no response pays", () => {
    const lump = promotion(1.5, 0, 900);
    expect(flipsOf(lump, promotion(0.2, 0.95, 0))).toMatchObject({ paid_a_unit: null, runner_up_uplift: null });
  });
});
