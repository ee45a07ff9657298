import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { applyOnce } from "../changes/changes.service.ts";
import { undoChanges } from "../changes/undo.service.ts";
import { addDays } from "../common/dates.ts";
import { heldOf } from "../ledger/ledger.repo.ts";
import { settleSpend } from "../ledger/spend.service.ts";
import { verifyLedger } from "../ledger/verify.service.ts";
import { advancePromotions, createDraft, decidePromotion, submitPromotion } from "../promotions/promotions.service.ts";
import { draftOf, writeTestMarket } from "../promotions/testing.ts";
import { inTransaction, type Store } from "../store/open.ts";
import { temporaryStore } from "../testing.ts";
import { type Actor, loadActor } from "../users/actor.ts";
import { bookAccruals, planAccruals } from "./accruals.service.ts";

/** Two weeks of Kestrel (three products, 0.80 a unit) from 1 June 2027, a Tuesday, planned at 1,000.00. */
describe("accruals", () => {
  let made: Awaited<ReturnType<typeof temporaryStore>>;
  let store: Store;
  let eva: Actor;
  let id: number;
  beforeEach(async () => {
    made = await temporaryStore();
    store = made.store;
    await writeTestMarket(store);
    eva = await loadActor(store, "eva");
    const ana = await loadActor(store, "ana");
    id = (await createDraft(ana, store, draftOf({ fixed_spend_minor: 14_000 }))).id;
    await submitPromotion(ana, store, id);
    await decidePromotion(await loadActor(store, "dora"), store, id, 1, "approve", null);
  });
  afterEach(() => made.close());

  /** The day comes; the calendar acts. */
  const on = async (today: string): Promise<void> => {
    store = { ...store, today };
    await advancePromotions(await loadActor(store, "system"), store);
  };
  /** Units that each of the products sold in a week. */
  const sold = async (week: string, units: number): Promise<void> => {
    for (const product_id of [1, 2, 3])
      await store.db
        .insertInto("sales_week")
        .values({ account_id: 1, product_id, week, units, price: 4, base_price: 5 })
        .onConflict((c) => c.columns(["account_id", "product_id", "week"]).doUpdateSet({ units }))
        .execute();
  };
  const held = async () => {
    expect(await verifyLedger(store)).toEqual([]);
    return Object.fromEntries((await heldOf(store, id)).map((h) => [h.state, h.amount_minor]));
  };
  const due = async (day = store.today) =>
    (await planAccruals(eva, store, day)).due.map((d) => [d.week, d.amount_minor, d.released_minor, d.short_minor]);

  it("are planned rate × actual units of each closed week, booked once", async () => {
    await on("2027-06-10");
    await sold("2027-05-31", 70);
    await sold("2027-06-07", 140);
    // Six of seven days of the first week lie in the window: 180 units at 0.80, and six fourteenths of the fee of 140.00.
    expect(await due()).toEqual([["2027-05-31", 20_400, 0, 0]]);
    for (let time = 0; time < 2; time++) {
      await bookAccruals(eva, store, store.today);
      expect(await held()).toEqual({ committed: 79_600, accrued: 20_400 });
    }
    expect(await due()).toEqual([]);
    await sold("2027-05-31", 63);
    expect(await due()).toEqual([["2027-05-31", -1_440, 0, 0]]);
    await bookAccruals(eva, store, store.today);
    expect(await held()).toEqual({ committed: 81_040, accrued: 18_960 });
    const { journals } = await store.db
      .selectFrom("v_ledger")
      .select((eb) => eb.fn.count<number>("journal").distinct().as("journals"))
      .where("promotion", "=", `P-${id}`)
      .where("week", "=", "2027-05-31")
      .executeTakeFirstOrThrow();
    expect(journals).toBe(2);
  });

  it("are trued up when all weeks are in, and what is not needed goes back to the fund", async () => {
    await on("2027-06-02");
    await sold("2027-05-31", 70);
    await on("2027-06-16");
    // The last two weeks are not in: the rest is accrued as planned.
    expect(await held()).toEqual({ accrued: 100_000 });
    await sold("2027-06-07", 140);
    await sold("2027-06-14", 70);
    await on("2027-06-21");
    expect(await due()).toEqual([[null, -35_600, 0, 0]]);
    await bookAccruals(eva, store, store.today);
    // 180 + 420 + 30 units at 0.80, and the fee.
    expect(await held()).toEqual({ accrued: 64_400 });
    expect(await due()).toEqual([]);
  });

  it("stop at what the fund can bear until an override is recorded", async () => {
    await on("2027-06-02");
    await sold("2027-05-31", 10_000);
    await on("2027-06-08");
    const [week] = await due();
    expect(week).toEqual(["2027-05-31", 1_000_000, 0, 1_063_143]);
    await bookAccruals(eva, store, store.today);
    expect(await held()).toEqual({ accrued: 1_000_000 });
    const override = { promotion_id: id, rule: "budget", reason: "Sold out", by: "dora", date: store.today };
    await store.db.insertInto("policy_override").values(override).execute();
    await bookAccruals(eva, store, store.today);
    expect(await held()).toEqual({ accrued: 2_063_143 });
  });

  it("are finance's to book, of days that are over, and taken back while the money is there", async () => {
    await on("2027-06-10");
    await sold("2027-05-31", 70);
    for (const name of ["ana", "dora", "rob"])
      await expect(bookAccruals(await loadActor(store, name), store, store.today)).rejects.toMatchObject({
        code: "no_right",
      });
    await expect(bookAccruals(eva, store, addDays(store.today, 1))).rejects.toMatchObject({ code: "bad_input" });
    const booked = (key: string) =>
      inTransaction(store, (tx) =>
        applyOnce(eva, tx, { key, batch: key, kind: "book_accruals" }, async () => ({
          to: (await bookAccruals(eva, tx, tx.today)).to,
        })),
      );
    await undoChanges(eva, store, [(await booked("a")).change_no as number]);
    expect(await held()).toEqual({ committed: 100_000 });
    const again = await booked("b");
    expect(await held()).toEqual({ committed: 79_600, accrued: 20_400 });
    await store.db
      .insertInto("claim")
      .values({
        id: 1,
        code: "C-1",
        account_id: 1,
        promotion_id: id,
        kind: "claim",
        amount_minor: 1_000,
        date: store.today,
        status: "open",
      })
      .execute();
    await settleSpend(eva, store, { claimId: 1, promotionId: id, amountMinor: 1_000, currency: "EUR" });
    await expect(undoChanges(eva, store, [again.change_no as number])).rejects.toMatchObject({ code: "wrong_state" });
    expect(await held()).toEqual({ committed: 79_600, accrued: 19_400, settled: 1_000 });
  });
});
