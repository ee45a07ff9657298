import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type DemoContext, demoContext } from "../testing.ts";

let demo: DemoContext;
beforeAll(async () => {
  demo = await demoContext();
});
afterAll(() => demo.close());

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
    expect(results).toHaveLength(ended.length);
    expect(new Set(results.map((r) => r.model_id))).toEqual(new Set([model.id]));
  });
});
