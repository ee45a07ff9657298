import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ToolContext } from "../../define.ts";
import { handMarket } from "../testing.ts";
import { namedSubject } from "./subject.ts";

describe("the promotion that is to be explained", () => {
  let market: Awaited<ReturnType<typeof handMarket>>;
  let ana: ToolContext;
  beforeAll(async () => {
    market = await handMarket([
      { account: 1, start: "2026-03-02", result: [400, 200, 100, 180] },
      { account: 1, start: "2026-06-01" },
      { account: 1, start: "2026-03-30", status: "cancelled" },
      { account: 1, start: "2027-03-01", status: "approved" },
      { account: 3, start: "2026-03-02", result: [500, 210, 120, 200] },
    ]);
    ana = await market.context("ana");
  });
  afterAll(() => market.close());

  it("is found by id, number or name", async () => {
    for (const ref of ["P-1", 1, "Event 1"])
      expect(await namedSubject(ana, ref)).toMatchObject({ picked: "named", event: { promotion: "P-1" } });
  });

  it.each([
    ["P-2", "no_data", /no sales of its products are measured/],
    ["P-3", "wrong_state", /was cancelled/],
    ["P-4", "wrong_state", /has not ended/],
    ["P-5", "no_right", /Ben's account/],
    ["P-99", "not_found", /no promotion "P-99"/],
  ])("is refused with its reason: %s", async (ref, code, message) => {
    await expect(namedSubject(ana, ref)).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  });
});
