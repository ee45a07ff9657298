import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { visibleAccounts } from "../accounts/accounts.service.ts";
import { bookAccruals } from "../accruals/accruals.service.ts";
import { lastAuditId } from "../audit/audit.repo.ts";
import { applyOnce } from "../changes/changes.service.ts";
import { undoChanges } from "../changes/undo.service.ts";
import { verifyLedger } from "../ledger/verify.service.ts";
import { createDraft } from "../promotions/promotions.service.ts";
import { ALBION, draftOf, writeTestMarket } from "../promotions/testing.ts";
import { inTransaction, type Store } from "../store/open.ts";
import { temporaryStore } from "../testing.ts";
import { type Actor, loadActor } from "../users/actor.ts";
import { fundFor } from "./funds.service.ts";
import { type FundWish, setFund } from "./setting.service.ts";
import { openRequest, rejectRequest, transfer } from "./transfers.service.ts";

describe("setting funds", () => {
  let made: Awaited<ReturnType<typeof temporaryStore>>;
  let store: Store;
  let eva: Actor;
  beforeEach(async () => {
    made = await temporaryStore();
    store = made.store;
    await writeTestMarket(store);
    eva = await loadActor(store, "eva");
  });
  afterEach(() => made.close());

  const year = { from: "2027-01-01", to: "2027-12-31" };
  const tree = async (name: string) =>
    store.db.selectFrom("v_fund").selectAll().where("fund", "=", name).executeTakeFirstOrThrow();
  const payer = async (productIds: number[], preferred: number | null = null) => {
    const albion = (await visibleAccounts(eva, store)).find((a) => a.id === ALBION)!;
    return (await fundFor(store, albion, "2027-06-01", productIds, preferred))?.fund;
  };
  const pool = (amount_minor = 500_000): FundWish => ({
    account: "all",
    name: "Brand money 2027",
    period: year,
    amount_minor,
  });
  const kestrel: FundWish = {
    account: "Albion Fresh",
    brand: "Kestrel",
    period: year,
    parent: "Brand money 2027",
    amount_minor: 200_000,
  };

  it("takes the money of a fund out of the one above it, as far as that has it", async () => {
    await setFund(eva, store, pool());
    await setFund(eva, store, kestrel);
    expect(await tree("Brand money 2027")).toMatchObject({
      account: null,
      granted: 5_000,
      allocated: 2_000,
      left: 3_000,
    });
    expect(await tree("Kestrel fund 2027")).toMatchObject({ parent: "Brand money 2027", granted: 2_000, left: 2_000 });
    const change = (amount_minor: number) => setFund(eva, store, { fund: "Kestrel fund 2027", amount_minor });
    await expect(change(500_001)).rejects.toMatchObject({ code: "blocked" });
    await change(50_000);
    expect(await tree("Brand money 2027")).toMatchObject({ allocated: 500, left: 4_500 });
    expect(await verifyLedger(store)).toEqual([]);
    expect(await store.db.selectFrom("v_budget").select("fund").where("account", "is", null).execute()).toEqual([]);
  });

  it("lets the most specific fund pay that covers all products and has money", async () => {
    await setFund(eva, store, { ...kestrel, parent: undefined });
    await setFund(eva, store, { account: ALBION, category: "Coffee", period: year, amount_minor: 100 });
    await setFund(eva, store, { account: ALBION, brand: "Polar Lane", period: year, rate: 0.02 });
    expect(await payer([1, 2])).toBe("Kestrel fund 2027");
    expect(await payer([1, 4])).toBe("Coffee fund 2027");
    expect(await payer([1, 6])).toBe("Trade fund 2027");
    expect(await payer([6])).toBe("Trade fund 2027");
    expect(await payer([1], 2)).toBe("Trade fund 2027");
    const { id } = await createDraft(await loadActor(store, "ana"), store, draftOf());
    const held = await store.db.selectFrom("promotion_spend").selectAll().where("promotion_id", "=", id).execute();
    expect(held.map((h) => h.fund_id)).toEqual([7]);
  });

  it("grants a rate of net sales of its scope, each closed week once", async () => {
    await store.db.updateTable("sales_week").set({ net_sales_minor: 30_000 }).execute();
    const dates = { from: "2026-11-01", to: "2026-12-31" };
    await setFund(eva, store, { account: ALBION, brand: "Kestrel", period: dates, rate: 0.1 });
    for (let time = 0; time < 2; time++) {
      await bookAccruals(eva, store, store.today);
      // Two weeks since 1 November are over; three products of 300.00 each.
      expect(await tree("Kestrel fund 2026")).toMatchObject({ granted: 180, left: 180, rate: 0.1 });
    }
    await expect(setFund(eva, store, { fund: "Kestrel fund 2026", amount_minor: 1 })).rejects.toMatchObject({
      code: "bad_input",
    });
  });

  it("is for finance, and says what is missing or does not fit", async () => {
    for (const name of ["ana", "dora", "rob"])
      await expect(setFund(await loadActor(store, name), store, kestrel)).rejects.toMatchObject({ code: "no_right" });
    const wrong: [FundWish, string][] = [
      [{ amount_minor: 1 }, "missing_slot"],
      [{ account: ALBION }, "missing_slot"],
      [{ ...kestrel, parent: "Trade fund 1999" }, "unknown_name"],
      [{ account: ALBION, amount_minor: 1, period: year }, "bad_input"],
      [{ ...kestrel, parent: "Albion, Trade fund 2026" }, "bad_input"],
    ];
    for (const [wish, code] of wrong) await expect(setFund(eva, store, wish)).rejects.toMatchObject({ code });
    expect(await lastAuditId(store)).toBe(0);
  });

  it("is taken back as long as its money is there", async () => {
    const apply = (key: string, wish: FundWish) =>
      inTransaction(store, (tx) =>
        applyOnce(eva, tx, { key, batch: key, kind: "set_fund" }, async () => ({
          id: (await setFund(eva, tx, wish)).fund_id,
        })),
      );
    await setFund(eva, store, pool());
    const made = await apply("a", kestrel);
    const changed = await apply("b", { fund: "Kestrel fund 2027", amount_minor: 300_000, name: "Espresso fund" });
    await inTransaction(store, (tx) =>
      applyOnce(eva, tx, { key: "c", batch: "c", kind: "undo_change" }, async () => ({
        undone: (await undoChanges(eva, tx, [changed.change_no as number])).length,
      })),
    );
    expect(await tree("Kestrel fund 2027")).toMatchObject({ granted: 2_000 });
    await createDraft(await loadActor(store, "ana"), store, draftOf());
    await expect(undoChanges(eva, store, [made.change_no as number])).rejects.toMatchObject({ code: "blocked" });
    expect(await tree("Brand money 2027")).toMatchObject({ left: 3_000 });
  });

  it("turns a request for money down with a reason; only finance does, and only an open one", async () => {
    const ana = await loadActor(store, "ana");
    const { id } = await transfer(ana, store, 1, 3, 1_000, "for Easter");
    await expect(rejectRequest(ana, store, id, null)).rejects.toMatchObject({ code: "no_right" });
    expect(await openRequest(eva, store, undefined)).toMatchObject({ id, requester: "Ana", amount_minor: 1_000 });
    await rejectRequest(eva, store, id, "Easter is paid for");
    await expect(rejectRequest(eva, store, id, null)).rejects.toMatchObject({ code: "not_found" });
    expect(await store.db.selectFrom("fund_transfer").select(["status", "note", "decided_by"]).execute()).toEqual([
      { status: "rejected", note: "Easter is paid for", decided_by: "eva" },
    ]);
  });
});
