import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Store } from "../store/open.ts";
import { temporaryStore } from "../testing.ts";
import { ACCOUNTS } from "./accounts.ts";
import { HISTORY } from "./frame.ts";
import { writeDemoMarket } from "./index.ts";
import { tpr } from "./offers.ts";
import { trueChanges, trueOutcome } from "./oracle.ts";
import { PRODUCTS } from "./products.ts";
import { type DemoWorld, makeWorld } from "./world.ts";

/** One row a past promotion: truth, spend and the profit that follows, by the formulas of the field. */
const EVENTS = `
SELECT q.code, q.account_id, a.name AS account, q."end", t.*, s.amount_minor AS spend, t.true_incremental * m.margin AS profit,
  (SELECT sum(l.planned_units) FROM promotion_line l WHERE l.promotion_id = q.id) AS planned, t.baseline + t.gross_incremental AS units
FROM truth_promotion t JOIN promotion q ON q.id = t.promotion_id JOIN account a ON a.id = q.account_id JOIN promotion_spend s ON s.promotion_id = q.id
JOIN (SELECT l.promotion_id, sum(w.units * (p.list_price_minor * (1 - c.off_invoice_rate - c.rebate_rate) - p.cost_minor)) / sum(w.units) AS margin
  FROM promotion_line l JOIN promotion q ON q.id = l.promotion_id JOIN product p ON p.id = l.product_id
  JOIN sales_week w ON w.account_id = q.account_id AND w.product_id = l.product_id AND w.week BETWEEN q.start AND q."end"
  JOIN contract c ON c.account_id = q.account_id AND q.start BETWEEN c.start AND c."end" GROUP BY 1) m ON m.promotion_id = q.id`;

const deviation = (values: readonly number[]): number => {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  return Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length);
};
const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

