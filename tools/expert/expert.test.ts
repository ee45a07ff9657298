import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { namesInCalls } from "../../agents/figures/names.ts";
import { prove } from "../../agents/figures/prove.ts";
import { expertComposers } from "../../agents/replies/expert/index.ts";
import { Say } from "../../agents/replies/say.ts";
import { responsesBy } from "../../forecasting/index.ts";
import type { ReadTool, ToolContext } from "../define.ts";
import { type DemoContext, demoContext } from "../testing.ts";
import { foreignStore } from "../testingPanel.ts";
import { expertTools } from "./index.ts";

let demo: DemoContext;
let dan: ToolContext;
let ana: ToolContext;
beforeAll(async () => {
  demo = await demoContext();
  dan = await demo.context();
  ana = await demo.context("ana");
});
afterAll(() => demo.close());

type Result = Record<string, never> & { [key: string]: unknown };

async function run(context: ToolContext, name: string, args: unknown): Promise<Result> {
  const tool = expertTools.find((t) => t.name === name) as ReadTool;
  return (await tool.run(context, tool.schema.parse(args))) as Result;
}

/** The reply of a result, and what of it could not be proven. */
function reply(tool: string, result: Record<string, unknown>) {
  const call = { tool, args: {}, status: "ok" as const, result, ms: 1 };
  const say = new Say(call, 0);
  expertComposers[tool]!(say);
  const { removed } = prove(say.blocks.join("\n\n"), say.figures, [call], namesInCalls([call]));
  return { text: say.blocks.join("\n\n"), removed, charts: say.charts };
}

/** Every number finite, every key snake_case. */
function sound(value: unknown, at = ""): void {
  if (typeof value === "number") expect(Number.isFinite(value), at).toBe(true);
  else if (value !== null && typeof value === "object")
    for (const [key, v] of Object.entries(value)) {
      expect(key, at).toMatch(/^([a-z][a-z0-9_]*|\d+)$/);
      sound(v, `${at}/${key}`);
    }
}

describe("every tool of the expert", () => {
  it("answers its own examples with a reply in which every figure is proven", async () => {
    for (const tool of expertTools.filter((t) => t.name !== "forecast_accuracy")) {
      for (const { args } of tool.examples) {
        const result = await run(dan, tool.name, args);
        sound(result, tool.name);
        const { text, removed, charts } = reply(tool.name, result);
        expect(removed, tool.name).toEqual([]);
        expect(text.length).toBeGreaterThan(100);
        expect(text).not.toMatch(/\b[a-z]+_[a-z]+\b/);
        expect(charts.length, tool.name).toBeGreaterThan(0);
      }
    }
  });

  it("refuses a colleague's account without a figure", async () => {
    const ben = await demo.context("ben");
    const asked: [string, unknown][] = [
      ["estimate_baseline", { account: "Bramley Stores", product: "Polar Lane" }],
      [
        "forecast_promotion",
        { account: "Retailer A", products: ["Kestrel"], start: "2027-03-01", end: "2027-03-14", discount: 0.2 },
      ],
      ["forecast_accuracy", { account: "Albion Fresh" }],
      ["compare_responses", { driver: "price", by: "product", account: "Albion Fresh" }],
      ["plan_promotions", { accounts: ["Cormorant Hyper"], budget: 1_000 }],
      [
        "compare_scenarios",
        {
          scenarios: [
            { account: "Delphi Discount", products: ["Lintel"], start: "2027-03-01", end: "2027-03-14", discount: 0.2 },
            { account: "Albion Fresh", products: ["Lintel"], start: "2027-03-01", end: "2027-03-14", discount: 0.2 },
          ],
        },
      ],
    ];
    for (const [name, args] of asked) {
      const error = await run(ben, name, args).then(
        () => null,
        (thrown: unknown) => thrown as { code: string; message: string },
      );
      expect(error?.code, name).toBe("no_right");
      expect(error?.message).toContain("Ana");
      expect(error?.message).not.toMatch(/\d/);
    }
  });
});

