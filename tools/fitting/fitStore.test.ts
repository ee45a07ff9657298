import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { raiseDataVersion } from "../../data/meta/dataVersion.repo.ts";
import { temporaryStore } from "../../data/testing.ts";
import { responsesBy, saveModel } from "../../forecasting/index.ts";
import { type DemoContext, demoContext } from "../testing.ts";
import { foreignStore, PANEL_TRUTH } from "../testingPanel.ts";
import { fitStore } from "./fitStore.ts";
import { createFittedModels } from "./fittedModels.ts";
import { unpackModel } from "./savedModel.ts";

let demo: DemoContext;
beforeAll(async () => {
  demo = await demoContext();
});
afterAll(() => demo.close());

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1]!;

/** Ended promotions with their measured and true effects, and the mean units of quiet weeks around each. */
async function measured() {
  return demo.store.db
    .selectFrom("promotion_result as r")
    .innerJoin("truth_promotion as t", "t.promotion_id", "r.promotion_id")
    .innerJoin("promotion as p", "p.id", "r.promotion_id")
    .select(["r.promotion_id", "r.units", "r.baseline", "r.true_incremental", "r.low", "r.high", "r.gross_incremental"])
    .select(["p.account_id", "p.start", "p.end"])
    .select(["t.true_incremental as truth", "t.gross_incremental as true_gross", "t.baseline as true_baseline"])
    .execute();
}

/** What a spreadsheet would say: units less the mean of the eight weeks before, dip and all else ignored. */
async function movingAverage(row: { promotion_id: number; account_id: number; start: string; units: number }) {
  const before = await demo.store.db
    .selectFrom("sales_week as s")
    .innerJoin("promotion_line as l", (join) => join.onRef("l.product_id", "=", "s.product_id"))
    .where("l.promotion_id", "=", row.promotion_id)
    .where("s.account_id", "=", row.account_id)
    .where("s.week", "<", row.start)
    .where("s.week", ">=", new Date(Date.parse(row.start) - 56 * 86_400_000).toISOString().slice(0, 10))
    .select((eb) => [eb.fn.sum<number>("s.units").as("units"), eb.fn.count<number>("s.week").distinct().as("weeks")])
    .executeTakeFirstOrThrow();
  return before.weeks > 0 ? before.units / before.weeks : null;
}