describe.each(["2026-11-21", "2027-03-03", "2026-12-28"])("the truth of %s", (today) => {
  let store: Store;
  let close: () => Promise<void>;
  let world: DemoWorld;
  const all = async <T>(text: string): Promise<T[]> => (await sql.raw<T>(text).execute(store.db)).rows;
  beforeAll(async () => {
    ({ store, close } = await temporaryStore(today));
    await writeDemoMarket(store);
    world = makeWorld(today);
  });
  afterAll(() => close());

  it("covers every promotion that ended, and no other", async () => {
    const [row] = await all<{ missing: number; extra: number }>(
      `SELECT sum(t.promotion_id IS NULL AND q.status IN ('ended', 'closed')) AS missing, sum(t.promotion_id IS NOT NULL AND q.status NOT IN ('ended', 'closed')) AS extra
       FROM promotion q LEFT JOIN truth_promotion t ON t.promotion_id = q.id`,
    );
    expect(row).toEqual({ missing: 0, extra: 0 });
  });

  it("adds up, and its units are those that were sold", async () => {
    const rows = await all<
      Record<"gross_incremental" | "dip" | "cannibalised" | "halo" | "true_incremental" | "units" | "sold", number>
    >(
      `SELECT e.*, (SELECT sum(w.units) FROM promotion q JOIN promotion_line l ON l.promotion_id = q.id JOIN sales_week w
        ON w.account_id = q.account_id AND w.product_id = l.product_id AND w.week BETWEEN q.start AND q."end" WHERE q.id = e.promotion_id) AS sold FROM (${EVENTS}) e`,
    );
    for (const row of rows) {
      expect(row.gross_incremental - row.dip - row.cannibalised + row.halo).toBeCloseTo(row.true_incremental, 6);
      expect(Math.abs(row.units - row.sold)).toBeLessThan(15);
      expect(Math.min(row.dip, row.cannibalised, row.halo)).toBeGreaterThanOrEqual(-1e-9);
    }
    const share = (key: "dip" | "cannibalised" | "true_incremental"): number =>
      rows.reduce((sum, row) => sum + row[key], 0) / rows.reduce((sum, row) => sum + row.gross_incremental, 0);
    expect(share("dip")).toBeGreaterThan(0.08);
    expect(share("cannibalised")).toBeGreaterThan(0.08);
    expect(share("true_incremental")).toBeGreaterThan(0.5);
  });

  it("has a baseline that quiet weeks sell, and promoted weeks do not", async () => {
    const rows = await all<{ promoted: number; ratio: number }>(
      `SELECT promoted, sum(units) / sum(baseline) AS ratio FROM sales_week JOIN truth_baseline USING (account_id, product_id, week) WHERE out_of_stock = 0 GROUP BY promoted ORDER BY promoted`,
    );
    expect(rows[0]!.ratio).toBeGreaterThan(0.95);
    expect(rows[0]!.ratio).toBeLessThan(1.01);
    expect(rows[1]!.ratio).toBeGreaterThan(1.5);
  });

  it("spreads the return on both sides of break-even, clearly apart by account", async () => {
    const rows = await all<{ account: string; spend: number; profit: number }>(EVENTS);
    const roi = rows.map(({ spend, profit }) => profit / spend - 1);
    expect(roi.filter((x) => x < -0.2).length).toBeGreaterThan(50);
    expect(roi.filter((x) => x > 0.2).length).toBeGreaterThan(50);
    expect(roi.filter((x) => x < -1.2 || x > 3).length).toBe(0);
    const pooled = ACCOUNTS.map(({ name }) => {
      const own = rows.filter(({ account }) => account === name);
      return own.reduce((sum, { profit }) => sum + profit, 0) / own.reduce((sum, { spend }) => sum + spend, 0) - 1;
    });
    expect(Math.max(...pooled)).toBeGreaterThan(0.15);
    expect(Math.min(...pooled)).toBeLessThan(-0.15);
    const sorted = [...pooled].sort((a, b) => b - a);
    expect(sorted[0]! - sorted[1]!).toBeGreaterThan(0.04);
  });

  it("lets the noise be a real market's: 12–20 % a week and series, partly shared, partly drifting", () => {
    const series = world.market.noise.flatMap((products, a) =>
      products.flatMap((noise, p) => (world.frame.listings[a]![p] ? [noise.subarray(0, HISTORY)] : [])),
    );
    const levels = series.map((noise) => deviation([...noise]));
    expect(median(levels)).toBeGreaterThan(0.13);
    expect(median(levels)).toBeLessThan(0.18);
    expect(levels.filter((x) => x < 0.1 || x > 0.23).length).toBeLessThan(0.03 * levels.length);
    const correlation = (x: Float64Array, y: Float64Array): number => {
      const n = Math.min(x.length, y.length);
      const [mx, my] = [x.subarray(0, n), y.subarray(0, n)].map((v) => v.reduce((s, u) => s + u, 0) / n) as [
        number,
        number,
      ];
      let [xy, xx, yy] = [0, 0, 0];
      for (let t = 0; t < n; t++) {
        xy += (x[t]! - mx) * (y[t]! - my);
        xx += (x[t]! - mx) ** 2;
        yy += (y[t]! - my) ** 2;
      }
      return xy / Math.sqrt(xx * yy);
    };
    const { noise } = world.market;
    const pairs = PRODUCTS.map((_, p) =>
      correlation(noise[0]![p]!.subarray(0, HISTORY), noise[1]![p]!.subarray(0, HISTORY)),
    );
    expect(median(pairs)).toBeGreaterThan(0.08);
    const lagged = PRODUCTS.map((_, p) =>
      correlation(noise[2]![p]!.subarray(0, HISTORY - 1), noise[2]![p]!.subarray(1, HISTORY)),
    );
    expect(median(lagged)).toBeGreaterThan(0.12);
  });

  it("lets responses differ by a factor of two to three between accounts and between products", () => {
    const { depth, display } = world.parameters;
    const byAccount = depth.map((row) => median(row));
    expect(Math.max(...byAccount) / Math.min(...byAccount)).toBeGreaterThan(2);
    expect(Math.max(...byAccount) / Math.min(...byAccount)).toBeLessThan(3);
    expect(Math.max(...depth[0]!) / Math.min(...depth[0]!)).toBeGreaterThan(1.7);
    const stands = display.map((row) => median(row));
    expect(Math.max(...stands) / Math.min(...stands)).toBeGreaterThan(2);
  });

  it("does not plan at random: deep before holidays", async () => {
    const past = world.events.filter((e) => e.offer.mechanic === "tpr" && e.start < HISTORY && e.cause === null);
    const mean = (near: boolean): number => {
      const own = past.filter((e) => world.frame.holidayIn[e.start]! <= 3 === near);
      return own.reduce((sum, e) => sum + e.offer.depth, 0) / own.length;
    };
    expect(mean(true)).toBeGreaterThan(mean(false) + 0.03);
  });

  it("fails some promotions, each with the evidence in the store", async () => {
    const failed = await all<{
      promotion_id: number;
      cause: string;
      spend: number;
      profit: number;
      units: number;
      planned: number;
    }>(`SELECT * FROM (${EVENTS}) WHERE cause IS NOT NULL`);
    for (const cause of ["competitor", "missing_display", "stock_out", "pull_forward"]) {
      const own = failed.filter((row) => row.cause === cause);
      expect(own.length).toBeGreaterThanOrEqual(3);
      expect(own.reduce((s, row) => s + row.units, 0) / own.reduce((s, row) => s + row.planned, 0)).toBeLessThan(0.82);
    }
    const without = async (cause: string, evidence: string): Promise<unknown[]> =>
      all(
        `SELECT q.code FROM promotion q JOIN truth_promotion t ON t.promotion_id = q.id WHERE t.cause = '${cause}' AND NOT ${evidence}`,
      );
    expect(
      await without(
        "competitor",
        `EXISTS (SELECT 1 FROM signal g JOIN v_promotion v ON v.promotion_id = q.id WHERE g.kind = 'competitor_promotion' AND g.account_id = q.account_id AND g.category_id = v.category_id AND g.start <= q.start AND g."end" >= q."end" AND g.value >= 0.4)`,
      ),
    ).toEqual([]);
    expect(
      await without(
        "missing_display",
        `(q.display = 1 AND q.fixed_spend_minor > 0 AND (SELECT avg(s.display_present) FROM visit v JOIN shelf_check s ON s.visit_id = v.id WHERE v.promotion_id = q.id) <= 0.25)`,
      ),
    ).toEqual([]);
    expect(
      await without(
        "stock_out",
        `(SELECT avg(w.out_of_stock) FROM promotion_line l JOIN sales_week w ON w.account_id = q.account_id AND w.product_id = l.product_id AND w.week BETWEEN q.start AND q."end" WHERE l.promotion_id = q.id) > 0.3`,
      ),
    ).toEqual([]);
    expect(
      await without(
        "pull_forward",
        `EXISTS (SELECT 1 FROM promotion r JOIN promotion_line k ON k.promotion_id = r.id JOIN promotion_line l ON l.promotion_id = q.id AND l.product_id = k.product_id WHERE r.account_id = q.account_id AND r.discount >= 0.25 AND julianday(q.start) - julianday(r."end") BETWEEN 1 AND 8)`,
      ),
    ).toEqual([]);
    // An executed display is seen in most stores.
    const [seen] = await all<{ share: number }>(
      "SELECT avg(s.display_present) AS share FROM visit v JOIN shelf_check s ON s.visit_id = v.id JOIN promotion q ON q.id = v.promotion_id JOIN truth_promotion t ON t.promotion_id = q.id WHERE q.display = 1 AND t.cause IS NULL",
    );
    expect(seen!.share).toBeGreaterThan(0.75);
  });

  it("ends each account's history with one promotion, failed at B, C, E and G", async () => {
    const last = await all<{ account: string; cause: string | null; units: number; planned: number; n: number }>(
      `SELECT e.*, count(*) AS n FROM (${EVENTS}) e WHERE e."end" = (SELECT max(q."end") FROM promotion q WHERE q.account_id = e.account_id AND q.status IN ('ended', 'closed')) GROUP BY e.account_id ORDER BY e.account_id`,
    );
    expect(last.map(({ n }) => n)).toEqual([1, 1, 1, 1, 1, 1, 1, 1]);
    expect(last.map(({ cause }) => cause)).toEqual([
      null,
      "missing_display",
      "competitor",
      null,
      "stock_out",
      null,
      "pull_forward",
      null,
    ]);
    for (const row of last) if (row.cause) expect(row.units).toBeLessThan(0.85 * row.planned);
    // Retailer C: what was sold on promotion lies below what an ordinary week sold just before.
    const [drop] = await all<{ ratio: number }>(
      `WITH q AS (SELECT * FROM promotion WHERE account_id = 3 AND status IN ('ended', 'closed') ORDER BY "end" DESC LIMIT 1), w AS (SELECT w.* FROM sales_week w JOIN promotion_line l ON l.product_id = w.product_id JOIN q ON q.id = l.promotion_id AND q.account_id = w.account_id)
       SELECT (SELECT avg(units) FROM w, q WHERE w.week BETWEEN q.start AND q."end") / (SELECT avg(units) FROM w, q WHERE w.promoted = 0 AND w.week < q.start AND w.week >= date(q.start, '-56 days')) AS ratio`,
    );
    expect(drop!.ratio).toBeLessThan(0.95);
  });

  it("answers what a promotion would do, and no deeper cut sells less", () => {
    const start = world.frame.weeks[HISTORY + 30]!;
    const scenario = {
      accountId: 2,
      productIds: [1, 3].filter((id) => world.frame.listings[1]![id - 1]),
      start,
      weeks: 2,
      feature: false,
      display: false,
    };
    const effects = [0.1, 0.2, 0.3].map((depth) => trueOutcome(world, { ...scenario, offer: tpr(depth) }));
    expect(effects[0]!.grossIncremental).toBeGreaterThan(0);
    for (const i of [1, 2]) expect(effects[i]!.units).toBeGreaterThan(effects[i - 1]!.units);
    expect(trueOutcome(world, { ...scenario, offer: tpr(0.2), display: true }).units).toBeGreaterThan(
      effects[1]!.units,
    );
    const whole = trueOutcome(world, { ...scenario, offer: tpr(0.2) });
    const parts = trueChanges(world, { ...scenario, offer: tpr(0.2) });
    expect(parts.reduce((sum, one) => sum + one.change, 0)).toBeCloseTo(whole.trueIncremental, 6);
    const own = parts.filter((one) => scenario.productIds.includes(one.productId));
    expect(own.reduce((sum, one) => sum + one.sold, 0)).toBeCloseTo(whole.units, 6);
    expect(() => trueOutcome(world, { ...scenario, start: "2027-06-02", offer: tpr(0.2) })).toThrow(/Monday/);
  });
});