describe("estimate_baseline", () => {
  it("takes the next four full weeks where no period is named, and adds up", async () => {
    const result = await run(ana, "estimate_baseline", { account: "Bramley", product: "Polar Lane" });
    const weeks = result.weeks as unknown as {
      week: string;
      baseline: number;
      low: number;
      high: number;
      actual: null;
    }[];
    expect(weeks.map((w) => w.week)).toEqual(["2026-11-23", "2026-11-30", "2026-12-07", "2026-12-14"]);
    const total = result.total as unknown as { mean: number; low: number; high: number };
    expect(total.mean).toBeCloseTo(
      weeks.reduce((sum, w) => sum + w.baseline, 0),
      6,
    );
    expect(total.high - total.low).toBeLessThan(weeks.reduce((sum, w) => sum + w.high - w.low, 0));
    expect(weeks.every((w) => w.actual === null && w.low < w.baseline && w.baseline < w.high)).toBe(true);
  });

  it("leaves past promotions out of their own weeks, near the simulator's truth, and sets what was sold beside them", async () => {
    const { store } = demo;
    const events = await store.db
      .selectFrom("v_promotion as v")
      .innerJoin("truth_promotion as t", "t.promotion_id", "v.promotion_id")
      .where("v.mechanic", "=", "tpr")
      .where("v.discount", ">=", 0.2)
      .where("v.account", "=", "Bramley Stores")
      .where("v.status", "=", "closed")
      .select(["v.promotion_id", "v.start", "v.end", "t.baseline"])
      .execute();
    const errors: number[] = [];
    for (const event of events) {
      const lines = await store.db
        .selectFrom("promotion_line")
        .where("promotion_id", "=", event.promotion_id)
        .select("product_id")
        .execute();
      const result = await run(ana, "estimate_baseline", {
        account: "Bramley Stores",
        products: lines.map((l) => l.product_id),
        period: { from: event.start, to: event.end },
      });
      const total = (result.total as unknown as { mean: number }).mean;
      errors.push(Math.abs(total / event.baseline - 1));
      expect(result.actual_total as unknown as number).toBeGreaterThan(total);
      expect((result.weeks as unknown as { promoted: boolean }[]).every((w) => w.promoted)).toBe(true);
    }
    expect(errors.length).toBeGreaterThan(5);
    expect(errors.sort((a, b) => a - b)[errors.length >> 1]).toBeLessThan(0.12);
  });

  it("asks for what is missing, and says where there are no sales", async () => {
    await expect(run(ana, "estimate_baseline", { product: "Kestrel" })).rejects.toMatchObject({ code: "missing_slot" });
    await expect(run(dan, "estimate_baseline", { account: "Harbour", product: "Kestrel" })).rejects.toMatchObject({
      code: "no_data",
    });
  });
});

