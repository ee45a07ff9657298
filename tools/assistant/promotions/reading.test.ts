import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { planSpend } from "../../../data/ledger/spend.service.ts";
import { findPromotions } from "../../../data/promotions/reading.service.ts";
import { DELPHI, writeTestMarket } from "../../../data/promotions/testing.ts";
import type { Store } from "../../../data/store/open.ts";
import { temporaryStore } from "../../../data/testing.ts";
import { loadActor } from "../../../data/users/actor.ts";
import { driver, fakeForecast, noForecast } from "./testing.ts";

describe("reading promotions and budgets", () => {
  let made: Awaited<ReturnType<typeof temporaryStore>>;
  let store: Store;
  let kam: ReturnType<typeof driver>;
  const june = { account: "Retailer A", start: "2027-06-01", end: "2027-06-14", discount: 0.2 };
  beforeAll(async () => {
    made = await temporaryStore();
    store = made.store;
    await writeTestMarket(store);
    kam = driver(store);
    await kam.write("ana", "create_promotion", { ...june, products: ["Kestrel"], note: "with the new leaflet" });
    await kam.write("ana", "create_promotion", { ...june, account: "Retailer B", products: ["Kestrel"] });
    await kam.write("ben", "create_promotion", { ...june, account: "Retailer D", products: ["Morning Row"] });
    await kam.write("ana", "create_promotion", {
      ...june,
      products: ["Polar Lane"],
      discount: undefined,
      get: 4,
      pay: 3,
    });
    // Two of Albion's past: Kestrel did well, Morning Row did not; one long ago.
    await ended("Kestrel", "2026-05-04", [500_00, 900_00]);
    await ended("Morning Row", "2026-09-07", [500_00, 100_00]);
    await ended("Kestrel", "2025-03-03", [100_00, 110_00]);
  });
  afterAll(() => made.close());

  /** A promotion that ended, with its spend and incremental profit in minor units. */
  async function ended(brand: string, start: string, [spend_minor, incremental_profit_minor]: [number, number]) {
    const [done] = await kam.write("ana", "create_promotion", {
      ...june,
      start: "2027-09-01",
      end: "2027-09-14",
      products: [brand],
    });
    const id = Number(String(done!.promotion).slice(2));
    await planSpend(await loadActor(store, "ana"), store, id, null, null);
    await store.db
      .updateTable("promotion")
      .set({ status: "ended", start, end: start.replace(/-\d\d$/, "-20") })
      .where("id", "=", id)
      .execute();
    const units = { units: 900, baseline: 600, gross_incremental: 300, dip: 20, cannibalised: 30, halo: 0 };
    await store.db
      .insertInto("promotion_result")
      .values({
        promotion_id: id,
        ...units,
        true_incremental: 250,
        low: 150,
        high: 350,
        spend_minor,
        incremental_profit_minor,
      })
      .execute();
  }
  const codes = async (who: string, args: Record<string, unknown>) =>
    ((await kam.read(who, "find_promotions", args)).promotions as { promotion: string }[]).map((p) => p.promotion);

  it("finds by account, product, brand, category, state, mechanic, period, owner and words", async () => {
    expect(await codes("dan", { status: "planned" })).toEqual(["P-1001", "P-1002", "P-1003", "P-1004"]);
    expect(await codes("dan", { account: "Retailer D" })).toEqual(["P-1003"]);
    expect(await codes("dan", { product: "Kestrel Crema 500 g", status: "draft" })).toEqual(["P-1001", "P-1002"]);
    expect(await codes("dan", { product: { brand: "Polar Lane" } })).toEqual(["P-1004"]);
    expect(await codes("dan", { category: "Ice cream" })).toEqual(["P-1004"]);
    expect(await codes("dan", { mechanic: "multibuy" })).toEqual(["P-1004"]);
    expect(await codes("dan", { owner: "Ben" })).toEqual(["P-1003"]);
    expect(await codes("dan", { text: "leaflet" })).toEqual(["P-1001"]);
    expect(await codes("dan", { text: "leaflet of Bramley" })).toEqual([]);
    expect(await codes("dan", { text: "P-1003" })).toEqual(["P-1003"]);
    expect(await codes("dan", { status: ["ended", "closed"] })).toEqual(["P-1006", "P-1005"]);
    expect(await codes("dan", { period: { from: "2025-01-01", to: "2025-12-31" } })).toEqual(["P-1007"]);
    expect(await codes("dan", { brand: "Kestrel", category: "Ice cream" })).toEqual([]);
  });

  it("leaves out accounts, products and mechanics that it is told to", async () => {
    const found = async (exclude: Record<string, unknown>) =>
      (await kam.read("dan", "find_promotions", { status: "draft", exclude })).promotions as Record<string, unknown>[];
    const all = await found({ accounts: ["Retailer D"] });
    expect(all.map((p) => p.brand)).not.toContain("Morning Row");
    expect((await found({ products: [{ brand: "Kestrel" }] })).map((p) => p.brand)).not.toContain("Kestrel");
    expect((await found({ mechanics: ["multibuy"] })).map((p) => p.mechanic)).toEqual(["tpr", "tpr", "tpr"]);
    expect(await found({ accounts: ["Retailer A", "Retailer B", "Retailer D"] })).toEqual([]);
  });

  it("puts what is to come first, then the latest; counts all and shows some", async () => {
    expect(await codes("dan", {})).toEqual(["P-1001", "P-1002", "P-1003", "P-1004", "P-1006", "P-1005"]);
    expect(await kam.read("dan", "find_promotions", { top: 2 })).toMatchObject({ n: 6, shown: 2 });
  });

  it("pools net ROI over those with a result", async () => {
    const { totals } = await kam.read("dan", "find_promotions", { status: "ended", account: "Retailer A" });
    expect(totals).toMatchObject({ judged: 2, spend: 1000, incremental_profit: 1000, net_roi: 0 });
  });

  it("shows nobody a colleague's", async () => {
    expect(await codes("ben", {})).toEqual(["P-1003"]);
    expect(await codes("ana", { owner: "Ben" })).toEqual([]);
    await expect(kam.read("ana", "find_promotions", { account: "Retailer D" })).rejects.toMatchObject({
      code: "no_right",
    });
    await expect(kam.read("ana", "get_promotion", { promotion: "P-1003" })).rejects.toMatchObject({
      code: "no_right",
      message: "That promotion is of Delphi Discount, Ben's account; Ana cannot see or plan it.",
    });
    await expect(kam.read("ana", "get_promotion", { promotion: "Morning Row 20 % at Delphi" })).rejects.toMatchObject({
      code: "not_found",
    });
    expect((await kam.read("eva", "find_promotions", {})).n).toBe(6);
    const ana = await loadActor(store, "ana");
    expect(await findPromotions(ana, store, { accountIds: [DELPHI] })).toEqual([]);
  });

  it("gets one by id, number, name or the words of it, and the last that ended", async () => {
    const get = async (args: Record<string, unknown>) => (await kam.read("ana", "get_promotion", args)).promotion;
    for (const ref of [
      "P-1002",
      "p1002",
      "#1002",
      1002,
      "promotion 1002",
      "Kestrel 20 % at Bramley",
      "the Bramley Kestrel deal",
    ])
      expect(await get({ promotion: ref })).toBe("P-1002");
    expect(await get({ account: "Retailer A" })).toBe("P-1006");
    expect(await get({ product: { brand: "Kestrel" } })).toBe("P-1005");
    await expect(get({})).rejects.toMatchObject({ code: "missing_slot", detail: { slot: "promotion" } });
    await expect(get({ promotion: "Kestrel 20 % at Albion" })).rejects.toMatchObject({
      code: "ambiguous_name",
      detail: { slot: "promotion", alternatives: ["P-1001", "P-1005", "P-1007"] },
    });
    await expect(get({ account: "Retailer B" })).rejects.toMatchObject({ code: "not_found" });
    // Only one of that name can still be cancelled, so it is the one.
    const { proposals } = await kam.propose("ana", "cancel_promotion", { promotion: "Kestrel 20 % at Albion" });
    expect(proposals[0]!.change.promotion).toBe("P-1001");
  });

  it("tells the result of one that ended", async () => {
    expect(await kam.read("ana", "get_promotion", { promotion: "P-1005" })).toMatchObject({
      status: "ended",
      n_products: 3,
      result: { units: 900, true_incremental: { mean: 250, low: 150, high: 350 }, spend: 500, net_roi: 0.8 },
    });
  });

  it("suggests the products of the brand that did best, not those that are busy or not listed", async () => {
    const free = { account: "Retailer A", start: "2027-08-02", end: "2027-08-15", discount: 0.2 };
    const best = await kam.read("ana", "suggest_products", free);
    expect(best).toMatchObject({
      brand: "Kestrel",
      past_promotions: 2,
      account_net_roi: expect.closeTo(1110 / 1100 - 1),
    });
    expect(best.past_net_roi).toBeCloseTo(1010 / 600 - 1);
    expect((best.products as { product: string }[]).map((p) => p.product).sort()).toEqual([
      "Kestrel Crema 500 g",
      "Kestrel Decaf 250 g",
      "Kestrel Espresso 500 g",
    ]);
    const busy = await kam.read("ana", "suggest_products", { ...free, start: "2027-06-07", end: "2027-06-20" });
    expect(busy.brand).toBe("Morning Row");
    expect(busy.left_out).toContainEqual({ product: "Kestrel Crema 500 g", reason: "already promoted then" });
    expect(await kam.read("ana", "suggest_products", { ...free, top: 1 })).toMatchObject({ n_products: 1 });
    expect((await kam.read("ana", "suggest_products", { ...free, category: "Ice cream" })).brand).toBe("Polar Lane");
    expect(await kam.read("ana", "suggest_products", free)).toEqual(best);
  });

  it("suggests the brand that is expected to bring most, whatever its name or record", async () => {
    const free = { account: "Retailer A", start: "2027-08-02", end: "2027-08-15", discount: 0.2 };
    const liking = (productId: number) =>
      driver(store, async (context, spec) => {
        const forecast = await fakeForecast(context, spec);
        const mean = spec.product_ids.includes(productId) ? 2 : 0.1;
        return { ...forecast, net_roi: { mean, low: mean - 1, high: mean + 1 } };
      });
    expect((await liking(6).read("ana", "suggest_products", free)).brand).toBe("Polar Lane");
    expect((await liking(4).read("ana", "suggest_products", free)).brand).toBe("Morning Row");
    // Without a forecast the record decides: Kestrel's is above break-even, Morning Row's below.
    const record = await driver(store, noForecast).read("ana", "suggest_products", free);
    expect([record.brand, ...(record.other_brands as { brand: string }[]).map((b) => b.brand)]).toEqual([
      "Kestrel",
      "Polar Lane",
      "Morning Row",
    ]);
  });

  it("suggests dates that notice and blackouts allow where none are named", async () => {
    const { period } = await kam.read("ana", "suggest_products", { account: "Retailer A" });
    expect(period).toEqual({ from: "2026-12-28", to: "2027-01-10" });
  });

  it("checks an idea, a draft, and a change of it, without writing", async () => {
    const idea = await kam.read("ana", "check_promotion", { ...june, products: ["Kestrel"] });
    expect(idea).toMatchObject({ promotion: null, counts: { block: 1 } });
    expect((idea.checks as unknown[])[0]).toMatchObject({ rule: "clash", verdict: "block" });
    const draft = await kam.read("ana", "check_promotion", { promotion: "P-1001" });
    expect(draft).toMatchObject({ promotion: "P-1001", counts: { block: 0 } });
    const changed = await kam.read("ana", "check_promotion", { promotion: "P-1001", discount: 0.4 });
    expect(changed).toMatchObject({ changed: true, change: { discount: 0.4 } });
    expect((changed.checks as unknown[])[0]).toMatchObject({ rule: "depth", verdict: "block" });
    const over = await kam.read("eva", "check_promotion", { promotion: "P-1005" });
    expect((over.checks as { rule: string }[]).map((c) => c.rule)).not.toContain("dates");
    await expect(kam.read("ana", "check_promotion", { promotion: "P-1003" })).rejects.toMatchObject({
      code: "no_right",
    });
  });

  it("tells a budget as the view does, and only of one's own accounts", async () => {
    const period = { from: "2027-06-01", to: "2027-06-14" };
    const all = await kam.read("ana", "budget_status", { period });
    const view = await store.db
      .selectFrom("v_budget")
      .selectAll()
      .where("account_id", "in", [1, 2])
      .where("fund", "=", "Trade fund 2027")
      .execute();
    expect((all.funds as { left: number }[]).map((f) => f.left)).toEqual(view.map((f) => f.left));
    expect(all.totals).toMatchObject({ amount: 20_000, left: view[0]!.left + view[1]!.left });
    expect(all.largest).toMatchObject([{ promotion: expect.stringMatching(/^P-100[124]$/), state: "planned" }, {}, {}]);
    expect(await kam.read("ana", "budget_status", { account: "Retailer A" })).toMatchObject({
      n: 1,
      funds: [{ fund: "Trade fund 2026", left: 10_000 }],
      later: [{ fund: "Trade fund 2027" }],
    });
    await expect(kam.read("ana", "budget_status", { account: "Retailer D" })).rejects.toMatchObject({
      code: "no_right",
    });
    expect((await kam.read("eva", "budget_status")).n).toBe(3);
  });

  it("moves money as finance, asks for it as a KAM, and asks back what is missing", async () => {
    const move = { from: "Retailer A", to: "Retailer B", amount: { amount: 500, currency: "EUR" } };
    for (const slot of ["from", "to", "amount"])
      await expect(kam.propose("ana", "move_funds", { ...move, [slot]: undefined })).rejects.toMatchObject({
        detail: { slot },
      });
    const [asked] = await kam.write("ana", "move_funds", move);
    expect(asked).toMatchObject({ status: "requested" });
    expect((await kam.read("ana", "budget_status")).requests).toMatchObject([{ amount: 500, requested_by: "Ana" }]);
    const [moved] = await kam.write("eva", "move_funds", move);
    expect(moved).toMatchObject({ status: "moved", amount: 500 });
    expect(await kam.read("eva", "budget_status", { account: "Retailer B" })).toMatchObject({
      funds: [{ amount: 10_500, left: 10_500 }],
      requests: [],
    });
    const much = await kam.propose("eva", "move_funds", { ...move, amount: 9_501 });
    expect(much.proposals[0]!.checks).toMatchObject([{ rule: "budget", verdict: "block" }]);
    await expect(kam.commit("eva", much.proposals[0]!)).rejects.toMatchObject({ code: "blocked" });
    expect(await kam.commit("eva", much.proposals[0]!, { amount: 100 })).toMatchObject({ amount: 100 });
    await expect(kam.propose("ana", "move_funds", { ...move, to: "Retailer D" })).rejects.toMatchObject({
      code: "no_right",
    });
    await expect(
      kam.propose("ana", "move_funds", { ...move, amount: { amount: 5, currency: "USD" } }),
    ).rejects.toMatchObject({ code: "bad_input" });
  });

  it("turns a request for money down as finance, with the reason, once it is approved", async () => {
    const move = { from: "Retailer A", to: "Retailer B", amount: { amount: 500, currency: "EUR" } };
    const no = { ...move, decision: "reject", reason: "Easter is paid for" };
    await expect(kam.propose("eva", "move_funds", no)).rejects.toMatchObject({ code: "not_found" });
    const before = (await kam.read("ana", "budget_status", { account: "Retailer A" })).funds;
    await kam.write("ana", "move_funds", move);
    await expect(kam.propose("ana", "move_funds", no)).rejects.toMatchObject({ code: "no_right" });
    await expect(kam.propose("eva", "move_funds", { ...no, amount: 600 })).rejects.toMatchObject({ code: "not_found" });
    const { proposals } = await kam.propose("eva", "move_funds", { decision: "reject" });
    expect((await kam.read("ana", "budget_status")).requests).toHaveLength(1);
    await kam.write("ana", "move_funds", { ...move, to: "Retailer A", from: "Retailer B" });
    await expect(kam.propose("eva", "move_funds", { decision: "reject" })).rejects.toMatchObject({
      code: "missing_slot",
    });
    await expect(kam.commit("ana", proposals[0]!)).rejects.toMatchObject({ code: "no_right" });
    expect(await kam.commit("eva", proposals[0]!, { reason: "No money" })).toMatchObject({
      status: "rejected",
      amount: 500,
    });
    expect((await kam.read("ana", "budget_status", { account: "Retailer A" })).funds).toEqual(before);
    await expect(kam.commit("eva", proposals[0]!)).rejects.toMatchObject({ code: "not_found" });
  });
});
