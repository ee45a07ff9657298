import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ReadTool } from "../define.ts";
import { type DemoContext, demoContext } from "../testing.ts";
import { advisorTools } from "./index.ts";

interface Row {
  value: number | null;
  promotions: number;
}
interface Explained {
  promotion: string;
  units: number;
  baseline: number;
  expected_units: number;
  expected_gap: number;
  verdict: string;
  causes: { cause: string; units: number }[];
  smaller_causes: number;
  unexplained: { units: number };
  weeks: { phase: string; units: number; baseline: number }[];
}

describe("the advisor on the demo market", () => {
  let demo: DemoContext;
  beforeAll(async () => {
    demo = await demoContext();
  });
  afterAll(() => demo.close());

  const ask = async <T>(name: string, args: Record<string, unknown>, user = "dan"): Promise<T> => {
    const tool = advisorTools.find((t) => t.name === name) as ReadTool;
    return (await tool.run(await demo.context(user), tool.schema.parse(args))) as T;
  };
  const query = async <T>(text: string): Promise<T[]> => (await sql.raw(text).execute(demo.store.db)).rows as T[];

  it.each([
    ["account", "account"],
    ["category", "category"],
    ["brand", "brand"],
    ["payment", "payment"],
    ["support", "feature || '|' || display"],
    ["quarter", "substr(start, 1, 4) || ((substr(start, 6, 2) + 2) / 3)"],
    ["promotion", "promotion"],
  ])("pools net ROI by %s as SQL does", async (by, column) => {
    const { rows } = await ask<{ rows: Row[] }>("compare_promotions", { metric: "net_roi", by });
    const expected = await query<{ value: number; n: number }>(
      `SELECT (sum(incremental_profit) - sum(spend)) / sum(spend) AS value, count(*) AS n
       FROM v_promotion p JOIN v_promotion_result r USING (promotion)
       WHERE "end" > '2025-11-21' AND "end" < '2026-11-21' AND incremental_profit IS NOT NULL
       GROUP BY ${column} HAVING sum(spend) > 0 ORDER BY value DESC LIMIT 24`,
    );
    expect(rows.map((r) => [r.value?.toFixed(9), r.promotions])).toEqual(
      expected.map((r) => [r.value.toFixed(9), r.n]),
    );
  });

  it("splits what a promotion missed into causes that add up", async () => {
    const failed = await query<{ promotion: string }>(
      "SELECT p.code AS promotion FROM truth_promotion t JOIN promotion p ON p.id = t.promotion_id WHERE t.cause IS NOT NULL ORDER BY p.id DESC LIMIT 5",
    );
    for (const { promotion } of failed) {
      const why = await ask<Explained>("explain_result", { promotion });
      const sum = why.causes.reduce((s, c) => s + c.units, why.smaller_causes + why.unexplained.units);
      expect(sum).toBeCloseTo(why.expected_gap, 6);
      expect(why.units - why.expected_units).toBeCloseTo(why.expected_gap, 6);
      const window = why.weeks.filter((w) => w.phase === "during");
      expect(window.reduce((s, w) => s + w.baseline, 0)).toBeCloseTo(why.baseline, 4);
    }
  });

  it("invents no large cause for promotions that went as they should", async () => {
    const fine = await query<{ promotion: string }>(
      `SELECT p.code AS promotion FROM truth_promotion t JOIN promotion p ON p.id = t.promotion_id
       WHERE t.cause IS NULL AND p.mechanic = 'tpr' AND p.start > '2026-01-01' ORDER BY p.id LIMIT 25`,
    );
    let large = 0;
    for (const { promotion } of fine) {
      const why = await ask<Explained>("explain_result", { promotion });
      if (why.causes.some((c) => c.units < -0.25 * why.expected_units)) large++;
    }
    expect(large / fine.length).toBeLessThan(0.2);
  });

  it("takes the promotion that ended last at an account, and agrees with the view", async () => {
    const why = await ask<Explained>("explain_result", { account: "Retailer C" });
    const [last] = await query<{ promotion: string; units: number; baseline: number }>(
      `SELECT p.promotion, units, baseline FROM v_promotion p JOIN v_promotion_result r USING (promotion)
       WHERE account = 'Cormorant Hyper' ORDER BY "end" DESC, p.promotion_id DESC LIMIT 1`,
    );
    expect(why).toMatchObject(last!);
  });

  it("takes what started in a period, else what ran in it, and says when a promotion has not ended", async () => {
    const [last] = await query<{ promotion: string; start: string; end: string }>(
      `SELECT p.promotion, start, "end" FROM v_promotion p JOIN v_promotion_result r USING (promotion)
       WHERE account = 'Cormorant Hyper' ORDER BY "end" DESC, p.promotion_id DESC LIMIT 1`,
    );
    const { promotion, start, end } = last!;
    const picked = async (from: string) => {
      const why = await ask<Explained & { picked: string }>("explain_result", {
        account: "Cormorant Hyper",
        period: { from, to: end },
      });
      return [why.promotion, why.picked];
    };
    expect(await picked(start)).toEqual([promotion, "in_period"]);
    expect(await picked(end)).toEqual([promotion, "over_period"]);
    const [ahead] = await query<{ promotion: string }>(
      `SELECT promotion FROM v_promotion WHERE start > '2026-11-21' LIMIT 1`,
    );
    await expect(ask("explain_result", { promotion: ahead!.promotion })).rejects.toThrow(/has not ended/);
  });

  it("explains a period without a promotion by parts that add up", async () => {
    const why = await ask<{ change: number; parts: { change: number }[]; promotion: null; units: number }>(
      "explain_result",
      {
        account: "Bramley Stores",
        product: "Tailwind",
        period: { from: "2026-01-12", to: "2026-01-18" },
      },
    );
    expect(why.promotion).toBeNull();
    expect(why.parts.reduce((sum, part) => sum + part.change, 0)).toBeCloseTo(why.change, 4);
    const [sold] = await query<{ units: number }>(
      "SELECT sum(units) AS units FROM v_sales_week WHERE account = 'Bramley Stores' AND brand = 'Tailwind' AND week = '2026-01-12'",
    );
    expect(why.units).toBe(sold!.units);
  });

  it("explains a quarter as a whole, with what ran in it, and not by one of its promotions", async () => {
    const why = await ask<{ promotion: string | null; ran: { promotion: string }[] }>("explain_result", {
      account: "Cormorant Hyper",
      period: { from: "2026-07-01", to: "2026-09-30" },
    });
    expect(why.promotion).toBeNull();
    expect(why.ran.map((r) => r.promotion)).toEqual(expect.arrayContaining(["P-1291", "P-1288"]));
  });

  it("holds a result against other baselines and against quiet weeks", async () => {
    interface Stressed {
      promotion: string;
      units: number;
      baseline: number;
      uplift: number;
      net_roi: number;
      spend: number;
      true_incremental: number;
      incremental_profit: number;
      stress: {
        baselines: { kind: string; baseline: number | null; net_roi: number | null; same_sign: boolean | null }[];
        tested: number;
        held: number;
        placebo: { windows: number; as_large: number; holds_zero: number; uplift: { low: number; high: number } };
      };
      gross_roi: number;
      net_roi_range: { low: number; high: number };
      probability_of_loss: number;
      split: Record<"sold" | "net", { part: string; units: number }[]>;
    }
    const events = await query<{ promotion: string; cause: string | null }>(
      `SELECT p.code AS promotion, t.cause FROM truth_promotion t JOIN promotion p ON p.id = t.promotion_id
       WHERE p.start > '2025-01-01' ORDER BY p.id LIMIT 24`,
    );
    let windows = 0;
    let zero = 0;
    for (const { promotion } of events) {
      const why = await ask<Stressed>("explain_result", { promotion });
      const total = (parts: { units: number }[]): number => parts.reduce((sum, { units }) => sum + units, 0);
      expect(Math.abs(total(why.split.sold) - why.units)).toBeLessThan(1e-9 * why.units);
      expect(Math.abs(total(why.split.net) - why.true_incremental)).toBeLessThan(1e-9 * why.units);
      expect(why.gross_roi).toBeCloseTo(why.net_roi + 1, 9);
      expect(why.net_roi_range.low).toBeLessThan(why.net_roi);
      expect(why.net_roi_range.high).toBeGreaterThan(why.net_roi);
      expect(why.probability_of_loss > 0.5).toBe(why.net_roi < 0);
      const { baselines, tested, held, placebo } = why.stress;
      expect(baselines.map((one) => one.kind)[0]).toBe("model");
      expect(baselines[0]).toMatchObject({ baseline: why.baseline, same_sign: true });
      expect(baselines[0]!.net_roi).toBeCloseTo(why.net_roi, 9);
      const known = baselines.filter((one) => one.same_sign !== null);
      expect([tested, held]).toEqual([known.length, known.filter((one) => one.same_sign).length]);
      for (const one of known) {
        const incremental = why.true_incremental + why.baseline - one.baseline!;
        const roi = ((why.incremental_profit / why.true_incremental) * incremental) / why.spend - 1;
        expect(one.net_roi).toBeCloseTo(roi, 6);
        expect(one.same_sign).toBe(roi >= 0 === why.net_roi >= 0);
      }
      windows += placebo.windows;
      zero += placebo.holds_zero;
      expect(placebo.as_large).toBeLessThan(placebo.windows / 2);
      expect(placebo.uplift.low).toBeLessThan(placebo.uplift.high);
    }
    // 80 % intervals of weeks in which nothing ran hold zero in about four of five.
    expect(zero / windows).toBeGreaterThan(0.7);
    expect(zero / windows).toBeLessThan(0.9);
  });

  it("says of each depth what was and what is expected, the best of them first in both", async () => {
    interface Depth {
      levels: { level: number; net_roi: number; promotions: number }[];
      expected: { rows: { level: number; net_profit: { mean: number; low: number; high: number } }[]; deepest: number };
      best: { by_net_profit: { level: number }; stops_at: { level: number } | null };
    }
    const depth = await ask<Depth>("discount_response", { product: "Kestrel", account: "Retailer A" });
    const past = await query<{ level: number; value: number; n: number }>(
      `SELECT round(discount * 20) / 20 AS level, (sum(incremental_profit) - sum(spend)) / sum(spend) AS value, count(*) AS n
       FROM v_promotion JOIN v_promotion_result USING (promotion)
       WHERE brand = 'Kestrel' AND account = 'Albion Fresh' AND mechanic = 'tpr' GROUP BY 1 ORDER BY 1`,
    );
    expect(depth.levels.map((l) => [l.level, l.promotions, l.net_roi.toFixed(9)])).toEqual(
      past.map((l) => [l.level, l.n, l.value.toFixed(9)]),
    );
    const { rows, deepest } = depth.expected;
    expect(rows.at(-1)!.level).toBeCloseTo(deepest, 9);
    const means = rows.map((r) => r.net_profit.mean);
    expect(depth.best.by_net_profit.level).toBe(rows[means.indexOf(Math.max(...means))]!.level);
    for (const row of rows) {
      expect(row.net_profit.low).toBeLessThanOrEqual(row.net_profit.mean);
      expect(row.net_profit.high).toBeGreaterThanOrEqual(row.net_profit.mean);
    }
  });

  it("takes gross to net down in steps that add up", async () => {
    interface Review {
      gross_to_net: { steps: { step: string; amount: number }[]; trade_spend: number; trade_rate: number };
      promotions: { spend: number; promotions: number; net_roi: number };
    }
    const review = await ask<Review>("account_review", { account: "Bramley Stores" });
    const { steps, trade_spend, trade_rate } = review.gross_to_net;
    const sum = steps.slice(0, -1).reduce((s, step) => s + step.amount, 0);
    expect(sum).toBeCloseTo(steps.at(-1)!.amount, 4);
    expect(trade_rate).toBeCloseTo(trade_spend / steps[0]!.amount, 9);
    const [sql_] = await query<{ spend: number; n: number; roi: number }>(
      `SELECT sum(spend) AS spend, count(*) AS n, (sum(incremental_profit) - sum(spend)) / sum(spend) AS roi
       FROM v_promotion JOIN v_promotion_result USING (promotion)
       WHERE account = 'Bramley Stores' AND "end" > '2025-11-21' AND "end" < '2026-11-21'`,
    );
    expect(review.promotions.spend).toBeCloseTo(sql_!.spend, 4);
    expect([review.promotions.promotions, review.promotions.net_roi.toFixed(9)]).toEqual([
      sql_!.n,
      sql_!.roi.toFixed(9),
    ]);
  });

  it("shows a KAM nothing of her colleagues' accounts", async () => {
    const others = ["Delphi", "Estuary", "Fairway", "Galleon", "Harbour"];
    const questions: [string, Record<string, unknown>][] = [
      ["compare_promotions", { by: "account" }],
      ["compare_promotions", { by: "promotion", metric: "spend" }],
      ["compare_promotions", { by: "account", metric: "net_sales" }],
      ["discount_response", { product: "Kestrel" }],
      ["explain_result", {}],
      ["explain_result", { product: "Kestrel" }],
      ["product_growth", {}],
      ["find_risks", {}],
      ["market_signals", {}],
    ];
    for (const [name, args] of questions) {
      const text = JSON.stringify(await ask(name, args, "ana"));
      for (const other of others) expect(text, `${name} ${JSON.stringify(args)}`).not.toContain(other);
    }
    for (const name of ["explain_result", "account_review", "find_risks", "discount_response"])
      await expect(ask(name, { account: "Fairway Online" }, "ana")).rejects.toThrow(/Ben's account/);
    const [foreign] = await query<{ promotion: string }>(
      "SELECT promotion FROM v_promotion JOIN v_promotion_result USING (promotion) WHERE account = 'Fairway Online' LIMIT 1",
    );
    await expect(ask("explain_result", { promotion: foreign!.promotion }, "ana")).rejects.toThrow(/Ben's account/);
  });
});
