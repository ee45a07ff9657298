import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Store } from "../store/open.ts";
import { temporaryStore } from "../testing.ts";
import { loadActor } from "../users/actor.ts";
import { MOVING_PERIODS, movingPeriod, movingPeriodOf, movingPeriodWords } from "./periods.ts";
import { forgetPreferences, keepPreference, ownPreferences, preferencesOf } from "./preferences.service.ts";

let store: Store;
let close: () => Promise<void>;
beforeEach(async () => {
  ({ store, close } = await temporaryStore());
  const { db } = store;
  await db
    .insertInto("person")
    .values([
      { id: "kim", name: "Kim", role: "kam" },
      { id: "lee", name: "Lee", role: "kam" },
      { id: "max", name: "Max", role: "manager" },
    ])
    .execute();
  await db
    .insertInto("account")
    .values([
      { code: "N", name: "North", channel: null, country: null, own_week1: null, owner_id: "kim" },
      { code: "S", name: "South", channel: null, country: null, own_week1: null, owner_id: "lee" },
      { code: "W", name: "West", channel: null, country: null, own_week1: null, owner_id: "kim" },
    ])
    .execute();
});
afterEach(() => close());

const as = (id: string) => loadActor(store, id);
const keep = async (id: string, kind: "roi" | "accounts" | "list_length" | "period", value: unknown) =>
  keepPreference(await as(id), store, { kind, value, said: "so I want it" });

describe("preferences", () => {
  it("are each person's own, a manager's sight included", async () => {
    await keep("kim", "roi", "gross");
    expect(await preferencesOf(await as("kim"), store)).toEqual({ roi: "gross" });
    for (const other of ["lee", "max"]) expect(await ownPreferences(await as(other), store)).toEqual([]);
    await forgetPreferences(await as("max"), store, ["roi"]);
    expect(await preferencesOf(await as("kim"), store)).toEqual({ roi: "gross" });
  });

  it("take the place of the one before, with the day and the words, and can be forgotten", async () => {
    await keep("kim", "roi", "gross");
    await keep("kim", "roi", "net");
    expect(await ownPreferences(await as("kim"), store)).toEqual([
      { kind: "roi", value: "net", since: store.today, said: "so I want it" },
    ]);
    await forgetPreferences(await as("kim"), store, ["roi", "period"]);
    expect(await ownPreferences(await as("kim"), store)).toEqual([]);
    const log = await store.db.selectFrom("audit").select(["action", "entity_id", "before", "after"]).execute();
    // The log says that something was changed, and holds nothing of what a person prefers.
    expect(log.map((row) => row.action)).toEqual(["keep", "keep", "forget"]);
    expect(log.every((row) => row.before === null && row.after === null)).toBe(true);
  });

  it.each([
    ["roi", "enormous"],
    ["list_length", 0],
    ["list_length", 1000],
    ["period", "March 2025"],
    ["accounts", []],
  ] as const)("of %s cannot be %s", async (kind, value) => {
    await expect(keep("kim", kind, value)).rejects.toMatchObject({ code: "bad_input" });
  });

  it("name accounts that the person sees, and only as long as she does", async () => {
    await expect(keep("kim", "accounts", ["North", "South"])).rejects.toMatchObject({ code: "no_right" });
    await keep("kim", "accounts", ["n", "West", "North"]);
    expect((await preferencesOf(await as("kim"), store)).accounts).toEqual(["North", "West"]);
    await store.db.updateTable("account").set({ owner_id: "lee" }).where("name", "=", "North").execute();
    expect((await preferencesOf(await as("kim"), store)).accounts).toEqual(["West"]);
    await store.db.updateTable("account").set({ owner_id: "lee" }).where("name", "=", "West").execute();
    expect(await preferencesOf(await as("kim"), store)).toEqual({});
  });
});

describe("moving periods", () => {
  it.each([
    ["last_quarter", "2026-07-01", "2026-09-30"],
    ["last_month", "2026-10-01", "2026-10-31"],
    ["last_half_year", "2026-01-01", "2026-06-30"],
    ["last_12_months", "2025-11-22", "2026-11-21"],
    ["last_4_weeks", "2026-10-19", "2026-11-15"],
    ["year_to_date", "2026-01-01", "2026-11-21"],
  ])("%s is %s to %s", (name, from, to) => {
    expect(movingPeriod(name, "2026-11-21")).toEqual({ from, to });
    expect(movingPeriodOf({ from, to }, "2026-11-21")).toBe(name);
  });

  it("are all different, named without a digit, and move", () => {
    expect(new Set(MOVING_PERIODS.map(movingPeriodWords)).size).toBe(MOVING_PERIODS.length);
    for (const name of MOVING_PERIODS) {
      expect(movingPeriodWords(name)).not.toMatch(/\d/);
      expect(movingPeriod(name, "2026-11-21")).not.toEqual(movingPeriod(name, "2027-11-29"));
    }
    expect(movingPeriodOf({ from: "2025-03-01", to: "2025-03-31" }, "2026-11-21")).toBeNull();
  });
});
