import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { handMarket } from "../../tools/advisor/testing.ts";
import { findActivities } from "../activities/activities.service.ts";
import { blackouts, contractsFor } from "../contracts/contracts.service.ts";
import { executionOf } from "../execution/execution.service.ts";
import { fundsIn } from "../funds/funds.service.ts";
import { writeFunds } from "../ledger/testing.ts";
import { resolvePromotion } from "../promotions/reading.service.ts";
import { categoryValue, deliveries, monthlySales, shipped, stockOuts, weeklySales } from "../sales/sales.service.ts";
import { signalsFor } from "../signals/signals.service.ts";
import { type Actor, loadActor } from "../users/actor.ts";
import { eventNetSales, promotionResults, promotionsOf, unjudgedPromotions } from "./results.service.ts";

const ALL = { from: "2000-01-01", to: "2100-01-01" };
const BOTH = [1, 3];

describe("the services of results, sales, signals and execution", () => {
  let market: Awaited<ReturnType<typeof handMarket>>;
  let ana: Actor;
  let dan: Actor;
  beforeAll(async () => {
    market = await handMarket([
      { account: 1, start: "2026-03-02", result: [400, 200, 100, 180] },
      { account: 3, start: "2026-03-02", result: [500, 210, 120, 200] },
      { account: 3, start: "2026-06-01" },
      { account: 1, start: "2026-06-01" },
    ]);
    const { store } = market;
    ana = await loadActor(store, "ana");
    dan = await loadActor(store, "dan");
    for (const account_id of BOTH) {
      const visit = await store.db
        .insertInto("visit")
        .values({ account_id, promotion_id: account_id === 1 ? 1 : 2, date: "2026-03-05", store: "Leeds", source: "x" })
        .returning("id")
        .executeTakeFirstOrThrow();
      await store.db
        .insertInto("shelf_check")
        .values({ visit_id: visit.id, product_id: 1, on_shelf: 1, display_present: 1 })
        .execute();
      await store.db
        .insertInto("activity")
        .values({ account_id, kind: "call", date: "2026-03-05", text: "t", by: "dan" })
        .execute();
      await writeFunds(store, [{ account_id, name: "F", start: "2026-01-01", end: "2026-12-31", amount_minor: 1 }]);
      await store.db
        .insertInto("contract_blackout")
        .values({ contract_id: account_id, start: "2026-12-01", end: "2026-12-24", reason: "r" })
        .execute();
      await store.db
        .insertInto("shipment_week")
        .values({ account_id, product_id: 1, week: "2026-03-02", units: 5, ordered: 9 })
        .execute();
      await store.db
        .insertInto("category_week")
        .values({
          account_id,
          category_id: 1,
          week: "2026-03-02",
          volume: 1,
          value_minor: 1,
          own_share: 1,
          competitor_share: 0,
          private_label_share: 0,
          price_index: 1,
        })
        .execute();
      await store.db
        .insertInto("signal")
        .values({
          account_id,
          category_id: 1,
          kind: "news",
          competitor: null,
          start: "2026-03-02",
          end: "2026-03-02",
          value: null,
          text: "t",
          source: "s",
          reported: "2026-03-02",
        })
        .execute();
    }
    await store.db.updateTable("sales_week").set({ out_of_stock: 0.5 }).where("week", "=", "2026-03-02").execute();
  });
  afterAll(() => market.close());

  it("give a KAM nothing of a colleague's account that is asked for by its id, and a manager all of it", async () => {
    const { store } = market;
    const sales = { accountIds: BOTH, period: ALL };
    const reads: Record<
      string,
      (actor: Actor) => Promise<readonly { account?: string | null; account_id?: number | null }[]>
    > = {
      promotionResults: (a) => promotionResults(a, store, { accountIds: BOTH }),
      promotionsOf: (a) => promotionsOf(a, store, { accountIds: BOTH }),
      monthlySales: (a) => monthlySales(a, store, sales),
      weeklySales: (a) => weeklySales(a, store, sales),
      stockOuts: (a) => stockOuts(a, store, sales, 0.1),
      categoryValue: (a) => categoryValue(a, store, sales),
      signalsFor: (a) => signalsFor(a, store, sales),
      fundsIn: (a) => fundsIn(a, store, BOTH),
      findActivities: (a) => findActivities(a, store, { accountIds: BOTH }),
      contractsFor: (a) => contractsFor(a, store, BOTH),
      blackouts: (a) => blackouts(a, store, BOTH, ALL),
    };
    for (const [name, read] of Object.entries(reads)) {
      const seen = async (actor: Actor) => new Set((await read(actor)).map((row) => row.account));
      expect(await seen(ana), name).toEqual(new Set(["North Stores"]));
      expect(await seen(dan), name).toEqual(new Set(["North Stores", "West Foods"]));
    }
    expect((await unjudgedPromotions(ana, store, { accountIds: BOTH })).map((row) => row.promotion)).toEqual(["P-4"]);
    const events = await promotionsOf(dan, store, { accountIds: BOTH });
    expect([...(await executionOf(ana, store, events)).keys()]).toEqual([1]);
    expect([...(await executionOf(dan, store, events)).keys()]).toEqual([1, 2]);
    expect(await shipped(ana, store, 3, ALL)).toEqual([]);
    expect(await deliveries(ana, store, 3, [1], ALL)).toBeNull();
    expect(await deliveries(dan, store, 3, [1], ALL)).toEqual({ ordered: 9, shipped: 5 });
  });

  it("find a promotion by id, number and name, and say whose a colleague's is", async () => {
    const { store } = market;
    for (const ref of ["P-1", "p 1", 1, "Event 1", "P-1, Event 1"])
      expect((await resolvePromotion(ana, store, ref)).promotion).toBe("P-1");
    await expect(resolvePromotion(ana, store, "P-2")).rejects.toThrow(/West Foods.*Ben's account/);
    await expect(resolvePromotion(ana, store, "P-99")).rejects.toThrow(/no promotion "P-99"/);
    await expect(resolvePromotion(dan, store, "Event")).rejects.toThrow(/Which one do you mean: P-4, Event 4/);
  });

  it("sum an event's net sales over the weeks that it touches", async () => {
    const { store } = market;
    const sales = await eventNetSales(store, [{ promotion_id: 1 }]);
    expect(sales.get(1)).toBeCloseTo(2 * 1.5 * (100 + 1 + 100 + 2), 6);
  });
});
