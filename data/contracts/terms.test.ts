import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { resolveAccount } from "../accounts/accounts.service.ts";
import { writeAccountsFixture } from "../accounts/testing.ts";
import { verifyAudit } from "../audit/verify.service.ts";
import { temporaryStore } from "../testing.ts";
import { loadActor } from "../users/actor.ts";
import { bonusStanding } from "./bonus.service.ts";
import { bonusAt, nextTier, reachedTier } from "./bonus.ts";
import { contractOf } from "./contracts.service.ts";
import { addTerms } from "./terms.service.ts";

const tier = (measure: "net_sales" | "units", threshold: number, rate: number) => ({
  contract_id: 1,
  measure,
  threshold,
  rate,
});

describe("terms over time", () => {
  let made: Awaited<ReturnType<typeof temporaryStore>>;
  const as = (user: string) => loadActor(made.store, user);
  const account = async (user: string, name: string) => resolveAccount(await as(user), made.store, name);
  const terms = { start: "2028-01-01", end: "2028-12-31", max_discount: 0.3, mechanics: ["tpr"] };
  beforeAll(async () => {
    made = await temporaryStore();
    await writeAccountsFixture(made.store);
  });
  afterAll(() => made.close());

  it("are added whole, in the audit log, and hold from their first day", async () => {
    const albion = await account("eva", "Retailer A");
    const tiers = [tier("net_sales", 90_000, 0.01)].map(({ contract_id: _, ...rest }) => rest);
    await addTerms(await as("eva"), made.store, albion, { ...terms, tiers });
    expect(await contractOf(made.store, albion, "2028-01-01")).toMatchObject({
      start: "2028-01-01",
      tiers: [{ rate: 0.01 }],
    });
    expect(await contractOf(made.store, albion, "2027-12-31")).toMatchObject({ start: "2026-01-01" });
    expect(await verifyAudit(made.store)).toBeNull();
  });

  it("are refused where they share a day with others, and nothing is written", async () => {
    const albion = await account("eva", "Retailer A");
    const count = async () =>
      (await made.store.db.selectFrom("contract_mechanic").selectAll().execute()).length +
      (await made.store.db.selectFrom("contract").selectAll().execute()).length;
    const before = await count();
    for (const [start, end] of [
      ["2027-12-31", "2027-12-31"],
      ["2025-06-01", "2026-01-01"],
      ["2026-01-01", "2026-02-01"],
      ["2023-01-01", "2029-12-31"],
    ] as const)
      await expect(addTerms(await as("eva"), made.store, albion, { ...terms, start, end })).rejects.toThrow(
        /overlap those of Albion Fresh from .* Nothing was written/,
      );
    await expect(
      addTerms(await as("ana"), made.store, albion, { ...terms, start: "2030-01-01", end: "2030-12-31" }),
    ).rejects.toThrow(/manager or finance/);
    expect(await count()).toBe(before);
  });

  it("pay the best tier that the year reached, on all of it", () => {
    const tiers = [tier("net_sales", 100_00, 0.01), tier("net_sales", 200_00, 0.02), tier("units", 50, 0.015)];
    expect(reachedTier(tiers, { net_sales: 99_99, units: 49 })).toBeNull();
    expect(bonusAt(tiers, { net_sales: 150_00, units: 10 })).toBe(150);
    expect(bonusAt(tiers, { net_sales: 150_00, units: 50 })).toBe(225);
    expect(nextTier(tiers, { net_sales: 150_00, units: 10 })).toMatchObject({
      measure: "net_sales",
      threshold: 200_00,
    });
    expect(nextTier(tiers, { net_sales: 250_00, units: 60 })).toBeNull();
  });

  it("tell what is missing to the next tier, what it costs and what it brings", async () => {
    const albion = await account("ana", "Retailer A");
    const tiers = [tier("net_sales", 10_000, 0.01), tier("net_sales", 1_000_000, 0.02)];
    const { net } = await made.store.db
      .selectFrom("sales_week")
      .where("account_id", "=", 1)
      .where("week", ">=", "2026-01-01")
      .select((eb) => eb.fn.sum<number>("net_sales_minor").as("net"))
      .executeTakeFirstOrThrow();
    const standing = await bonusStanding(
      made.store,
      albion,
      { start: "2026-01-01", end: "2027-12-31", tiers },
      "2026-11-21",
    );
    expect(standing).toMatchObject({ volume: { net_sales: net }, from: "2026-01-01", to: "2026-12-31" });
    expect(standing!.reached).toEqual(net >= 10_000 ? tiers[0] : null);
    expect(standing!.next).toMatchObject({ tier: tiers[1], missing: 1_000_000 - net });
    expect(standing!.next!.extra_bonus).toBe(Math.round((0.02 - (standing!.reached?.rate ?? 0)) * 1_000_000));
    expect(
      await bonusStanding(made.store, albion, { start: "2026-01-01", end: "2027-12-31", tiers: [] }, "2026-11-21"),
    ).toBeNull();
  });
});
