import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, inject, it, vi } from "vitest";
import { bench } from "../../server/cli/commands/bench.ts";
import { invocation } from "../../server/cli/testing.ts";
import { generateMarket, splitMarket } from "./market.ts";
import { peers } from "./peers.ts";
import { planBench } from "./plan.ts";
import { measureScenarios } from "./scenarioTask.ts";
import { rowsOf, type TurnTimes, timesOf } from "./turns.ts";

afterEach(() => vi.unstubAllEnvs());

describe("the generated market", () => {
  it("is the same row for row, in order, and sells more under a promotion", () => {
    const size = { accounts: 3, products: 4, weeks: 60 };
    const market = generateMarket(size);
    expect(generateMarket(size)).toEqual(market);
    expect(generateMarket({ ...size, seed: 2 }).units).not.toEqual(market.units);
    const mean = (on: boolean) => {
      const rows = [...market.units.keys()].filter((i) => market.price[i]! < market.basePrice[i]! === on);
      return rows.reduce((sum, i) => sum + Math.log(market.units[i]! + 1), 0) / rows.length;
    };
    expect(mean(true)).toBeGreaterThan(mean(false) + 0.3);
  });

  it("is cut by week, and the plan knows no units", () => {
    const { train, plan } = splitMarket(generateMarket({ accounts: 2, products: 2, weeks: 30 }), 10);
    expect(Math.max(...train.week)).toBe(19);
    expect(Math.min(...plan.week)).toBe(20);
    expect(train.week.length + plan.week.length).toBe(2 * 2 * 30);
    expect("units" in plan).toBe(false);
  });
});

describe("kam bench", () => {
  it("gives rows, seconds and memory of each size, by processes of their own", async () => {
    const call = invocation({}, { only: "scale", rows: "2000,4000", json: true });
    await bench(call);
    const { scale } = JSON.parse(call.said.join(""));
    expect(scale.rows).toHaveLength(2);
    expect(Math.abs(scale.rows[1].rows - 4000)).toBeLessThan(400);
    for (const row of scale.rows) {
      expect(row.fit_seconds).toBeGreaterThan(0);
      expect(row.peak_mb).toBeGreaterThanOrEqual(row.panel_mb);
    }
    expect(scale.rows[0].against_smallest).toBe(1);
  });

  it("says so where a peer is not there, and measures without it", async () => {
    vi.stubEnv("PATH", "/nowhere");
    const panel = { name: "ten accounts", ...splitMarket(generateMarket({ accounts: 10, products: 1, weeks: 40 }), 8) };
    const { rows, notes } = await peers.run({ panels: [panel], sizes: [], progress: () => {} });
    expect(notes.join()).toContain("lme4 is skipped: there is no Rscript with lme4 on the path.");
    expect(rows).toMatchObject([{ panel: "ten accounts", rows: 320, lme4_seconds: null, lme4_over_structural: null }]);
    expect(rows[0]!.engine_seconds).toBeGreaterThan(0);
  });

  it("refuses a part it does not have, and sizes that are none", async () => {
    await expect(bench(invocation({}, { only: "peers,guesses" }))).rejects.toThrow('There is no part "guesses"');
    await expect(bench(invocation({}, { rows: "many" }))).rejects.toThrow("--rows takes whole numbers");
  });
});

describe("the scenario and plan parts", () => {
  it("value every promotion of a grid, the same each time", () => {
    const size = { accounts: 2, products: 8, starts: 3 };
    const made = measureScenarios(size);
    expect(made.evaluations).toBe(2 * 8 * 3 * 24);
    expect(Number.isFinite(made.profit)).toBe(true);
    expect(measureScenarios(size).profit).toBe(made.profit);
  });

  it("plan within their limits, with a gap that is proven", async () => {
    const made = await planBench({ accounts: 2, products: 10, starts: 13 });
    expect(made.candidates).toBe(2 * 10 * 13 * 24);
    expect(made.promotions).toBeGreaterThan(0);
    expect(made.bound).toBeGreaterThanOrEqual(made.value);
    expect(made.gap).toBeGreaterThanOrEqual(0);
    expect(made.gap).toBeLessThan(0.01);
  });
});

describe("the turns part", () => {
  it("clocks every turn of a task, its phases within what it took beyond the tools, and leaves nothing behind", async () => {
    const template = inject("demoTemplate");
    if ("error" in template) throw new Error(template.error);
    const folder = mkdtempSync(join(tmpdir(), "kam-bench-test-"));
    const task = {
      id: "t",
      suite: "s",
      about: "two turns",
      turns: [{ say: "Which retailer has the best ROI?" }, { say: "and by category?" }],
    };
    const times = await timesOf(task, template.path, join(folder, "task.db"));
    expect(readdirSync(folder)).toEqual([]);
    rmSync(folder, { recursive: true });
    expect(times).toHaveLength(2);
    for (const { own, tools, phases } of times) {
      expect(tools).toBeGreaterThan(0);
      expect(Object.keys(phases).sort()).toEqual([
        "checkpoint",
        "graph and the rest",
        "lexicon",
        "planner",
        "reply and proof",
      ]);
      expect(Object.values(phases).reduce((sum, ms) => sum + ms)).toBeCloseTo(own, 6);
    }
  });

  it("tells the middle and the worst of the turns", () => {
    const times = [5, 1, 9].map((own): TurnTimes => ({ own, tools: 10, phases: own === 9 ? { lexicon: 4 } : {} }));
    expect(rowsOf(times)).toEqual([
      { of: "whole turn", median_ms: 15, p95_ms: 19, most_ms: 19 },
      { of: "in the tools", median_ms: 10, p95_ms: 10, most_ms: 10 },
      { of: "beyond the tools", median_ms: 5, p95_ms: 9, most_ms: 9 },
      { of: "  lexicon", median_ms: 0, p95_ms: 4, most_ms: 4 },
    ]);
  });
});
