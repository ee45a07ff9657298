import Database from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { verifyAudit } from "../audit/verify.service.ts";
import { closeStore, openStore, type Store } from "../store/open.ts";
import { temporaryStore } from "../testing.ts";
import { loadActor } from "../users/actor.ts";
import {
  advancePromotions,
  cancelPromotion,
  createDraft,
  decidePromotion,
  submitPromotion,
  updateDraft,
} from "./promotions.service.ts";
import { BRAMLEY, DELPHI, draftOf, writeTestMarket } from "./testing.ts";

describe("the life of a promotion", () => {
  let made: Awaited<ReturnType<typeof temporaryStore>>;
  let store: Store;
  beforeEach(async () => {
    made = await temporaryStore();
    store = made.store;
    await writeTestMarket(store);
  });
  afterEach(() => made.close());

  const as = (name: string) => loadActor(store, name);
  const budget = async (account = "Albion Fresh") =>
    store.db
      .selectFrom("v_budget")
      .select(["planned", "committed", "accrued", "settled", "left"])
      .where("account", "=", account)
      .where("fund", "=", "Trade fund 2027")
      .executeTakeFirstOrThrow();
  const stored = () => store.db.selectFrom("promotion").selectAll().execute();
  /** Every table that a change of a promotion may touch. */
  const everything = async () =>
    JSON.stringify([
      await stored(),
      await store.db.selectFrom("promotion_line").selectAll().execute(),
      await store.db.selectFrom("promotion_history").selectAll().execute(),
      await store.db.selectFrom("promotion_spend").selectAll().execute(),
      await store.db.selectFrom("audit").select("hash").execute(),
    ]);

  it("begins as a draft with its lines, windows, fund, history, audit entry and planned money", async () => {
    const done = await createDraft(await as("ana"), store, draftOf({ note: "for the summer" }));
    expect(done).toMatchObject({ id: 1001, code: "P-1001", status: "draft", version: 1 });
    const view = await store.db.selectFrom("v_promotion").selectAll().executeTakeFirstOrThrow();
    expect(view).toMatchObject({
      promotion: "P-1001",
      account: "Albion Fresh",
      name: "Kestrel 20 % at Albion",
      discount: 0.2,
      status: "draft",
      brand: "Kestrel",
      owner: "Ana",
      products: "Kestrel Crema 500 g; Kestrel Decaf 250 g; Kestrel Espresso 500 g",
    });
    expect((await stored())[0]).toMatchObject({
      buy_in_start: "2027-05-18",
      buy_in_end: "2027-05-31",
      scan_start: "2027-06-01",
      scan_end: "2027-06-14",
      created_by: "ana",
      created_at: store.today,
      note: "for the summer",
    });
    expect(await budget()).toEqual({ planned: 1000, committed: 0, accrued: 0, settled: 0, left: 9000 });
    expect(await store.db.selectFrom("promotion_history").selectAll().execute()).toMatchObject([
      { promotion_id: 1001, from_status: null, to_status: "draft", by: "ana" },
    ]);
    expect(await verifyAudit(store)).toBeNull();
    expect((await createDraft(await as("ana"), store, draftOf({ account_id: BRAMLEY }))).code).toBe("P-1002");
  });

  it("gives no code a second time, imported ones included", async () => {
    await createDraft(await as("ana"), store, draftOf());
    await store.db.updateTable("promotion").set({ code: "P-4711" }).execute();
    expect((await createDraft(await as("ana"), store, draftOf({ account_id: BRAMLEY }))).code).toBe("P-4712");
  });

  it("goes through submission, approval, the shelf and its end, its money with it", async () => {
    const { id } = await createDraft(await as("ana"), store, draftOf());
    await submitPromotion(await as("ana"), store, id);
    expect((await budget()).planned).toBe(1000);
    const approved = await decidePromotion(await as("dan"), store, id, 1, "approve", null);
    expect(approved.status).toBe("approved");
    expect(await budget()).toMatchObject({ planned: 0, committed: 1000, left: 9000 });
    const dan = await as("dan");
    expect(await advancePromotions(dan, { ...store, today: "2027-05-31" })).toEqual([]);
    expect(await advancePromotions(dan, { ...store, today: "2027-06-01" })).toEqual(["P-1001"]);
    expect((await stored())[0]!.status).toBe("running");
    await advancePromotions(dan, { ...store, today: "2027-06-15" });
    expect(await budget()).toMatchObject({ committed: 0, accrued: 1000, left: 9000 });
    const steps = await store.db.selectFrom("promotion_history").select("to_status").orderBy("id").execute();
    expect(steps.map((s) => s.to_status)).toEqual(["draft", "submitted", "approved", "running", "ended"]);
    expect(await verifyAudit(store)).toBeNull();
  });

  it("runs through every state even where nobody looked while it ran", async () => {
    const { id } = await createDraft(await as("ana"), store, draftOf());
    await submitPromotion(await as("ana"), store, id);
    await decidePromotion(await as("dan"), store, id, 1, "approve", null);
    await advancePromotions(await as("dan"), { ...store, today: "2027-08-01" });
    const steps = await store.db.selectFrom("promotion_history").select("to_status").orderBy("id").execute();
    expect(steps.map((s) => s.to_status)).toEqual(["draft", "submitted", "approved", "running", "ended"]);
  });

  it("needs no write while no promotion is due, so that a store that others hold can be asked", async () => {
    const dan = await as("dan");
    const other = new Database(store.path);
    other.exec("BEGIN EXCLUSIVE");
    const locked = await openStore({ path: store.path, today: store.today, busyTimeout: 0 });
    expect(await advancePromotions(dan, locked)).toEqual([]);
    await closeStore(locked);
    other.close();
  });

  it("comes back to draft with the reason when rejected, and keeps its money planned", async () => {
    const { id } = await createDraft(await as("ana"), store, draftOf());
    await submitPromotion(await as("ana"), store, id);
    await decidePromotion(await as("dan"), store, id, 1, "reject", "margin too thin");
    expect((await stored())[0]!.status).toBe("draft");
    expect(await budget()).toMatchObject({ planned: 1000, committed: 0 });
    expect(
      await store.db.selectFrom("promotion_history").select("reason").orderBy("id", "desc").executeTakeFirst(),
    ).toEqual({ reason: "margin too thin" });
  });

  it("gives its money back when cancelled, from every state in which it may be", async () => {
    const ana = await as("ana");
    const draft = await createDraft(ana, store, draftOf());
    const submitted = await createDraft(ana, store, draftOf({ start: "2027-08-01", end: "2027-08-14" }));
    const approved = await createDraft(ana, store, draftOf({ start: "2027-10-01", end: "2027-10-14" }));
    for (const p of [submitted, approved]) await submitPromotion(ana, store, p.id);
    await decidePromotion(await as("dan"), store, approved.id, 1, "approve", null);
    expect(await budget()).toMatchObject({ planned: 2000, committed: 1000, left: 7000 });
    for (const p of [draft, submitted, approved]) await cancelPromotion(ana, store, p.id, "buyer pulled out");
    expect(await budget()).toMatchObject({ planned: 0, committed: 0, left: 10_000 });
    await expect(cancelPromotion(ana, store, draft.id, null)).rejects.toMatchObject({ code: "wrong_state" });
  });

  it("raises its version with every change, and refuses a change made on an older one", async () => {
    const ana = await as("ana");
    const { id } = await createDraft(ana, store, draftOf());
    const done = await updateDraft(ana, store, id, 1, draftOf({ products: [1, 2], spend_minor: 250_000 }));
    expect(done.version).toBe(2);
    expect(await budget()).toMatchObject({ planned: 2500, left: 7500 });
    expect(await store.db.selectFrom("promotion_line").select("product_id").execute()).toHaveLength(2);
    await expect(updateDraft(ana, store, id, 1, draftOf())).rejects.toMatchObject({ code: "stale" });
    await submitPromotion(ana, store, id);
    await expect(updateDraft(ana, store, id, 2, draftOf())).rejects.toMatchObject({ code: "wrong_state" });
    await expect(decidePromotion(await as("dan"), store, id, 1, "approve", null)).rejects.toMatchObject({
      code: "stale",
    });
  });

  it("may use the whole of its fund again when it changes: its own money is not counted against it", async () => {
    const ana = await as("ana");
    const { id } = await createDraft(ana, store, draftOf({ spend_minor: 900_000 }));
    await updateDraft(ana, store, id, 1, draftOf({ spend_minor: 1_000_000 }));
    expect((await budget()).left).toBe(0);
    await expect(updateDraft(ana, store, id, 2, draftOf({ spend_minor: 1_000_001 }))).rejects.toMatchObject({
      code: "blocked",
      detail: { rule: "budget" },
    });
  });

  it("stays within everybody's rights, and a refusal leaves nothing behind", async () => {
    const ana = await as("ana");
    const dan = await as("dan");
    const { id } = await createDraft(ana, store, draftOf());
    const own = await createDraft(dan, store, draftOf({ account_id: DELPHI }));
    await submitPromotion(dan, store, own.id);
    const before = await everything();
    const refused = async (work: Promise<unknown>, words: RegExp) => {
      await expect(work).rejects.toMatchObject({ code: "no_right", message: expect.stringMatching(words) });
      expect(await everything()).toBe(before);
    };
    await refused(createDraft(ana, store, draftOf({ account_id: DELPHI })), /Delphi Discount is Ben's account/);
    await refused(cancelPromotion(ana, store, own.id, null), /Delphi Discount is Ben's account/);
    await refused(submitPromotion(await as("ben"), store, id), /Albion Fresh is Ana's account/);
    await refused(createDraft(await as("eva"), store, draftOf()), /Eva works in finance and cannot plan.*Ana plans/);
    await refused(cancelPromotion(await as("rob"), store, id, null), /Rob may only read/);
    await refused(decidePromotion(ana, store, id, 1, "approve", null), /only a manager decides/);
    await refused(decidePromotion(dan, store, own.id, 1, "approve", null), /Dan made P-1002.*nobody decides/);
    await decidePromotion(await as("dora"), store, own.id, 1, "approve", null);
  });

  it("is decided by another manager than the one who changed it last", async () => {
    const dora = await as("dora");
    const { id } = await createDraft(await as("ana"), store, draftOf());
    await updateDraft(dora, store, id, 1, draftOf({ discount: 0.1, depth: 0.1 }));
    await submitPromotion(dora, store, id);
    await expect(decidePromotion(dora, store, id, 2, "approve", null)).rejects.toMatchObject({
      code: "no_right",
      message: expect.stringMatching(/Dora changed P-1001.*another manager/),
    });
    expect((await decidePromotion(await as("dan"), store, id, 2, "approve", null)).status).toBe("approved");
  });

  it("refuses what a check blocks and names the check, leaving nothing behind", async () => {
    const ana = await as("ana");
    await createDraft(ana, store, draftOf());
    const before = await everything();
    await expect(createDraft(ana, store, draftOf({ products: [2] }))).rejects.toMatchObject({
      code: "blocked",
      detail: { rule: "clash" },
      message: expect.stringContaining("P-1001, Kestrel 20 % at Albion"),
    });
    expect(await everything()).toBe(before);
  });
});
