import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DELPHI, writeTestMarket } from "../../../data/promotions/testing.ts";
import type { Store } from "../../../data/store/open.ts";
import { temporaryStore } from "../../../data/testing.ts";
import { driver, noForecast } from "./testing.ts";

const JUNE = { account: "Retailer A", start: "2027-06-01", end: "2027-06-14", discount: 0.2 };
const KESTREL = { ...JUNE, products: [{ brand: "Kestrel" }] };

describe("the promotion tools", () => {
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
  const planned = async (account = "Albion Fresh") =>
    (
      await store.db
        .selectFrom("v_budget")
        .select("planned")
        .where("account", "=", account)
        .where("fund", "=", "Trade fund 2027")
        .executeTakeFirstOrThrow()
    ).planned;

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

  describe("update_promotion", () => {
    beforeEach(() => kam.write("ana", "create_promotion", KESTREL));

    it("changes what is named, keeps the rest, and tells both versions", async () => {
      const { proposals, result } = await kam.propose("ana", "update_promotion", {
        promotion: "P-1001",
        discount: 0.25,
        display: true,
      });
      expect(result).toMatchObject({ changed: ["offer", "support"], before: { discount: 0.2, display: false } });
      expect(proposals[0]!.change).toMatchObject({ version: 1, discount: 0.25, display: true, start: "2027-06-01" });
      expect(await kam.commit("ana", proposals[0]!)).toMatchObject({ version: 2, name: "Kestrel 25 % at Albion" });
      // 3 products × 650 units × 1.00
      expect(await planned()).toBe(1950);
      await expect(kam.commit("ana", proposals[0]!)).rejects.toMatchObject({ code: "stale" });
    });

    it("moves the end with the start, and clashes with nothing of its own", async () => {
      const { proposals } = await kam.propose("ana", "update_promotion", { promotion: 1001, start: "2027-06-08" });
      expect(proposals[0]!.change).toMatchObject({ start: "2027-06-08", end: "2027-06-21" });
      expect(proposals[0]!.checks.find((c) => c.rule === "clash")?.verdict).toBe("pass");
    });

    it("turns one offer into another without mixing them", async () => {
      const next = async (args: Record<string, unknown>) => {
        await kam.write("ana", "update_promotion", { promotion: "P-1001", ...args });
        const { mechanic, discount, price_off_minor, get_n, pay_n } = await store.db
          .selectFrom("promotion")
          .selectAll()
          .executeTakeFirstOrThrow();
        return [mechanic, discount, price_off_minor, get_n, pay_n];
      };
      expect(await next({ get: 4, pay: 3 })).toEqual(["multibuy", null, null, 4, 3]);
      expect(await next({ get: 5, mechanic: "multibuy", pay: 4 })).toEqual(["multibuy", null, null, 5, 4]);
      expect(await next({ discount: 0.1 })).toEqual(["tpr", 0.1, null, null, null]);
      expect(await next({ price_off: { amount: 0.75, currency: "EUR" } })).toEqual(["tpr", null, 75, null, null]);
      expect(await next({ mechanic: "edlp" })).toEqual(["edlp", null, 75, null, null]);
    });

    it("keeps a name that somebody gave it", async () => {
      await store.db.updateTable("promotion").set({ name: "Summer of coffee" }).execute();
      const [done] = await kam.write("ana", "update_promotion", { promotion: "P-1001", discount: 0.1 });
      expect(done).toMatchObject({ name: "Summer of coffee" });
    });

    it.each([
      ["missing_slot", {}],
      ["missing_slot", { promotion: "P-1001" }],
      ["missing_slot", { promotion: "P-1001", discount: 0.2 }],
      ["not_found", { promotion: "P-9999", discount: 0.1 }],
      ["bad_input", { promotion: "P-1001", account: "Bramley", discount: 0.1 }],
      ["bad_input", { promotion: "P-1001", end: "2027-05-01" }],
    ])("refuses with %s: %j", async (code, args) => {
      await expect(kam.propose("ana", "update_promotion", args)).rejects.toMatchObject({ code });
    });

    it("leaves what is no longer a draft alone", async () => {
      await kam.write("ana", "submit_promotion", { promotion: "P-1001" });
      await expect(
        kam.propose("ana", "update_promotion", { promotion: "P-1001", discount: 0.1 }),
      ).rejects.toMatchObject({ code: "wrong_state" });
    });
  });

  describe("the way to an approval", () => {
    it("goes from Ana's draft over Dan's rejection to his approval, each step waiting for its yes", async () => {
      await kam.write("ana", "create_promotion", KESTREL);
      await kam.write("ana", "submit_promotion", { promotion: "P-1001" });
      await expect(
        kam.propose("ana", "decide_promotion", { promotion: "P-1001", decision: "approve" }),
      ).rejects.toMatchObject({ code: "no_right" });
      await kam.write("dan", "decide_promotion", { promotion: "P-1001", decision: "reject", reason: "too early" });
      await expect(
        kam.propose("dan", "decide_promotion", { promotion: "P-1001", decision: "approve" }),
      ).rejects.toMatchObject({ code: "wrong_state" });
      await kam.write("ana", "submit_promotion", { promotion: "P-1001" });
      await expect(kam.propose("dan", "decide_promotion", { promotion: "P-1001" })).rejects.toMatchObject({
        detail: { slot: "decision" },
      });
      const [done] = await kam.write("dan", "decide_promotion", { promotion: "P-1001", decision: "approve" });
      expect(done).toMatchObject({ status: "approved" });
      const { history, money } = await kam.read("eva", "get_promotion", { promotion: "P-1001" });
      expect(
        (history as { to: string; by: string; reason: string | null }[]).map((h) => [h.to, h.by, h.reason]),
      ).toEqual([
        ["draft", "Ana", null],
        ["submitted", "Ana", null],
        ["draft", "Dan", "too early"],
        ["submitted", "Ana", null],
        ["approved", "Dan", null],
      ]);
      expect(money).toEqual([{ fund: "Trade fund 2027", state: "committed", amount: 960 }]);
    });

    it("never ends with the one who made it", async () => {
      await kam.write("dan", "create_promotion", KESTREL);
      await kam.write("dan", "submit_promotion", { promotion: "P-1001" });
      await expect(
        kam.propose("dan", "decide_promotion", { promotion: "P-1001", decision: "approve" }),
      ).rejects.toMatchObject({ code: "no_right", message: expect.stringMatching(/another manager/) });
    });

    it("refuses a decision on a version that changed since it was shown", async () => {
      await kam.write("ana", "create_promotion", KESTREL);
      await kam.write("ana", "submit_promotion", { promotion: "P-1001" });
      const shown = await kam.propose("dan", "decide_promotion", { promotion: "P-1001", decision: "approve" });
      await kam.write("dan", "decide_promotion", { promotion: "P-1001", decision: "reject" });
      await kam.write("ana", "update_promotion", { promotion: "P-1001", discount: 0.3 });
      await kam.write("ana", "submit_promotion", { promotion: "P-1001" });
      await expect(kam.commit("dan", shown.proposals[0]!)).rejects.toMatchObject({ code: "stale" });
    });

    it("may be called off, with or without a reason, and only by those who plan there", async () => {
      await kam.write("ana", "create_promotion", KESTREL);
      for (const [who, words] of [
        ["ben", /Albion Fresh, Ana's account/],
        ["eva", /Ana plans for Albion Fresh/],
      ] as const)
        await expect(kam.propose(who, "cancel_promotion", { promotion: "P-1001" })).rejects.toMatchObject({
          code: "no_right",
          message: expect.stringMatching(words),
        });
      expect(await planned()).toBe(960);
      const [done] = await kam.write("ana", "cancel_promotion", { promotion: "P-1001" });
      expect(done).toMatchObject({ status: "cancelled" });
      expect(await planned()).toBe(0);
    });
  });

  describe("copy_promotion", () => {
    beforeEach(() => kam.write("ana", "create_promotion", { ...KESTREL, display: true, fixed_spend: 200 }));
    const copy = async (args: Record<string, unknown>) =>
      (await kam.propose("ana", "copy_promotion", { promotion: "P-1001", ...args })).proposals[0]!.change;

    it("goes to another account on the same dates while they lie ahead, with all that it says", async () => {
      expect(await copy({ account: "Bramley" })).toMatchObject({
        account: "Bramley Stores",
        start: "2027-06-01",
        end: "2027-06-14",
        discount: 0.2,
        display: true,
        fixed_spend: 200,
        products: ["Kestrel Espresso 500 g", "Kestrel Crema 500 g", "Kestrel Decaf 250 g"],
        name: "Kestrel 20 % at Bramley",
        copied_from: "P-1001",
      });
    });

    it("goes to the same time next year on the same weekday, and as long as before from a named start", async () => {
      // 1 June 2027 and 30 May 2028 are Tuesdays.
      expect(await copy({})).toMatchObject({ start: "2028-05-30", end: "2028-06-12" });
      expect(await copy({ start: "2027-09-06" })).toMatchObject({ start: "2027-09-06", end: "2027-09-19" });
      expect(await copy({ start: "2027-09-06", end: "2027-09-12" })).toMatchObject({ end: "2027-09-12" });
    });

    it("keeps the distance of an Easter promotion from Easter", async () => {
      // Easter Sunday was 5 April 2026 and is 28 March 2027.
      await store.db
        .updateTable("promotion")
        .set({ start: "2026-03-23", end: "2026-04-05", status: "closed" })
        .execute();
      expect(await copy({})).toMatchObject({ start: "2027-03-15", end: "2027-03-28" });
    });

    it("is refused for a colleague's promotion and a colleague's account", async () => {
      await expect(kam.propose("ben", "copy_promotion", { promotion: "P-1001" })).rejects.toMatchObject({
        code: "no_right",
      });
      await expect(copy({ account: "Delphi" })).rejects.toMatchObject({ code: "no_right" });
    });

    it("writes a draft of its own", async () => {
      await kam.write("ana", "copy_promotion", { promotion: "P-1001", account: "Bramley" });
      expect(await store.db.selectFrom("promotion").select(["code", "status", "account_id"]).execute()).toEqual([
        { code: "P-1001", status: "draft", account_id: 1 },
        { code: "P-1002", status: "draft", account_id: 2 },
      ]);
    });
  });
});
