import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findActivityRows } from "../activities/activities.repo.ts";
import { isLogged, logActivity } from "../activities/activities.service.ts";
import { verifyAudit } from "../audit/verify.service.ts";
import { temporaryStore } from "../testing.ts";
import { loadActor } from "../users/actor.ts";
import { resolveAccount } from "./accounts.service.ts";
import { accountProfile } from "./profile.service.ts";
import { writeAccountsFixture } from "./testing.ts";

describe("an account's profile and notes", () => {
  let made: Awaited<ReturnType<typeof temporaryStore>>;
  const account = async (user: string, name: string) =>
    resolveAccount(await loadActor(made.store, user), made.store, name);
  beforeAll(async () => {
    made = await temporaryStore();
    await writeAccountsFixture(made.store);
  });
  afterAll(() => made.close());

  it("holds the contract in force, who decides, the running fund and what is listed today", async () => {
    const profile = await accountProfile(made.store, await account("ana", "Retailer A"));
    expect(profile.contract).toMatchObject({
      start: "2026-01-01",
      max_discount: 0.35,
      mechanics: ["multibuy", "tpr"],
      in_force: true,
      earliest_start: "2026-12-12",
      blackouts: [{ start: "2026-11-27" }],
    });
    expect(profile.contacts.map((c) => c.name)).toEqual(["Joost Hartman", "Femke Bos"]);
    expect(profile.funds).toMatchObject([{ fund: "Trade fund 2026", left: 8_800 }]);
    expect(profile.listings).toEqual([{ brand: "Kestrel", category: "Coffee", products: 1 }]);
    expect(profile.promotions).toEqual([{ status: "approved", n: 1 }]);
    expect(profile.talks.map((t) => t.date)).toEqual(["2026-11-02", "2026-10-20"]);
    expect(profile.next_steps).toHaveLength(1);
  });

  it("is silent, not wrong, about an account that nothing is known of", async () => {
    const profile = await accountProfile(made.store, await account("dan", "Newcomer"));
    expect(profile).toMatchObject({ contract: null, contacts: [], funds: [], listings: [], talks: [] });
  });

  it("finds notes by words that may hold wildcards, kind, period and next step", async () => {
    const find = (filter: object) => findActivityRows(made.store, { accountIds: [1], ...filter });
    expect(await find({ text: "5%" })).toHaveLength(1);
    expect(await find({ text: "5_" })).toHaveLength(0);
    expect(await find({ text: "ANSWER" })).toHaveLength(1);
    expect(await find({ kind: "call" })).toMatchObject([{ text: "Talked about stock", by: "Ana" }]);
    expect(await find({ from: "2026-11-01", to: "2026-11-30" })).toHaveLength(1);
    expect(await find({ withNextStep: true })).toHaveLength(1);
  });

  it("logs a note with its trace, sees a second one, and refuses who only reads", async () => {
    const albion = await account("ana", "Albion");
    const note = { kind: "call", date: "2026-11-20", text: "Called Joost", next_step: null };
    expect(await isLogged(made.store, albion, note)).toBe(false);
    await logActivity(await loadActor(made.store, "ana"), made.store, albion, note);
    expect(await isLogged(made.store, albion, note)).toBe(true);
    expect(await isLogged(made.store, albion, { ...note, date: "2026-11-19" })).toBe(false);
    const rob = await loadActor(made.store, "rob");
    await expect(logActivity(rob, made.store, albion, note)).rejects.toThrow(/only reads/);
    expect(await verifyAudit(made.store)).toBeNull();
  });
});
