import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Store } from "../../data/store/open.ts";
import { temporaryStore } from "../../data/testing.ts";
import { foreignStore } from "../testingPanel.ts";
import { planningToday } from "./planningToday.ts";

/** The panel's last week is that of Monday 2026-11-02, so that Sunday 2026-11-08 is its last day. */
let panel: Awaited<ReturnType<typeof foreignStore>>;
beforeAll(async () => {
  panel = await foreignStore();
});
afterAll(() => panel.close());
const on = (today: string): Store => ({ ...panel.store, today });

describe("the day from which what comes next is counted", () => {
  it("is today while the data are recent", async () => {
    expect(await planningToday(on("2026-11-21"))).toEqual({ date: "2026-11-21", why: null });
    expect(await planningToday(on("2027-01-03"))).toEqual({ date: "2027-01-03", why: null });
  });
  it("is the last measured day where they are not, so that the next week is the first without data", async () => {
    expect(await planningToday(on("2027-01-04"))).toMatchObject({ date: "2026-11-08", why: expect.any(String) });
    expect(await planningToday(on("2040-01-01"))).toMatchObject({ date: "2026-11-08" });
  });
  it("is today in a store without sales", async () => {
    const { store, close } = await temporaryStore("2026-11-21");
    expect(await planningToday(store)).toEqual({ date: "2026-11-21", why: null });
    await close();
  });
});
