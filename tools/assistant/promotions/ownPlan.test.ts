import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { measuredForecasts, ownUnits } from "../../../data/forecasts/forecasts.service.ts";
import { writeTestMarket } from "../../../data/promotions/testing.ts";
import type { Store } from "../../../data/store/open.ts";
import { temporaryStore } from "../../../data/testing.ts";
import { driver, KESTREL, noForecast, plannedSpend } from "./testing.ts";

describe("forecasts and plans of a promotion", () => {
  let made: Awaited<ReturnType<typeof temporaryStore>>;
  let store: Store;
  let kam: ReturnType<typeof driver>;
  beforeEach(async () => {
    made = await temporaryStore();
    store = made.store;
    await writeTestMarket(store);
    kam = driver(store);
  });
  afterEach(() => made.close());
  const uses = () =>
    store.db.selectFrom("forecast_use").select(["promotion_id", "forecast_id", "step", "by"]).orderBy("id").execute();
  const forecasts = () => store.db.selectFrom("forecast").select(["id", "door", "made_by"]).orderBy("id").execute();
  const units = () => store.db.selectFrom("promotion_line").select("planned_units").execute();

  it("keeps the forecast of a draft that was shown, and ties it to the promotion that it becomes", async () => {
    await kam.propose("ana", "create_promotion", KESTREL);
    expect(await forecasts()).toEqual([{ id: 1, door: "draft", made_by: "ana" }]);
    expect(await uses()).toEqual([]);
    await kam.write("ana", "create_promotion", KESTREL);
    await kam.write("ana", "update_promotion", { promotion: "P-1001", display: true });
    await kam.write("ana", "update_promotion", { promotion: "P-1001", note: "agreed" });
    await kam.write("ana", "submit_promotion", { promotion: "P-1001" });
    await kam.write("dora", "decide_promotion", { promotion: "P-1001", decision: "approve" });
    expect(await forecasts()).toHaveLength(2);
    expect(await kam.read("ana", "get_promotion", { promotion: "P-1001" })).toMatchObject({
      forecast_made: { made: "2026-11-21", step: "approved", units: { mean: 1800, low: 1440 }, planned_units: null },
    });
    expect(await uses()).toEqual([
      { promotion_id: 1001, forecast_id: 1, step: "draft", by: "ana" },
      { promotion_id: 1001, forecast_id: 2, step: "draft", by: "ana" },
      { promotion_id: 1001, forecast_id: 2, step: "approved", by: "dora" },
    ]);
  });

  it("makes a forecast at the approval where none was kept, and a rejection ties nothing", async () => {
    await driver(store, noForecast).write("ana", "create_promotion", KESTREL);
    await driver(store, noForecast).write("ana", "submit_promotion", { promotion: "P-1001" });
    expect(await forecasts()).toEqual([]);
    const { proposals } = await driver(store, noForecast).propose("dora", "decide_promotion", {
      promotion: "P-1001",
      decision: "approve",
    });
    await kam.commit("dora", proposals[0]!);
    expect(await forecasts()).toEqual([{ id: 1, door: "promotion", made_by: "dora" }]);
    expect(await uses()).toEqual([{ promotion_id: 1001, forecast_id: 1, step: "approved", by: "dora" }]);
  });

  it("plans with a person's own figure, keeps it beside the forecast, and scores both", async () => {
    const { proposals } = await kam.propose("ana", "create_promotion", { ...KESTREL, planned_units: 600 });
    expect(proposals[0]!.change).toMatchObject({ planned_units: 600, expected: { units: { mean: 1200 } } });
    await kam.commit("ana", proposals[0]!);
    expect(await units()).toEqual([{ planned_units: 200 }, { planned_units: 200 }, { planned_units: 200 }]);
    // 600 units × 0.80 instead of 1,200
    expect(await plannedSpend(store)).toBe(480);
    await store.db.updateTable("promotion").set({ status: "ended" }).execute();
    const result = { units: 700, baseline: 600, gross_incremental: 100, dip: 0, cannibalised: 0, halo: 0 };
    await store.db
      .insertInto("promotion_result")
      .values({ promotion_id: 1001, ...result, true_incremental: 100, low: 50, high: 150, spend_minor: 0 })
      .execute();
    const [scored] = await measuredForecasts(store, "2027-12-31");
    expect(scored).toMatchObject({ sold: 700, planned: 600, overridden: true, figures: { units: { mean: 1200 } } });
  });

  it("takes an expected uplift, a figure given while approving, and keeps either through a change of the note", async () => {
    await kam.write("ana", "create_promotion", { ...KESTREL, planned_uplift: 0.5 });
    expect(await ownUnits(store, 1001, [])).toBe(900);
    await kam.write("ana", "update_promotion", { promotion: "P-1001", note: "agreed" }, { planned_units: 750 });
    expect(await ownUnits(store, 1001, [])).toBe(750);
    await kam.write("ana", "update_promotion", { promotion: "P-1001", note: "agreed again" });
    expect(await ownUnits(store, 1001, [])).toBe(750);
    expect((await units()).map((line) => line.planned_units)).toEqual([250, 250, 250]);
  });

  it("goes by the forecast again, and says so, where the promotion itself changes", async () => {
    await kam.write("ana", "create_promotion", { ...KESTREL, planned_units: 600 });
    const { result } = await kam.propose("ana", "update_promotion", { promotion: "P-1001", display: true });
    expect(JSON.stringify(result)).toContain("so it goes by the forecast now");
    expect(result).toMatchObject({ changed: ["support", "planned_units"] });
    await kam.write("ana", "update_promotion", { promotion: "P-1001", display: true });
    expect(await ownUnits(store, 1001, [])).toBeNull();
    expect((await units()).map((line) => line.planned_units)).toEqual([600, 600, 600]);
  });

  it("takes one figure or the other, and no uplift where no baseline is known", async () => {
    const both = { ...KESTREL, planned_units: 600, planned_uplift: 0.5 };
    await expect(kam.propose("ana", "create_promotion", both)).rejects.toMatchObject({ code: "bad_input" });
    const blind = driver(store, noForecast);
    await expect(blind.propose("ana", "create_promotion", { ...KESTREL, planned_uplift: 0.5 })).rejects.toMatchObject({
      code: "bad_input",
    });
    await blind.write("ana", "create_promotion", { ...KESTREL, planned_units: 600 });
    expect((await units()).map((line) => line.planned_units)).toEqual([200, 200, 200]);
    expect(await ownUnits(store, 1001, [])).toBe(600);
  });
});
