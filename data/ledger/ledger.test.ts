import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createDraft } from "../promotions/promotions.service.ts";
import { draftOf, writeTestMarket } from "../promotions/testing.ts";
import type { Store } from "../store/open.ts";
import { temporaryStore } from "../testing.ts";
import { type Actor, loadActor } from "../users/actor.ts";
import { entriesOf } from "./entries.ts";
import { insertJournal, insertPostings } from "./ledger.repo.ts";
import { bookLines, post, reverse } from "./ledger.service.ts";
import { claimSpend, moveSpend, planSpend, releaseSpend, settleSpend, unclaimSpend } from "./spend.service.ts";
import { verifyLedger } from "./verify.service.ts";

describe("the ledger", () => {
  let made: Awaited<ReturnType<typeof temporaryStore>>;
  let store: Store;
  let eva: Actor;
  let promotion: number;
  beforeEach(async () => {
    made = await temporaryStore();
    store = made.store;
    await writeTestMarket(store);
    eva = await loadActor(store, "eva");
    promotion = (await createDraft(await loadActor(store, "ana"), store, draftOf())).id;
    for (const id of [1, 2])
      await store.db
        .insertInto("claim")
        .values({
          id,
          code: `C-${id}`,
          account_id: 1,
          kind: "claim",
          amount_minor: 70_000,
          date: "2027-07-01",
          status: "open",
        })
        .execute();
  });
  afterEach(() => made.close());

  /** What the promotion's fund holds, by ledger account, without what is zero. */
  const books = async () => {
    const rows = await store.db
      .selectFrom("posting")
      .select("ledger")
      .select((eb) => eb.fn.sum<number>("amount_minor").as("sum"))
      .where("fund_id", "=", 2)
      .groupBy("ledger")
      .execute();
    expect(await verifyLedger(store)).toEqual([]);
    return Object.fromEntries(rows.filter((r) => r.sum !== 0).map((r) => [r.ledger, r.sum]));
  };
  const budget = () => store.db.selectFrom("v_budget").selectAll().where("fund_id", "=", 2).executeTakeFirstOrThrow();

  it("carries a promotion's money from the plan to the payment, expense and liability beside it", async () => {
    expect(await books()).toEqual({ granted: -1_000_000, available: 900_000, planned: 100_000 });
    await planSpend(eva, store, promotion, 2, 120_000);
    await moveSpend(eva, store, promotion, "commit", ["planned"], "committed");
    await moveSpend(eva, store, promotion, "accrue", ["committed"], "accrued");
    await store.db.updateTable("promotion").set({ status: "ended" }).where("id", "=", promotion).execute();
    expect(await books()).toMatchObject({
      available: 880_000,
      accrued: 120_000,
      expense: 120_000,
      liability: -120_000,
    });
    await claimSpend(eva, store, 1, promotion, 70_000);
    await claimSpend(eva, store, 2, promotion, 70_000);
    expect(await books()).toMatchObject({ claimed: 120_000, payable: -120_000, expense: 120_000 });
    expect(await budget()).toMatchObject({ accrued: 1_200, claimed: 1_200, settled: 0, left: 8_800 });
    await unclaimSpend(eva, store, 2);
    const paid = await settleSpend(eva, store, {
      claimId: 1,
      promotionId: promotion,
      amountMinor: 60_000,
      currency: "EUR",
    });
    expect(paid.funded).toBe(true);
    await unclaimSpend(eva, store, 1);
    expect(await budget()).toMatchObject({ accrued: 600, claimed: 0, settled: 600, left: 8_800 });
    await releaseSpend(eva, store, promotion, ["accrued"]);
    expect(await books()).toEqual({
      granted: -1_000_000,
      available: 940_000,
      settled: 60_000,
      expense: 60_000,
      paid: -60_000,
    });
  });

  it("takes a journal back by its opposite, once", async () => {
    const before = await books();
    const { journals } = await settleSpend(eva, store, {
      claimId: 1,
      promotionId: promotion,
      amountMinor: 130_000,
      currency: "EUR",
    });
    expect(await books()).toMatchObject({ available: 870_000, settled: 130_000, paid: -130_000 });
    await reverse(eva, store, journals, "taken back");
    expect(await books()).toEqual(before);
    await expect(reverse(eva, store, journals, "again")).rejects.toThrow();
    await expect(reverse(eva, store, [9_999], "of nothing")).rejects.toMatchObject({ code: "wrong_state" });
  });

  it("pays a claim that no fund bears as an expense all the same", async () => {
    const paid = await settleSpend(eva, store, { claimId: 2, promotionId: null, amountMinor: 500, currency: "EUR" });
    expect(paid.funded).toBe(false);
    const rows = await store.db.selectFrom("v_ledger").selectAll().where("claim", "=", "C-2").execute();
    expect(rows.map((r) => [r.ledger, r.amount, r.fund, r.account])).toEqual([
      ["expense", 5, null, "Albion Fresh"],
      ["paid", -5, null, "Albion Fresh"],
    ]);
  });

  it("takes no fund below nothing unless an override of the promotion's budget is recorded and stands", async () => {
    const overspend = { claimId: 1, promotionId: promotion, amountMinor: 1_000_001, currency: "EUR" };
    const override = { promotion_id: promotion, reason: "Sold above plan", by: "dora", date: store.today };
    for (const [rule, ended] of [
      ["depth", null],
      ["budget", store.today],
    ] as const)
      await store.db
        .insertInto("policy_override")
        .values({ ...override, rule, ended })
        .execute();
    const before = await books();
    await expect(settleSpend(eva, store, overspend)).rejects.toMatchObject({
      code: "blocked",
      detail: { rule: "budget" },
    });
    expect(await books()).toEqual(before);
    await store.db
      .insertInto("policy_override")
      .values({ ...override, rule: "budget" })
      .execute();
    await settleSpend(eva, store, overspend);
    expect(await books()).toMatchObject({ available: -1, settled: 1_000_001 });
  });

  it("books nothing that does not sum to zero, and finds what others wrote so", async () => {
    const [line] = entriesOf([{ fund_id: 2, currency: "EUR", from: "available", to: "planned", amount_minor: 5 }]);
    await expect(bookLines(eva, store, { kind: "plan" }, [line!])).rejects.toMatchObject({ code: "internal" });
    const half = { ...line!, amount_minor: 0.5 };
    const cents = [half, { ...half, amount_minor: -0.5 }];
    await expect(bookLines(eva, store, { kind: "plan" }, cents)).rejects.toMatchObject({ code: "internal" });
    expect(await verifyLedger(store)).toEqual([]);
    const to = { fund_id: 2, currency: "EUR", promotion_id: promotion, amount_minor: 300_000 } as const;
    const move = { ...to, from: "planned", to: "available" } as const;
    await expect(post(eva, store, { kind: "release" }, [move])).rejects.toMatchObject({ code: "wrong_state" });
    const head = { kind: "release", date: store.today, by: "eva" } as const;
    await insertPostings(store, await insertJournal(store, head), entriesOf([move]));
    expect((await verifyLedger(store)).map((f) => f.rule)).toEqual(["state"]);
    const id = await insertJournal(store, head);
    await insertPostings(store, id, entriesOf([{ ...to, from: "available", to: "planned" }]));
    await store.db
      .insertInto("posting")
      .values({ journal_id: id, ...line!, ledger: "accrued", amount_minor: 7 })
      .execute();
    expect((await verifyLedger(store)).map((f) => f.rule)).toEqual(["journal", "fund", "expense"]);
  });
});