describe("compare_scenarios", () => {
  const base = { account: "Retailer A", products: [{ brand: "Kestrel" }], start: "2027-03-01", end: "2027-03-14" };

  it("ranks by expected net profit and says how sure the order is", async () => {
    const result = await run(ana, "compare_scenarios", {
      scenarios: [
        { ...base, discount: 0.1 },
        { ...base, discount: 0.3 },
        { ...base, discount: 0.2, display: true },
      ],
    });
    const ranked = result.ranked as unknown as {
      rank: number;
      net_profit: { mean: number };
      expected_regret: number;
      label: string;
    }[];
    const profits = ranked.map((r) => r.net_profit.mean);
    expect(profits).toEqual([...profits].sort((a, b) => b - a));
    expect(ranked.map((r) => r.rank)).toEqual([1, 2, 3]);
    expect(new Set(ranked.map((r) => r.label)).size).toBe(3);
    expect((result.difference as unknown as { mean: number }).mean).toBeCloseTo(profits[0]! - profits[1]!, 6);
    expect(ranked.every((r) => r.expected_regret >= 0)).toBe(true);
  });

  it("ranks by loss and regret too, sets both sides' accounts side by side, and says what would turn the choice", async () => {
    const result = await run(ana, "compare_scenarios", {
      scenarios: [0.1, 0.15, 0.2, 0.25, 0.3].flatMap((discount) => [
        { ...base, discount },
        { ...base, discount, display: true, fixed_spend: { amount: 4_000, currency: "EUR" } },
        { ...base, discount, payment: "off_invoice" },
      ]),
    });
    const ranked = result.ranked as unknown as {
      rank_by_loss: number;
      rank_by_regret: number;
      probability_of_loss: number;
      expected_regret: number;
      spend: number;
      net_profit: { mean: number };
      incremental_profit: { mean: number };
      retailer: { extra_profit: number };
      statement: {
        net_sales: number;
        allowances: number;
        fixed_spend: number;
        manufacturer: { cost_of_goods: number; profit_before_spend: number; net_profit: number };
        retailer: { sales: number; profit_before_support: number; profit: number };
      };
    }[];
    expect(ranked).toHaveLength(15);
    for (const a of ranked)
      for (const b of ranked) {
        if (a.probability_of_loss < b.probability_of_loss) expect(a.rank_by_loss).toBeLessThan(b.rank_by_loss);
        if (a.expected_regret < b.expected_regret) expect(a.rank_by_regret).toBeLessThan(b.rank_by_regret);
      }
    for (const { statement: s, ...r } of ranked) {
      expect(s.manufacturer.net_profit).toBeCloseTo(r.net_profit.mean, 4);
      expect(s.manufacturer.profit_before_spend).toBeCloseTo(r.incremental_profit.mean, 4);
      expect(s.net_sales - s.manufacturer.cost_of_goods).toBeCloseTo(s.manufacturer.profit_before_spend, 4);
      expect(s.allowances + s.fixed_spend).toBeCloseTo(r.spend, 4);
      expect(s.retailer.profit).toBeCloseTo(r.retailer.extra_profit, 4);
      expect(s.retailer.sales - s.net_sales + r.spend).toBeCloseTo(s.retailer.profit, 4);
    }
    const { text, removed } = reply("compare_scenarios", result);
    expect(removed).toEqual([]);
    expect(text).toContain("the first's fixed fee rose above");
    expect(text).toContain("Both sides");
    expect(text.indexOf("Shown: the first ten of 15 scenarios")).toBeGreaterThan(0);
  });

  it("is not sure between two that are the same", async () => {
    const result = await run(ana, "compare_scenarios", {
      scenarios: [
        { ...base, discount: 0.2 },
        { ...base, discount: 0.2 },
      ],
    });
    expect(result.sure).toBe(false);
    expect((result.difference as unknown as { mean: number }).mean).toBe(0);
    expect(reply("compare_scenarios", result).removed).toEqual([]);
  });

  it("takes the same suggested products where none is named, and says what the contract forbids", async () => {
    const result = await run(ana, "compare_scenarios", {
      scenarios: [
        { account: "Retailer C", start: "2027-10-11", end: "2027-10-17", discount: 0.15 },
        { account: "Retailer C", start: "2027-12-06", end: "2027-12-12", discount: 0.15 },
      ],
    });
    const ranked = result.ranked as unknown as {
      products: string[];
      blocked: boolean;
      period: { from: string };
      checks: { rule: string }[];
    }[];
    expect(ranked[0]!.products).toEqual(ranked[1]!.products);
    const christmas = ranked.find((r) => r.period.from === "2027-12-06")!;
    expect(christmas.blocked).toBe(true);
    expect(christmas.checks.map((c) => c.rule)).toContain("blackout");
    expect(reply("compare_scenarios", result).text).toContain("stands in the way");
  });

  it("ranks by units where costs are not known", async () => {
    const { context, close } = await foreignStore();
    const at = { account: "Market C", products: ["Borden"], start: "2026-11-23", end: "2026-12-06" };
    const result = await run(context, "compare_scenarios", {
      scenarios: [
        { ...at, discount: 0.1 },
        { ...at, discount: 0.25 },
      ],
    });
    expect(result.basis).toBe("true_incremental");
    expect((result.best as unknown as { scenario: number }).scenario).toBe(2);
    expect(reply("compare_scenarios", result).removed).toEqual([]);
    await close();
  });
});

describe("compare_responses", () => {
  it("says what the fitted model says, strongest first", async () => {
    const fitted = await dan.models.current(demo.store);
    for (const driver of ["display", "price"] as const) {
      const result = await run(dan, "compare_responses", { driver, by: "account" });
      const rows = result.rows as unknown as {
        label: string;
        estimate: number;
        standard_error: number;
        n: number;
        effect: number;
      }[];
      const own = responsesBy(fitted.model, driver, "account");
      const best = own.reduce((a, b) =>
        (driver === "price" ? -b.estimate > -a.estimate : b.estimate > a.estimate) ? b : a,
      );
      expect(rows[0]).toMatchObject({ label: best.label, estimate: best.estimate, standard_error: best.se, n: best.n });
      expect(rows).toHaveLength(8);
      expect(rows[0]!.effect).toBeCloseTo(
        driver === "price" ? 0.9 ** best.estimate - 1 : Math.exp(best.estimate) - 1,
        12,
      );
    }
  });

  it("covers only a KAM's own accounts", async () => {
    const rows = (await run(ana, "compare_responses", { driver: "display" })).rows as unknown as { label: string }[];
    expect(rows.map((r) => r.label).sort()).toEqual(["Albion Fresh", "Bramley Stores", "Cormorant Hyper"]);
  });
});

