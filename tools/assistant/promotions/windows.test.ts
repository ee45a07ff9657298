import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { auditRows } from "../../../data/audit/audit.repo.ts";
import { writeTestMarket } from "../../../data/promotions/testing.ts";
import { undoPromotionStep } from "../../../data/promotions/undo.service.ts";
import type { Store } from "../../../data/store/open.ts";
import { temporaryStore } from "../../../data/testing.ts";
import { loadActor } from "../../../data/users/actor.ts";
import { driver, KESTREL } from "./testing.ts";

const BUY_IN = { from: "2027-05-10", to: "2027-05-30" };
const SCAN = { from: "2027-06-03", to: "2027-06-20" };

describe("the buy-in and scan windows", () => {
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
  const windows = async (promotion: unknown) =>
    (await kam.read("ana", "get_promotion", { promotion })).windows as Record<string, unknown>;
  const create = async (args: Record<string, unknown> = { buy_in: BUY_IN, scan: SCAN }) =>
    (await kam.write("ana", "create_promotion", { ...KESTREL, ...args }))[0]!.promotion;

  it("are stored as given, each by itself, and follow from the dates where they are left out", async () => {
    expect(await windows(await create())).toMatchObject({ buy_in: BUY_IN, scan: SCAN });
    const later = { start: "2027-07-05", end: "2027-07-18" };
    expect(await windows(await create({ ...later, scan: { from: "2027-07-05", to: "2027-07-25" } }))).toEqual({
      buy_in: { from: "2027-06-21", to: "2027-07-04" },
      in_store: { from: "2027-07-05", to: "2027-07-18" },
      scan: { from: "2027-07-05", to: "2027-07-25" },
    });
  });

  it("move with a promotion, stay when something else changes, and come back with an undo", async () => {
    const promotion = await create();
    await kam.write("ana", "update_promotion", { promotion, display: true });
    expect(await windows(promotion)).toMatchObject({ buy_in: BUY_IN, scan: SCAN });
    const { result } = await kam.propose("ana", "update_promotion", { promotion, start: "2027-06-08" });
    expect(result.changed).toEqual(["dates", "windows"]);
    await kam.write("ana", "update_promotion", { promotion, start: "2027-06-08" });
    expect(await windows(promotion)).toMatchObject({
      buy_in: { from: "2027-05-17", to: "2027-06-06" },
      scan: { from: "2027-06-10", to: "2027-06-27" },
    });
    const ana = await loadActor(store, "ana");
    const { entity, entity_id, action, before, after } = (await auditRows(store)).findLast(
      (row) => row.action === "update",
    )!;
    const deed = {
      entity,
      entity_id: String(entity_id),
      action,
      before: JSON.parse(before!),
      after: JSON.parse(after!),
    };
    await undoPromotionStep(ana, store, deed);
    expect(await windows(promotion)).toMatchObject({ buy_in: BUY_IN, scan: SCAN });
  });

  it("are set in a stored draft, and kept at their distance in a copy", async () => {
    const promotion = await create({});
    const { result } = await kam.propose("ana", "update_promotion", { promotion, buy_in: BUY_IN });
    expect(result.changed).toEqual(["windows"]);
    await kam.write("ana", "update_promotion", { promotion, buy_in: BUY_IN });
    const [copy] = await kam.write("ana", "copy_promotion", { promotion, start: "2027-07-01" });
    expect(await windows(copy!.promotion)).toMatchObject({
      buy_in: { from: "2027-06-09", to: "2027-06-29" },
      scan: { from: "2027-07-01", to: "2027-07-14" },
    });
  });

  it("are checked, and block a draft that they do not fit", async () => {
    const late = { from: "2027-06-02", to: "2027-06-05" };
    const { proposals } = await kam.propose("ana", "create_promotion", { ...KESTREL, buy_in: late });
    expect(proposals[0]!.checks).toContainEqual(expect.objectContaining({ rule: "windows", verdict: "block" }));
    await expect(kam.commit("ana", proposals[0]!)).rejects.toMatchObject({ code: "blocked" });
    expect(await store.db.selectFrom("promotion").select("id").execute()).toEqual([]);
    const turned = { from: "2027-05-20", to: "2027-05-10" };
    await expect(kam.propose("ana", "create_promotion", { ...KESTREL, scan: turned })).rejects.toThrow(/ends before/);
  });
});