describe("the fitted demo store", () => {
  it("has a result for every promotion that ended, of the model of its data", async () => {
    const { store } = demo;
    const model = await (await demo.context()).models.current(store);
    const ended = await store.db
      .selectFrom("v_promotion")
      .select("promotion")
      .where("end", "<", store.today)
      .where("status", "in", ["running", "approved", "ended", "closed"])
      .execute();
    const results = await store.db.selectFrom("promotion_result").selectAll().execute();
    expect(results.length).toBeGreaterThan(280);
    expect(results).toHaveLength(ended.length);
    expect(new Set(results.map((r) => r.model_id))).toEqual(new Set([model.id]));
  });

  it("measures close to the truth, and far better than units less a moving average", async () => {
    const rows = await measured();
    const errors = rows.map((r) => Math.abs(r.true_incremental - r.truth) / Math.abs(r.truth));
    expect(median(errors)).toBeLessThan(0.2);
    const naive: number[] = [];
    for (const row of rows) {
      const weekly = await movingAverage(row);
      const weeks = Math.round((Date.parse(row.end) - Date.parse(row.start)) / (7 * 86_400_000));
      if (weekly !== null) naive.push(Math.abs(row.units - weeks * weekly - row.truth) / Math.abs(row.truth));
    }
    expect(median(errors)).toBeLessThan(0.6 * median(naive));
    const bias = rows.reduce((sum, r) => sum + r.baseline - r.true_baseline, 0);
    expect(Math.abs(bias / rows.reduce((sum, r) => sum + r.true_baseline, 0))).toBeLessThan(0.05);
  });

  it("states ranges that hold about as often as they say", async () => {
    const rows = await measured();
    const held = rows.filter((r) => r.truth >= r.low && r.truth <= r.high).length / rows.length;
    expect(held).toBeGreaterThan(0.65);
    expect(held).toBeLessThan(0.92);
  });

  it("knows how whole promotions differ from their kind: seldom above, now and then far below", async () => {
    const { fitted } = await demo.context().then(async (c) => ({ fitted: await c.models.current(demo.store) }));
    const { eventSpread, eventShape } = fitted.ground;
    expect(eventSpread).toBeGreaterThan(0.1);
    expect(eventShape).toHaveLength(fitted.accountIds.length);
    for (const quantiles of eventShape) {
      expect(quantiles).toEqual(quantiles.toSorted((a, b) => a - b));
      expect(-quantiles[1]!).toBeGreaterThan(quantiles.at(-2)!);
    }
    expect(new Set(eventShape.map((quantiles) => quantiles.join())).size).toBeGreaterThan(1);
  });

  it("adds up: true incremental from its parts, spend and profit by the formulas, from the tables alone", async () => {
    const { store } = demo;
    const rows = await store.db
      .selectFrom("promotion_result as r")
      .innerJoin("promotion as p", "p.id", "r.promotion_id")
      .selectAll("r")
      .select(["p.account_id", "p.payment", "p.start", "p.end", "p.fixed_spend_minor"])
      .execute();
    for (const r of rows) {
      expect(r.gross_incremental).toBeCloseTo(r.units - r.baseline, 4);
      expect(r.true_incremental).toBeCloseTo(r.gross_incremental - r.dip - r.cannibalised + r.halo, 4);
    }
    const one = rows.find((r) => r.payment === "scan_back")!;
    const lines = await store.db
      .selectFrom("promotion_line as l")
      .innerJoin("product as q", "q.id", "l.product_id")
      .innerJoin("sales_week as s", "s.product_id", "l.product_id")
      .where("l.promotion_id", "=", one.promotion_id)
      .where("s.account_id", "=", one.account_id)
      .where("s.week", ">=", one.start)
      .where("s.week", "<=", one.end)
      .groupBy("l.product_id")
      .select(["l.allowance_minor", "q.cost_minor", "q.list_price_minor"])
      .select((eb) => eb.fn.sum<number>("s.units").as("units"))
      .execute();
    const terms = await store.db
      .selectFrom("contract")
      .selectAll()
      .where("account_id", "=", one.account_id)
      .where("start", "<=", one.start)
      .where("end", ">=", one.start)
      .executeTakeFirstOrThrow();
    const units = lines.reduce((sum, l) => sum + l.units, 0);
    expect(one.units).toBeCloseTo(units, 6);
    const spend = lines.reduce((sum, l) => sum + l.allowance_minor * l.units, one.fixed_spend_minor);
    expect(Math.abs(one.spend_minor - spend)).toBeLessThanOrEqual(1);
    const rate = 1 - terms.off_invoice_rate - terms.rebate_rate;
    const margin = lines.reduce((sum, l) => sum + (l.list_price_minor! * rate - l.cost_minor!) * l.units, 0) / units;
    expect(Math.abs(one.incremental_profit_minor! - one.true_incremental * margin)).toBeLessThanOrEqual(1);
  });

  it("pays an off-invoice promotion for what was shipped in the buy-in window", async () => {
    const { store } = demo;
    const one = await store.db
      .selectFrom("promotion_result as r")
      .innerJoin("promotion as p", "p.id", "r.promotion_id")
      .where("p.payment", "=", "off_invoice")
      .where("p.fixed_spend_minor", "=", 0)
      .selectAll("p")
      .select("r.spend_minor")
      .executeTakeFirstOrThrow();
    const shipped = await store.db
      .selectFrom("promotion_line as l")
      .innerJoin("shipment_week as s", "s.product_id", "l.product_id")
      .where("l.promotion_id", "=", one.id)
      .where("s.account_id", "=", one.account_id)
      .where("s.week", ">=", one.buy_in_start!)
      .where("s.week", "<=", one.buy_in_end!)
      .select(["l.allowance_minor", "s.units"])
      .execute();
    const spend = shipped.reduce((sum, s) => sum + s.allowance_minor * s.units, 0);
    expect(Math.abs(one.spend_minor - spend)).toBeLessThanOrEqual(1);
  });

  it("is read from its row while the data stand, and fitted again, to the same bits, when their version moves", async () => {
    const { store } = demo;
    const models = createFittedModels();
    const kept = await store.db.selectFrom("model").selectAll().executeTakeFirstOrThrow();
    const results = await store.db.selectFrom("promotion_result").selectAll().orderBy("promotion_id").execute();
    const first = await models.current(store);
    expect(first.id).toBe(kept.id);
    expect(await models.current(store)).toBe(first);
    await raiseDataVersion(store);
    const second = await models.current(store);
    expect(second).not.toBe(first);
    const row = await store.db.selectFrom("model").selectAll().executeTakeFirstOrThrow();
    expect(row.data_version).toBe(kept.data_version + 1);
    expect(row.body).toBe(kept.body);
    expect(saveModel(unpackModel(row.id, row.body).model)).toBe(saveModel(second.model));
    const after = await store.db.selectFrom("promotion_result").selectAll().orderBy("promotion_id").execute();
    expect(after.map(({ model_id: _, ...r }) => r)).toEqual(results.map(({ model_id: _, ...r }) => r));
  });
});

describe("stores that hold less", () => {
  it("says that there is nothing to fit", async () => {
    const made = await temporaryStore();
    await expect(fitStore(made.store)).rejects.toMatchObject({ code: "no_data" });
    await made.close();
  });

  it("fits a foreign panel, and finds what it was made with", async () => {
    const { context, store, close } = await foreignStore();
    const fitted = await context.models.current(store);
    expect(fitted.id).toBeGreaterThan(0);
    const [price] = responsesBy(fitted.model, "price", "all");
    expect(Math.abs(price!.estimate - PANEL_TRUTH.elasticity)).toBeLessThan(0.4);
    const displays = responsesBy(fitted.model, "display", "account").map((r) => r.estimate);
    expect(displays.at(-1)!).toBeGreaterThan(displays[0]! + 0.3);
    const facts = fitted.ground.series[0]!;
    expect(facts.everyday).toBeCloseTo(3, 2);
    expect(facts.weeks).toBe(PANEL_TRUTH.weeks);
    expect(fitted.ground.usual.display[0]).toBeGreaterThan(0.3);
    await close();
  });

  it("is fitted in memory where it cannot be written", async () => {
    const { context, store, close } = await foreignStore();
    await sql`PRAGMA query_only = ON`.execute(store.db);
    const fitted = await context.models.current(store);
    expect(fitted.id).toBe(0);
    expect(fitted.model.rows).toBe(5 * PANEL_TRUTH.weeks);
    expect(await store.db.selectFrom("model").selectAll().execute()).toEqual([]);
    await close();
  });
});
