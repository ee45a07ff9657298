import Database from "better-sqlite3";
import { sql } from "kysely";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { dataVersion } from "../meta/dataVersion.repo.ts";
import { createDraft } from "../promotions/promotions.service.ts";
import { ALBION, DELPHI, draftOf, writeTestMarket } from "../promotions/testing.ts";
import type { Store } from "../store/open.ts";
import { temporaryStore } from "../testing.ts";
import { type Actor, loadActor } from "../users/actor.ts";
import {
  logForecasts,
  loggedForecast,
  measuredForecasts,
  type NewForecast,
  ownUnits,
  recordOverride,
  recordUse,
} from "./forecasts.service.ts";

const figure = (name: "units" | "true_incremental", mean: number) => ({
  figure: name,
  mean,
  q025: mean * 0.7,
  q10: mean * 0.8,
  q90: mean * 1.2,
  q975: mean * 1.3,
});
const forecastOf = (changes: Partial<NewForecast> = {}, units = 1200): NewForecast => ({
  door: "reply",
  data_version: 1,
  method: "by hand",
  account_id: ALBION,
  start: "2027-06-01",
  end: "2027-06-14",
  mechanic: "tpr",
  depth: 0.2,
  spec: "Kestrel 20 %",
  currency: "EUR",
  figures: [figure("units", units), figure("true_incremental", units / 2)],
  ...changes,
});

