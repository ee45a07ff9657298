import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { UsedForecast } from "../../../data/forecasts/forecasts.service.ts";
import type { Actor } from "../../../data/users/actor.ts";
import { type DemoContext, demoContext } from "../../testing.ts";
import { readForecastGround } from "../forecastGround.ts";
import { forecastOn, forecastPromotion } from "../forecastPromotion.ts";
import type { PromotionSpec } from "../types.ts";
import { bandOf, DEPTH_BANDS } from "./bands.ts";
import { calibrationOf } from "./calibration.ts";
import { keepForecasts, keptForecast } from "./keep.ts";
import { plansOf } from "./plans.ts";
import { recordFor } from "./recordFor.ts";
import { ENOUGH, type Outcome, type Scored, scoreOf } from "./scored.ts";
import { eachOnce, readScorings, type Scorings, scoringsOf } from "./scorings.ts";

const DAN: Actor = { id: "dan", name: "Dan", role: "manager", accounts: "all" };
const ANA: Actor = { id: "ana", name: "Ana", role: "kam", accounts: new Set([1]) };
const outcome = (mean: number, actual: number): Outcome => ({
  mean,
  low: 0.9 * mean,
  high: 1.1 * mean,
  wide: { low: 0.8 * mean, high: 1.2 * mean },
  actual,
});
const scored = (changes: Partial<Scored> = {}): Scored => ({
  promotion_id: 1,
  account_id: 1,
  product_ids: [1],
  mechanic: "tpr",
  depth: 0.2,
  source: "tried",
  units: outcome(100, 105),
  gain: null,
  planned: null,
  overridden: false,
  ...changes,
});
const times = (n: number, changes: Partial<Scored> = {}): Scored[] => Array.from({ length: n }, () => scored(changes));
const tried = (...rows: readonly Scored[]): Scorings => ({ of: "promotions", made: [], tried: rows });
const ASKED = { account: { id: 1, name: "Albion" }, mechanic: "tpr", band: bandOf(0.2) } as const;

describe("depth bands", () => {
  it("take their lower end and leave their upper one to the next, whatever a division leaves", () => {
    const words = [0, 0.1, 0.15, 0.35 - 0.2, 1 - 0.85, 0.2499, 0.25, 0.35, 0.9].map((depth) => bandOf(depth).words);
    const [none, shallow, usual, deep, deepest] = DEPTH_BANDS.map((band) => band.words);
    expect(words).toEqual([none, shallow, usual, usual, usual, usual, deep, deepest, deepest]);
    expect(usual).toBe("15 % to 25 %");
  });
});

describe("scores", () => {
  it("pool the errors, count what the ranges held, and say nothing of too few", () => {
    const rows = [105, 95, 115, 125, 60].map((actual) => outcome(100, actual));
    expect(scoreOf(rows)).toEqual({
      n: 5,
      wape: (5 + 5 + 15 + 25 + 40) / 500,
      bias: 0,
      held: 2,
      coverage: 0.4,
      wide_held: 3,
      wide_coverage: 0.6,
    });
    expect(scoreOf(rows.slice(0, ENOUGH - 1))).toBeNull();
    expect(scoreOf(rows.map((o) => ({ ...o, actual: 0 })))).toBeNull();
  });

  it("hold plans of people against the forecasts of the same promotions, and say whose were nearer", () => {
    const rows = [...times(5, { planned: 104 }), ...times(9, { units: outcome(100, 300) })];
    expect(plansOf(rows)).toMatchObject({ n: 5, better: "plans", forecast: { wape: 5 / 105 }, wape: 1 / 105 });
    expect(plansOf(times(5, { planned: 120 }))).toMatchObject({ better: "forecasts", by: 10 / 105 });
    expect(plansOf(times(4, { planned: 120 }))).toBeNull();
  });

  it("say how often less came than the ends of the ranges", () => {
    const rows = [70, 85, 100, 115, 130].map((actual) => scored({ units: outcome(100, actual) }));
    expect(calibrationOf(rows).map((c) => [c.figure, c.stated.toFixed(3), c.found])).toEqual([
      ["units", "0.025", 0.2],
      ["units", "0.100", 0.4],
      ["units", "0.900", 0.6],
      ["units", "0.975", 0.8],
    ]);
    expect(calibrationOf(rows.slice(1))).toEqual([]);
  });
});

