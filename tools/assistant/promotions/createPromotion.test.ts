import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DELPHI, writeTestMarket } from "../../../data/promotions/testing.ts";
import type { Store } from "../../../data/store/open.ts";
import { temporaryStore } from "../../../data/testing.ts";
import { driver, JUNE, KESTREL, noForecast, plannedSpend } from "./testing.ts";

describe("drafting a promotion", () => {
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
  const count = async () => (await store.db.selectFrom("promotion").select("id").execute()).length;
  const planned = (account?: string) => plannedSpend(store, account);

  describe("create_promotion", () => {
    it("proposes a complete change, readable by names and ids, and writes nothing before a yes", async () => {
      const { proposals, result } = await kam.propose("ana", "create_promotion", { ...KESTREL, note: "summer" });
      expect(proposals).toHaveLength(1);
      expect(proposals[0]!.kind).toBe("create_promotion");
      expect(proposals[0]!.change).toMatchObject({
        account: "Albion Fresh",
        account_id: 1,
        products: ["Kestrel Espresso 500 g", "Kestrel Crema 500 g", "Kestrel Decaf 250 g"],
        product_ids: [1, 2, 3],
        start: "2027-06-01",
        end: "2027-06-14",
        mechanic: "tpr",
        discount: 0.2,
        price_off: null,
        get: null,
        pay: null,
        feature: false,
        display: false,
        payment: "scan_back",
        fixed_spend: 0,
        currency: "EUR",
        note: "summer",
        name: "Kestrel 20 % at Albion",
        series: null,
        // 3 products × 400 units × 0.80 a unit
        spend: 960,
        expected: { spend: 960, units: { mean: 1200, low: 960, high: 1440 }, net_roi: { mean: expect.any(Number) } },
      });
      expect(result).toMatchObject({ proposals: [{ change: proposals[0]!.change, checks: proposals[0]!.checks }] });
      expect(await count()).toBe(0);
      const done = await kam.commit("ana", proposals[0]!);
      expect(done).toMatchObject({ promotion: "P-1001", name: "Kestrel 20 % at Albion", status: "draft" });
      expect(await count()).toBe(1);
      expect(await planned()).toBe(960);
      const lines = await store.db.selectFrom("promotion_line").selectAll().execute();
      expect(lines).toMatchObject([1, 2, 3].map((id) => ({ product_id: id, allowance_minor: 80, planned_units: 400 })));
    });

    it("takes what a sentence leaves open, and says so", async () => {
      const { result } = await kam.propose("ana", "create_promotion", JUNE);
      const [draft] = result.proposals as { change: Record<string, unknown>; assumptions: string[] }[];
      expect(draft!.change).toMatchObject({ mechanic: "tpr", payment: "scan_back", feature: false, display: false });
      expect(new Set(draft!.change.products as string[]).size).toBeGreaterThan(0);
      const brands = new Set((draft!.change.products as string[]).map((name) => name.split(" ")[0]));
      expect(brands.size).toBe(1);
      expect(draft!.assumptions.join("; ")).toMatch(/price reduction.*usual one.*no support.*no product was named/);
    });

    it.each([
      ["account", { ...KESTREL, account: undefined }],
      ["start", { ...KESTREL, start: undefined }],
      ["end", { ...KESTREL, end: undefined }],
      ["discount", { ...KESTREL, discount: undefined }],
      ["offer", { ...KESTREL, discount: undefined, mechanic: "multibuy" }],
    ])("asks for a missing %s", async (slot, args) => {
      await expect(kam.propose("ana", "create_promotion", args)).rejects.toMatchObject({
        code: "missing_slot",
        detail: { slot, question: expect.stringMatching(/\?$/) },
      });
      expect(await count()).toBe(0);
    });

    it.each([
      ["ana", "no_right", { ...KESTREL, account: "Retailer D" }],
      ["eva", "no_right", KESTREL],
      ["rob", "no_right", KESTREL],
      ["ana", "unknown_name", { ...KESTREL, account: "Zenith" }],
      ["ana", "unknown_name", { ...KESTREL, products: ["Nonesuch"] }],
      ["ana", "bad_input", { ...KESTREL, end: "2027-05-01" }],
      ["ana", "bad_input", { ...KESTREL, fixed_spend: { amount: 5, currency: "USD" } }],
      ["ana", "bad_input", { ...KESTREL, price_off: { amount: 1, currency: "EUR" } }],
      ["ana", "bad_input", { ...KESTREL, get: 2, pay: 3, discount: undefined }],
    ])("refuses %s with %s", async (who, code, args) => {
      await expect(kam.propose(who, "create_promotion", args)).rejects.toMatchObject({ code });
    });

    it("reads multibuys and absolute price cuts", async () => {
      const one = (args: Record<string, unknown>) => kam.propose("ana", "create_promotion", { ...KESTREL, ...args });
      const multibuy = await one({ discount: undefined, get: 3, pay: 2 });
      expect(multibuy.proposals[0]!.change).toMatchObject({
        mechanic: "multibuy",
        discount: null,
        get: 3,
        pay: 2,
        name: "Kestrel 3 for 2 at Albion",
        depth: expect.closeTo(1 / 3),
      });
      const off = await one({ discount: undefined, price_off: { amount: 0.5, currency: "EUR" } });
      expect(off.proposals[0]!.change).toMatchObject({
        mechanic: "tpr",
        price_off: { amount: 0.5, currency: "EUR" },
        name: "Kestrel €0.50 off at Albion",
        depth: 0.1,
      });
    });

    it("names a category and a mixed bag, and shortens accounts only as far as they stay apart", async () => {
      const named = async (products: unknown[]) =>
        (await kam.propose("ana", "create_promotion", { ...JUNE, products })).proposals[0]!.change.name;
      expect(await named([{ category: "Coffee" }])).toBe("Coffee 20 % at Albion");
      expect(await named(["Kestrel Crema 500 g"])).toBe("Kestrel Crema 500 g 20 % at Albion");
      expect(await named(["Kestrel Crema 500 g", "Polar Lane Vanilla 1 l"])).toBe(
        "Kestrel Crema 500 g and 1 more 20 % at Albion",
      );
      await store.db.updateTable("account").set({ name: "Albion Direct" }).where("id", "=", DELPHI).execute();
      expect(await named([{ brand: "Kestrel" }])).toBe("Kestrel 20 % at Albion Fresh");
    });

    it("leaves out of a whole brand what the account does not list, but not of what is named", async () => {
      await store.db.deleteFrom("listing").where("account_id", "=", 1).where("product_id", "=", 3).execute();
      const brand = await kam.propose("ana", "create_promotion", KESTREL);
      expect(brand.proposals[0]!.change.product_ids).toEqual([1, 2]);
      expect(JSON.stringify(brand.result)).toContain(
        "Kestrel Decaf 250 g is left out, as Albion Fresh does not list it",
      );
      const named = await kam.propose("ana", "create_promotion", { ...JUNE, products: ["Kestrel Decaf 250 g"] });
      expect(named.proposals[0]!.checks[0]).toMatchObject({ rule: "listing", verdict: "block" });
      const some = ["Kestrel Crema 500 g", "Kestrel Decaf 250 g"];
      const several = await kam.propose("ana", "create_promotion", { ...JUNE, products: some });
      expect(several.proposals[0]!.change.products).toEqual(["Kestrel Crema 500 g"]);
    });

    it("lets a blocked draft wait and refuses to commit it, the store as it was", async () => {
      const { proposals } = await kam.propose("ana", "create_promotion", { ...KESTREL, discount: 0.35 });
      expect(proposals[0]!.checks[0]).toMatchObject({ rule: "depth", verdict: "block" });
      await expect(kam.commit("ana", proposals[0]!)).rejects.toMatchObject({
        code: "blocked",
        detail: { rule: "depth" },
      });
      expect(await count()).toBe(0);
      expect(await planned()).toBe(0);
    });

    it("checks again at commit: what was free when it was proposed may be taken by then", async () => {
      const { proposals } = await kam.propose("ana", "create_promotion", KESTREL);
      await kam.write("dan", "create_promotion", KESTREL);
      await expect(kam.commit("ana", proposals[0]!)).rejects.toMatchObject({
        code: "blocked",
        detail: { rule: "clash" },
      });
      expect(await count()).toBe(1);
    });

    it("takes edits while approving: planned, named and checked anew", async () => {
      const { proposals } = await kam.propose("ana", "create_promotion", { ...KESTREL, discount: 0.35 });
      const done = await kam.commit("ana", proposals[0]!, { discount: 0.25, products: ["Kestrel Crema 500 g"] });
      expect(done).toMatchObject({ promotion: "P-1001", name: "Kestrel Crema 500 g 25 % at Albion" });
      // 1 product × 450 units × 1.00 a unit
      expect(await planned()).toBe(450);
      const again = await kam.propose("ana", "create_promotion", { ...JUNE, products: [{ brand: "Morning Row" }] });
      await expect(kam.commit("ana", again.proposals[0]!, { discount: 0.5 })).rejects.toMatchObject({
        code: "blocked",
      });
      await expect(kam.commit("ana", again.proposals[0]!, { colour: "red" })).rejects.toMatchObject({
        code: "bad_input",
      });
      await expect(kam.commit("ana", again.proposals[0]!, { account: "Delphi" })).rejects.toMatchObject({
        code: "no_right",
      });
      expect(await kam.commit("ana", again.proposals[0]!, { account: "Bramley" })).toMatchObject({
        name: "Morning Row 20 % at Bramley",
      });
    });

    it("makes one item and one promotion an account, tied as a series", async () => {
      const several = { ...KESTREL, account: undefined, accounts: ["Retailer A", "Retailer B", "Albion Fresh"] };
      const { proposals } = await kam.propose("ana", "create_promotion", several);
      expect(proposals.map((p) => p.change.account)).toEqual(["Albion Fresh", "Bramley Stores"]);
      for (const proposal of proposals) await kam.commit("ana", proposal);
      const series = await store.db.selectFrom("v_promotion").select(["account", "series"]).execute();
      expect(series).toEqual(
        ["Albion Fresh", "Bramley Stores"].map((account) => ({ account, series: "Kestrel, 1–14 June 2027" })),
      );
      const found = await kam.read("ana", "find_promotions", { series: "Kestrel, 1–14 June 2027" });
      expect(found.n).toBe(2);
      await expect(
        kam.propose("ana", "create_promotion", { ...several, accounts: ["Retailer A", "Retailer D"] }),
      ).rejects.toMatchObject({ code: "no_right" });
    });

    it("works where nothing can be forecast, and says so", async () => {
      const bare = driver(store, noForecast);
      const { proposals, result } = await bare.propose("ana", "create_promotion", JUNE);
      expect(proposals[0]!.change).toMatchObject({ expected: null, spend: null });
      // 20 % of 5.00 less 25 % tax
      expect((proposals[0]!.change.lines as { allowance: number }[])[0]!.allowance).toBeCloseTo(0.8);
      expect(JSON.stringify(result)).toContain("No forecast could be made: This store holds no sales yet.");
      await bare.commit("ana", proposals[0]!);
      expect(await count()).toBe(1);
    });
  });
});