describe("plan_promotions", () => {
  it("keeps budget, calendar and contract, and bounds what is left on the table", async () => {
    const result = await run(ana, "plan_promotions", {
      accounts: ["Albion Fresh", "Bramley Stores"],
      products: [{ brand: "Kestrel" }, { brand: "Tailwind" }],
      period: { from: "2027-04-01", to: "2027-06-30" },
      budget: { amount: 40_000, currency: "EUR" },
    });
    const chosen = result.promotions as unknown as {
      account: string;
      brand: string;
      period: { from: string; to: string };
      discount: number;
      spend: number;
      net_profit: { mean: number };
    }[];
    expect(chosen.length).toBeGreaterThan(0);
    expect(result.spend as unknown as number).toBeLessThanOrEqual(40_000 + 1e-6);
    expect(result.gap as unknown as number).toBeGreaterThanOrEqual(0);
    expect(result.gap as unknown as number).toBeLessThan(0.002);
    expect(result.bound as unknown as number).toBeGreaterThanOrEqual(result.value as unknown as number);
    // What was planned with is what the forecast of each promotion says.
    expect((result.net_profit as unknown as { mean: number }).mean).toBeCloseTo(result.value as unknown as number, 4);
    const binding = result.binding as unknown as { budgets: { step_brings: number }[] };
    expect(binding.budgets[0]!.step_brings).toBeGreaterThan(0);
    for (const p of chosen) {
      expect(p.period.from >= "2027-04-01" && p.period.to <= "2027-06-30").toBe(true);
      expect(p.discount).toBeLessThanOrEqual(p.account === "Bramley Stores" ? 0.3 : 0.35);
      for (const q of chosen)
        if (p !== q && p.account === q.account && p.brand === q.brand && p.period.from < q.period.from)
          expect(Date.parse(q.period.from) - Date.parse(p.period.to)).toBeGreaterThan(28 * 86_400_000);
    }
    expect((result.net_profit as unknown as { mean: number }).mean).toBeCloseTo(
      chosen.reduce((sum, p) => sum + p.net_profit.mean, 0),
      6,
    );
  });

  it("keeps guardrails and counts, plans single products, and tells what a little more money would bring", async () => {
    const args = {
      accounts: ["Albion Fresh"],
      period: { from: "2027-04-01", to: "2027-06-30" },
      budget: { amount: 30_000, currency: "EUR" },
      limits: { line_up: "either", brand_gap_weeks: 1, per_month: 2, max_discount: 0.2, max_probability_of_loss: 0.3 },
    };
    const result = await run(ana, "plan_promotions", args);
    const chosen = result.promotions as unknown as {
      period: { from: string };
      discount: number;
      n_products: number;
      probability_of_loss: number;
    }[];
    expect(chosen.length).toBeGreaterThan(2);
    for (const month of ["2027-04", "2027-05", "2027-06"])
      expect(chosen.filter((p) => p.period.from.startsWith(month)).length).toBeLessThanOrEqual(2);
    for (const p of chosen) {
      expect(p.discount).toBeLessThanOrEqual(0.2);
      expect(p.probability_of_loss).toBeLessThanOrEqual(0.3);
    }
    const whole = await run(ana, "plan_promotions", { ...args, limits: { ...args.limits, line_up: "brand" } });
    expect(result.value as unknown as number).toBeGreaterThanOrEqual((whole.value as unknown as number) * 0.994);
    expect(result.bound as unknown as number).toBeGreaterThan((whole.value as unknown as number) * (1 - 1e-9));
    const { text, removed } = reply("plan_promotions", result);
    expect(removed).toEqual([]);
    expect(text).toContain("What holds it back");
    expect(text).toContain("no plan under these limits can be worth more than");
  });

  it("refuses another currency, and asks for a budget where no fund has one", async () => {
    await expect(run(ana, "plan_promotions", { budget: { amount: 5, currency: "USD" } })).rejects.toMatchObject({
      code: "bad_input",
    });
    const { context, close } = await foreignStore();
    await expect(run(context, "plan_promotions", {})).rejects.toMatchObject({ code: "missing_slot" });
    await close();
  });
});

describe("forecast_accuracy", () => {
  it("tries models that had not seen the weeks, keeps the record, and stays silent on too little", async () => {
    const { context, store, close } = await foreignStore();
    const result = await run(context, "forecast_accuracy", {});
    expect(result).toMatchObject({ of: "weeks", enough: true, n_trials: 4 });
    expect(result.wape as unknown as number).toBeLessThan(0.25);
    expect(result.coverage as unknown as number).toBeGreaterThan(0.5);
    expect(reply("forecast_accuracy", result).removed).toEqual([]);
    const kept = await store.db.selectFrom("meta").select("value").where("key", "=", "track_record").executeTakeFirst();
    expect(kept).toBeDefined();
    expect(await run(context, "forecast_accuracy", {})).toEqual(result);
    const few = await run(context, "forecast_accuracy", { mechanic: "coupon" });
    expect(few).toMatchObject({ n: 0, enough: false, wape: null });
    expect(reply("forecast_accuracy", few).text).toContain("not enough evidence");
    await close();
  });
});