describe("the record of forecasts like one", () => {
  const of = (scorings: Scorings, actor = DAN) => recordFor(scorings, actor, ASKED);

  it("is that of the narrowest group with enough of them, and says how many were looked for", () => {
    const narrow = times(4);
    const deeper = times(3, { depth: 0.3 });
    const elsewhere = times(5, { account_id: 2, units: outcome(100, 200) });
    expect(of(tried(...times(5), ...elsewhere))).toMatchObject({
      wider: false,
      asked: { account: "Albion", mechanic: "tpr", n: 5 },
      group: { account: "Albion", mechanic: "tpr", band: bandOf(0.2) },
      score: { n: 5, held: 5 },
    });
    const level = (...rows: readonly Scored[]) => {
      const { group, wider, score, asked } = of(tried(...rows));
      return [group && [group.account, group.mechanic, group.band?.words ?? null], wider, score?.n ?? null, asked.n];
    };
    expect(level(...narrow, ...deeper)).toEqual([["Albion", "tpr", null], true, 7, 4]);
    expect(level(...narrow, ...elsewhere)).toEqual([[null, "tpr", "15 % to 25 %"], true, 9, 4]);
    expect(level(...narrow, ...times(2, { account_id: 2, depth: 0.4 }))).toEqual([[null, "tpr", null], true, 6, 4]);
    expect(level(...narrow, ...times(1, { mechanic: "coupon" }))).toEqual([[null, null, null], true, 5, 4]);
    expect(level(...narrow)).toEqual([null, false, null, 4]);
    expect(of(tried())).toMatchObject({ untried: true, score: null });
    expect(of(tried(...narrow))).toMatchObject({ untried: false });
  });

  it("counts nothing of an account that the actor does not see", () => {
    const rows = tried(...times(4), ...times(9, { account_id: 2 }));
    expect(of(rows).score?.n).toBe(13);
    expect(of(rows, ANA)).toMatchObject({ score: null, asked: { n: 4 } });
  });

  it("goes by price and support alone where a store knows weeks and no promotions", () => {
    const rows = times(5, { mechanic: null, promotion_id: null });
    expect(of({ of: "weeks", made: [], tried: rows })).toMatchObject({ wider: false, asked: { mechanic: null, n: 5 } });
  });

  it("counts a promotion once: as it was told where it was, and no plan of the program's as a person's", () => {
    const figures = { figure: "units" as const, mean: 110, q025: 80, q10: 90, q90: 120, q975: 130 };
    const used: UsedForecast = {
      promotion_id: 7,
      account_id: 1,
      product_ids: [1],
      mechanic: "tpr",
      depth: 0.2,
      figures: { units: figures },
      sold: 100,
      gained: 40,
      planned: null,
      overridden: false,
    };
    const rows = [scored({ promotion_id: 7, planned: 99 }), scored({ promotion_id: 8, planned: 98 })];
    const both = scoringsOf({ of: "promotions", origins: [], tried: rows }, [used]);
    expect(both.tried.map((row) => row.planned)).toEqual([null, 98]);
    expect(both.made).toMatchObject([{ source: "made", units: { mean: 110, low: 90, actual: 100 }, gain: null }]);
    expect(eachOnce(both).map((row) => [row.promotion_id, row.source])).toEqual([
      [7, "made"],
      [8, "tried"],
    ]);
    expect(scoringsOf(null, [])).toEqual({ of: "promotions", made: [], tried: [] });
  });
});

describe("the demo store", () => {
  let demo: DemoContext;
  beforeAll(async () => {
    demo = await demoContext();
  });
  afterAll(() => demo.close());
  const spec: PromotionSpec = {
    account_id: 1,
    product_ids: [2, 1],
    start: "2027-02-01",
    end: "2027-02-14",
    mechanic: "tpr",
    discount: 0.2,
    price_off: null,
    get: null,
    pay: null,
    feature: false,
    display: true,
    payment: "scan_back",
    fixed_spend: 0,
  };

  it("says beside a forecast how good such forecasts were, and keeps what it forecast", async () => {
    const context = await demo.context();
    const forecast = await forecastPromotion(context, spec);
    expect(forecast.record).toMatchObject({ of: "promotions", untried: false, asked: { account: "Albion Fresh" } });
    expect(forecast.record.score!.n).toBeGreaterThanOrEqual(ENOUGH);
    const { range_95: wide } = forecast;
    for (const figure of ["units", "baseline", "true_incremental"] as const) {
      expect(wide[figure].low).toBeLessThan(forecast[figure].low);
      expect(wide[figure].high).toBeGreaterThan(forecast[figure].high);
    }
    const [id] = (await keepForecasts(context, "reply", [{ spec, forecast }]))!;
    expect(await keptForecast(context, { ...spec, product_ids: [1, 2] })).toBe(id);
    expect(await keptForecast(context, { ...spec, discount: 0.25 })).toBeNull();
    const rows = await demo.store.db.selectFrom("forecast_figure").selectAll().where("forecast_id", "=", id!).execute();
    expect(rows.find((row) => row.figure === "units")).toMatchObject({
      mean: forecast.units.mean,
      q10: forecast.units.low,
      q975: wide.units.high,
    });
  });

  it("tells a KAM of her own accounts only", async () => {
    const ground = await readForecastGround(demo.store, (await demo.context()).models);
    const all = forecastOn(ground, (await demo.context()).actor, { ...spec, mechanic: "coupon" }).forecast.record;
    const ana = forecastOn(ground, (await demo.context("ana")).actor, { ...spec, mechanic: "coupon" }).forecast.record;
    expect(ana.score!.n).toBeLessThan(Math.max(all.score!.n, ground.scorings.tried.length));
    const { tried: rows } = await readScorings(demo.store, "2026-11-15");
    expect(rows.every((row) => row.source === "tried" && row.promotion_id !== null)).toBe(true);
    expect(rows.filter((row) => row.gain !== null).length).toBeGreaterThan(50);
  });
});
