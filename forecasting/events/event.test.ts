import { describe, expect, it } from "vitest";
import { evaluateEvent, fitModel, type PastEvent } from "../index.ts";
import { simulateMarket } from "../testing.ts";

const market = simulateMarket({ accounts: 6, products: 4, weeks: 110, seed: 31, dip: 0.4 });
const { panel } = market;
const model = fitModel(panel);

/** Every promoted week is an event of its own; the truth is the difference it made to the week as it was, noise and all. */
function events(kind: "promoted" | "quiet"): { event: PastEvent; truth: number; row: number }[] {
  const out: { event: PastEvent; truth: number; row: number }[] = [];
  for (let i = 0; i < panel.week.length; i++) {
    const w = panel.week[i]!;
    if (w < 8 || w > 100) continue;
    const on = panel.price[i]! < panel.basePrice[i]!;
    const none = !on && panel.drivers[0]!.values[i] === 0 && panel.drivers[1]!.values[i] === 0;
    if (kind === "promoted" ? on : none && w % 9 === 0) {
      out.push({
        event: { account: panel.account[i]!, products: [panel.product[i]!], weeks: [w], postWeeks: 0 },
        truth: panel.units[i]! * (1 - market.baseline[i]! / market.expected[i]!),
        row: i,
      });
    }
  }
  return out;
}

describe("evaluateEvent", () => {
  const promoted = events("promoted").map((e) => ({ ...e, result: evaluateEvent(model, e.event) }));

  it("measures what the truth says, within its interval", () => {
    const errors = promoted.map((e) => Math.abs(e.result.trueIncremental - e.truth) / e.truth).sort((a, b) => a - b);
    expect(errors[errors.length >> 1]!).toBeLessThan(0.2);
    const inside = promoted.filter((e) => e.truth >= e.result.q10 && e.truth <= e.result.q90).length / promoted.length;
    expect(inside).toBeGreaterThan(0.7);
    expect(inside).toBeLessThan(0.95);
  });

  it("keeps the terms: gross = units − baseline, true = gross − dip − cannibalised + halo", () => {
    for (const { result: r, row } of promoted) {
      expect(r.units).toBe(panel.units[row]);
      expect(r.grossIncremental).toBeCloseTo(r.units - r.baseline, 9);
      expect(r.trueIncremental).toBeCloseTo(r.grossIncremental - r.dip - r.cannibalised + r.halo, 9);
      expect(Math.min(r.dip, r.cannibalised, r.halo)).toBeGreaterThanOrEqual(0);
    }
  });

  it("finds nothing in quiet weeks: the interval holds 0", () => {
    const placebo = events("quiet").map((e) => evaluateEvent(model, e.event));
    expect(placebo.filter((r) => r.q025 <= 0 && r.q975 >= 0).length / placebo.length).toBeGreaterThan(0.88);
  });

  it("sees the dip of the weeks after", () => {
    const long = promoted.map((e) => evaluateEvent(model, { ...e.event, postWeeks: 3 }));
    const dips = long.reduce((sum, r) => sum + r.dip, 0) / long.reduce((sum, r) => sum + r.grossIncremental, 0);
    expect(dips).toBeGreaterThan(0.03);
    expect(dips).toBeLessThan(0.4);
  });

  it("answers 0 for an event that is not in the history, and refuses an unknown account", () => {
    expect(evaluateEvent(model, { account: 0, products: [0], weeks: [5000], postWeeks: 2 })).toMatchObject({
      units: 0,
      baseline: 0,
      rows: 0,
      se: 0,
    });
    expect(() => evaluateEvent(model, { account: 77, products: [0], weeks: [3], postWeeks: 2 })).toThrow("Account 77");
  });
});