describe("the log of forecasts", () => {
  let made: Awaited<ReturnType<typeof temporaryStore>>;
  let store: Store;
  let ana: Actor;
  beforeEach(async () => {
    made = await temporaryStore();
    store = made.store;
    await writeTestMarket(store);
    ana = await loadActor(store, "ana");
  });
  afterEach(() => made.close());
  const rows = () => store.db.selectFrom("forecast").selectAll().orderBy("id").execute();

  it("keeps who was told what, when and on which data; the same forecast once, a different one beside it", async () => {
    const before = await dataVersion(store);
    const [first] = (await logForecasts(ana, store, [forecastOf()]))!;
    const dora = await loadActor(store, "dora");
    expect(await logForecasts(dora, store, [forecastOf({ door: "draft" })])).toEqual([first]);
    const [second] = (await logForecasts(ana, store, [forecastOf({}, 1300)]))!;
    expect(await rows()).toMatchObject([
      { id: first, made: "2026-11-21", made_by: "ana", door: "reply", data_version: 1 },
      { id: second, door: "reply" },
    ]);
    expect(await loggedForecast(store, forecastOf())).toBe(second);
    expect(await loggedForecast(store, forecastOf({ data_version: 2 }))).toBeNull();
    expect(await store.db.selectFrom("forecast_figure").selectAll().execute()).toHaveLength(4);
    expect(await dataVersion(store)).toBe(before);
  });

  it("is append-only", async () => {
    await logForecasts(ana, store, [forecastOf()]);
    await expect(store.db.updateTable("forecast").set({ made: "2020-01-01" }).execute()).rejects.toThrow("append-only");
    await expect(store.db.deleteFrom("forecast_figure").execute()).rejects.toThrow("append-only");
  });

  it("keeps nothing of an account that the actor does not see", async () => {
    await expect(logForecasts(ana, store, [forecastOf({ account_id: DELPHI })])).rejects.toMatchObject({
      code: "no_right",
    });
    expect(await rows()).toEqual([]);
  });

  it("goes without where another program is writing or the store is read-only, and puts the patience back", async () => {
    const other = new Database(store.path);
    other.exec("BEGIN IMMEDIATE");
    expect(await logForecasts(ana, store, [forecastOf()])).toBeNull();
    other.exec("ROLLBACK");
    other.close();
    const { rows: timeout } = await sql<{ timeout: number }>`PRAGMA busy_timeout`.execute(store.db);
    expect(timeout).toEqual([{ timeout: 5_000 }]);
    const dora = await loadActor(store, "dora");
    await expect(logForecasts(dora, store, [forecastOf({ account_id: 99 })])).rejects.toMatchObject({
      code: "internal",
    });
    await sql`PRAGMA query_only = ON`.execute(store.db);
    expect(await logForecasts(ana, store, [forecastOf()])).toBeNull();
    await sql`PRAGMA query_only = OFF`.execute(store.db);
    expect(await logForecasts(ana, store, [forecastOf()])).toEqual([1]);
  });

  it("holds what a promotion was approved with against what it sold, and people's figures beside it", async () => {
    const { id } = await createDraft(ana, store, draftOf());
    const { id: other } = await createDraft(ana, store, draftOf({ start: "2027-08-02", end: "2027-08-08" }));
    const [first, second] = (await logForecasts(ana, store, [forecastOf(), forecastOf({}, 1300)]))!;
    await recordUse(ana, store, { promotion_id: id, forecast_id: second!, step: "draft" });
    await recordUse(ana, store, { promotion_id: id, forecast_id: first!, step: "approved" });
    await recordUse(ana, store, { promotion_id: id, forecast_id: first!, step: "approved" });
    await recordUse(ana, store, { promotion_id: id, forecast_id: second!, step: "draft" });
    await recordUse(ana, store, { promotion_id: other, forecast_id: second!, step: "draft" });
    expect(await store.db.selectFrom("forecast_use").selectAll().execute()).toHaveLength(4);
    await recordOverride(ana, store, { promotion_id: id, forecast_id: first!, units: null });
    await recordOverride(ana, store, { promotion_id: id, forecast_id: first!, units: 900 });
    await recordOverride(ana, store, { promotion_id: id, forecast_id: first!, units: 900 });
    expect(await store.db.selectFrom("plan_override").selectAll().execute()).toMatchObject([{ units: 900, by: "ana" }]);
    expect(await ownUnits(store, id, [])).toBe(900);

    expect(await measuredForecasts(store, "2027-12-31")).toEqual([]);
    await store.db.updateTable("promotion").set({ status: "ended" }).execute();
    const result = { units: 1000, baseline: 600, gross_incremental: 400, dip: 50, cannibalised: 0, halo: 0 };
    await store.db
      .insertInto("promotion_result")
      .values(
        [id, other].map((promotion_id) => ({
          promotion_id,
          ...result,
          true_incremental: 350,
          low: 200,
          high: 500,
          spend_minor: 0,
        })),
      )
      .execute();
    const [scored, ...more] = await measuredForecasts(store, "2027-06-30");
    expect(more).toEqual([]);
    expect(scored).toMatchObject({
      promotion_id: id,
      product_ids: [1, 2, 3],
      sold: 1000,
      gained: 350,
      planned: 900,
      overridden: true,
    });
    expect(scored!.figures.units).toMatchObject({ mean: 1200, q10: 960 });
    await recordOverride(ana, store, { promotion_id: id, forecast_id: first!, units: null });
    expect((await measuredForecasts(store, "2027-12-31")).map((s) => [s.promotion_id, s.planned])).toEqual([
      [id, null],
      [other, null],
    ]);
  });

  it("takes the units of a plan that no forecast stood beside for a person's own", async () => {
    const { id } = await createDraft(ana, store, draftOf());
    const lines = [{ planned_units: 400 }, { planned_units: 400.5 }];
    expect(await ownUnits(store, id, lines)).toBe(800.5);
    expect(await ownUnits(store, id, [{ planned_units: null }, ...lines])).toBeNull();
    expect(await ownUnits(store, id, [])).toBeNull();
    const [forecast] = (await logForecasts(ana, store, [forecastOf()]))!;
    await recordUse(ana, store, { promotion_id: id, forecast_id: forecast!, step: "approved" });
    await store.db.updateTable("promotion").set({ status: "ended" }).execute();
    const result = { units: 1000, baseline: 600, gross_incremental: 400, dip: 50, cannibalised: 0, halo: 0 };
    await store.db
      .insertInto("promotion_result")
      .values({ promotion_id: id, ...result, true_incremental: 350, low: 200, high: 500, spend_minor: 0 })
      .execute();
    expect(await measuredForecasts(store, "2027-12-31")).toMatchObject([{ planned: 1200, overridden: false }]);
    await recordUse(ana, store, { promotion_id: id, forecast_id: forecast!, step: "draft" });
    expect(await ownUnits(store, id, lines)).toBeNull();
    expect(await measuredForecasts(store, "2027-12-31")).toMatchObject([{ planned: null }]);
  });
});
