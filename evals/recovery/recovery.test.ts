import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type DemoContext, demoContext } from "../../tools/testing.ts";
import { causeRecovery } from "./causes.ts";
import { type Recovery, recovery } from "./recovery.ts";

let demo: DemoContext;
let found: Recovery;
beforeAll(async () => {
  demo = await demoContext();
  found = await recovery(await demo.context());
}, 400_000);
afterAll(() => demo.close());

describe("what is estimated on the demo market, beside what is true", () => {
  it("finds the true incremental units of past promotions within 15 %, half the error of a moving average or less", () => {
    const { events } = found;
    expect(events.events).toBeGreaterThan(280);
    expect(events.error).toBeLessThan(0.15);
    expect(events.error).toBeLessThan(events.averageError / 2);
    expect(events.parts.gross).toBeLessThan(0.08);
    expect(events.parts.cannibalised).toBeLessThan(0.35);
  });

  it("states intervals of past promotions that hold as often as they say", () => {
    const { coverage80, coverage95 } = found.events;
    expect(coverage80).toBeGreaterThan(0.75);
    expect(coverage80).toBeLessThan(0.86);
    expect(coverage95).toBeGreaterThan(0.9);
  });

  it("finds nothing where nothing ran", () => {
    const { placebo } = found;
    expect(placebo.events).toBeGreaterThan(150);
    expect(Math.abs(placebo.uplift)).toBeLessThan(0.02);
    expect(placebo.hidden.zero95).toBeGreaterThan(0.9);
    expect(placebo.hidden.zero80).toBeGreaterThan(0.75);
    expect(placebo.known.zero80).toBeGreaterThan(0.85);
  });

  it("forecasts promotions that it has not seen", () => {
    const { forecasts } = found;
    expect(forecasts.promotions).toBeGreaterThan(60);
    expect(forecasts.wape).toBeLessThan(0.18);
    expect(forecasts.coverage80).toBeGreaterThan(0.7);
    expect(forecasts.coverage80).toBeLessThan(0.9);
  });

  it("picks the best of five promotions", () => {
    const { designs, places } = found.scenarios;
    for (const by of [designs, places]) {
      expect(by.units.hits).toBeGreaterThan(0.8);
      expect(by.units.regret).toBeLessThan(0.06);
      expect(by.profit.regret).toBeLessThan(0.3);
    }
  });

  it("names the planted cause of a failed promotion among the first two, and leaves nothing unaccounted for", async () => {
    const { failed, amongFirstTwo } = await causeRecovery(await demo.context());
    expect(failed.length).toBeGreaterThan(15);
    expect(new Set(failed.map((one) => one.planted)).size).toBe(4);
    expect(amongFirstTwo).toBeGreaterThanOrEqual(0.8);
    for (const { gap } of failed) expect(gap).toBeLessThan(1e-6);
  });
});
