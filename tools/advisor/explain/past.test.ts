import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type DemoContext, demoContext } from "../../testing.ts";
import { driverValues, expectedUnits, type Past, readPast, withIntended } from "./past.ts";

describe("the past of a promotion", () => {
  let demo: DemoContext;
  let past: Past;
  beforeAll(async () => {
    demo = await demoContext();
    const { store, models } = await demo.context();
    // The planted example of volume pulled forward: another promotion of the same products ended just before.
    const event = await store.db
      .selectFrom("truth_promotion as t")
      .innerJoin("promotion as p", "p.id", "t.promotion_id")
      .where("t.cause", "=", "pull_forward")
      .orderBy("p.start", "desc")
      .selectAll("p")
      .executeTakeFirstOrThrow();
    const lines = await store.db
      .selectFrom("promotion_line")
      .where("promotion_id", "=", event.id)
      .selectAll()
      .execute();
    const products = lines.map((line) => line.product_id);
    past = readPast(await models.current(store), event.account_id, products, { from: event.start, to: event.end })!;
  });
  afterAll(() => demo.close());

  const rows = (role: number) => [...past.role.keys()].filter((i) => past.role[i] === role);

  it("holds the window, the weeks before and the other products, and changes nothing when nothing is intended", () => {
    expect(rows(0).length).toBeGreaterThan(0);
    expect(rows(1).length).toBeGreaterThan(0);
    expect(rows(2).length).toBeGreaterThan(0);
    const same = withIntended(past, {}, new Set());
    expect(same.price).toEqual(past.plan.price);
    expect(same.drivers).toEqual(past.plan.drivers);
  });

  it("undoes a promotion just before by price and support, which raises what is expected", () => {
    const plan = withIntended(past, {}, new Set(["pull_forward"]));
    expect(rows(1).some((i) => past.plan.price[i]! < past.plan.basePrice[i]! * 0.9)).toBe(true);
    for (const i of rows(1)) {
      expect(plan.price[i]).toBe(plan.basePrice[i]);
      expect(driverValues(plan, "display")[i]).toBe(0);
    }
    for (const i of rows(0)) expect(plan.price[i]).toBe(past.plan.price[i]);
    const sum = (units: Float64Array) => past.inside.reduce((s, i) => s + units[i]!, 0);
    expect(sum(expectedUnits(past, plan))).toBeGreaterThan(sum(expectedUnits(past, past.plan)) * 1.05);
  });

  it("sets price, support and competitors of the window only, each on its own", () => {
    const plan = withIntended(
      past,
      { cut: 0.5, display: 0.77, feature: 0.66 },
      new Set(["price", "display", "competitor"]),
    );
    for (const i of rows(0)) {
      expect(plan.price[i]).toBeCloseTo(plan.basePrice[i]! * 0.5, 9);
      expect(driverValues(plan, "display")[i]).toBe(0.77);
      expect(driverValues(plan, "feature")[i]).toBe(driverValues(past.plan, "feature")[i]);
      expect(driverValues(plan, "competitor")[i]).toBe(0);
    }
    for (const i of [...rows(1), ...rows(2)]) expect(plan.price[i]).toBe(past.plan.price[i]);
  });

  it("clears our other products' promotions beside it", () => {
    const plan = withIntended(past, {}, new Set(["own_promotions"]));
    for (const i of rows(2)) expect(plan.price[i]).toBe(plan.basePrice[i]);
  });
});
