import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { writeTestMarket } from "../../../data/promotions/testing.ts";
import type { Store } from "../../../data/store/open.ts";
import { temporaryStore } from "../../../data/testing.ts";
import { driver, KESTREL, plannedSpend } from "./testing.ts";

describe("the life of a promotion through its tools", () => {
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
  const planned = (account?: string) => plannedSpend(store, account);

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

    it("has what is named besides in the place of the earlier one's", async () => {
      expect(await copy({ account: "Bramley", discount: 0.15, display: false })).toMatchObject({
        account: "Bramley Stores",
        start: "2027-06-01",
        discount: 0.15,
        display: false,
        fixed_spend: 200,
        name: "Kestrel 15 % at Bramley",
      });
      expect(await copy({ get: 3, pay: 2 })).toMatchObject({ mechanic: "multibuy", discount: null, get: 3, pay: 2 });
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
