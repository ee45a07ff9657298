import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { verifyAudit } from "../audit/verify.service.ts";
import { createDraft } from "../promotions/promotions.service.ts";
import { ALBION, BRAMLEY, draftOf, writeTestMarket } from "../promotions/testing.ts";
import type { Store } from "../store/open.ts";
import { temporaryStore } from "../testing.ts";
import { loadActor } from "../users/actor.ts";
import { budgetOf, resolveFund } from "./funds.service.ts";
import { planTransfer, transfer } from "./transfers.service.ts";

describe("funds", () => {
  let made: Awaited<ReturnType<typeof temporaryStore>>;
  let store: Store;
  beforeEach(async () => {
    made = await temporaryStore();
    store = made.store;
    await writeTestMarket(store);
  });
  afterEach(() => made.close());
  const as = (name: string) => loadActor(store, name);
  const lefts = async () =>
    Object.fromEntries(
      (
        await store.db
          .selectFrom("v_budget")
          .select(["account", "fund", "left"])
          .where("fund", "=", "Trade fund 2026")
          .execute()
      ).map((f) => [f.account, f.left]),
    );

  it("are found by name, by account and by both; a colleague's never", async () => {
    const ana = await as("ana");
    expect(await resolveFund(ana, store, "Retailer A")).toMatchObject({
      account: "Albion Fresh",
      fund: "Trade fund 2026",
    });
    expect(await resolveFund(ana, store, "Bramley trade fund 2027")).toMatchObject({ fund: "Trade fund 2027" });
    await expect(resolveFund(ana, store, "Trade fund 2026")).rejects.toMatchObject({
      code: "ambiguous_name",
      detail: { alternatives: ["Albion Fresh, Trade fund 2026", "Bramley Stores, Trade fund 2026"] },
    });
    await expect(resolveFund(ana, store, "Delphi Discount")).rejects.toMatchObject({ code: "no_right" });
    await expect(resolveFund(ana, store, "Delphi Discount, Trade fund 2026")).rejects.toMatchObject({
      code: "unknown_name",
    });
    await expect(resolveFund(ana, store, "slush fund")).rejects.toMatchObject({ code: "unknown_name" });
    expect((await budgetOf(ana, store, [1, 2, 3], { from: store.today, to: store.today })).funds).toHaveLength(2);
  });

  it("are moved by finance, and only as far as they have money left", async () => {
    const eva = await as("eva");
    await transfer(eva, store, 1, 3, 400_000, "more coffee");
    expect(await lefts()).toEqual({ "Albion Fresh": 6000, "Bramley Stores": 14_000, "Delphi Discount": 10_000 });
    await expect(transfer(eva, store, 1, 3, 600_001, null)).rejects.toMatchObject({ code: "blocked" });
    await expect(transfer(eva, store, 1, 1, 100, null)).rejects.toMatchObject({ code: "bad_input" });
    expect((await lefts())["Albion Fresh"]).toBe(6000);
    expect(await verifyAudit(store)).toBeNull();
  });

  it("count what promotions hold as gone", async () => {
    await createDraft(await as("ana"), store, draftOf({ spend_minor: 900_000 }));
    const plan = await planTransfer(
      await as("eva"),
      store,
      "Albion trade fund 2027",
      "Bramley trade fund 2027",
      100_001,
    );
    expect(plan.affordable).toBe(false);
  });

  it("are asked for by a KAM and a manager; finance fulfils the request by moving the money", async () => {
    const ana = await as("ana");
    const asked = await transfer(ana, store, 1, 3, 250_000, null);
    expect(asked.plan.status).toBe("requested");
    expect(await lefts()).toMatchObject({ "Albion Fresh": 10_000, "Bramley Stores": 10_000 });
    const { requests } = await budgetOf(ana, store, [ALBION, BRAMLEY], { from: store.today, to: store.today });
    expect(requests).toMatchObject([{ requester: "Ana", amount_minor: 250_000 }]);
    const eva = await as("eva");
    expect((await planTransfer(eva, store, 1, 3, 250_000)).request).toEqual({ id: asked.id, requester: "Ana" });
    await transfer(eva, store, 1, 3, 250_000, null);
    expect(await lefts()).toMatchObject({ "Albion Fresh": 7500, "Bramley Stores": 12_500 });
    expect(
      await store.db.selectFrom("fund_transfer").select(["status", "requested_by", "decided_by"]).execute(),
    ).toEqual([{ status: "done", requested_by: "ana", decided_by: "eva" }]);
    expect((await transfer(await as("dan"), store, 1, 5, 100, null)).plan.status).toBe("requested");
    await expect(transfer(ana, store, 1, 5, 100, null)).rejects.toMatchObject({ code: "no_right" });
    await expect(transfer(await as("rob"), store, 1, 3, 100, null)).rejects.toMatchObject({ code: "no_right" });
  });
});
