import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { checkDraft } from "../promotions/checks/checkDraft.service.ts";
import { createDraft, decidePromotion, submitPromotion, updateDraft } from "../promotions/promotions.service.ts";
import { ALBION, draftOf, writeTestMarket } from "../promotions/testing.ts";
import type { Store } from "../store/open.ts";
import { temporaryStore } from "../testing.ts";
import { loadActor } from "../users/actor.ts";
import { decidePolicy, openProposal, type PolicyWish, proposePolicy } from "./changing.service.ts";
import { overrideFor } from "./overrides.repo.ts";
import { mayOverride, recordOverride } from "./overrides.service.ts";
import { limitsFor } from "./policies.service.ts";

describe("policies", () => {
  let made: Awaited<ReturnType<typeof temporaryStore>>;
  let store: Store;
  beforeEach(async () => {
    made = await temporaryStore();
    store = made.store;
    await writeTestMarket(store);
  });
  afterEach(() => made.close());
  const as = (name: string) => loadActor(store, name);
  const wish = (over: Partial<PolicyWish> = {}): PolicyWish => ({
    rule: "near_days",
    role: "",
    scope: "all",
    scope_id: 0,
    value: 28,
    severity: "warn",
    from_date: store.today,
    reason: null,
    ...over,
  });
  async function inForce(over: Partial<PolicyWish>): Promise<void> {
    const { id } = await proposePolicy(await as("dora"), store, wish(over));
    await decidePolicy(await as("eva"), store, id, "approve");
  }
  const depthOf = async (products: number[]) =>
    (await limitsFor(store, { accountId: ALBION, productIds: products })).of("depth").value;

  it("limit nothing until another person puts them in force, then from their day on", async () => {
    const dora = await as("dora");
    const { id, version } = await proposePolicy(dora, store, wish({ from_date: "2099-01-01" }));
    expect(version).toBe(2);
    expect(await openProposal(dora, store, wish())).toBeNull();
    expect(await openProposal(await as("eva"), store, wish())).toMatchObject({ id, proposer: "Dora" });
    await expect(decidePolicy(dora, store, id, "approve")).rejects.toMatchObject({ code: "no_right" });
    await decidePolicy(await as("eva"), store, id, "approve");
    await expect(decidePolicy(await as("dan"), store, id, "reject")).rejects.toMatchObject({ code: "wrong_state" });
    const now = await limitsFor(store, { accountId: null, productIds: [] });
    const then = await limitsFor(store, { accountId: null, productIds: [] }, "2099-01-01");
    expect([now.of("near_days").value, then.of("near_days").value]).toEqual([14, 28]);
    await expect(proposePolicy(await as("ana"), store, wish())).rejects.toMatchObject({ code: "no_right" });
  });

  it("hold by the narrowest scope, and of two by the stricter", async () => {
    await inForce({ rule: "depth", scope: "category", scope_id: 1, value: 0.4, severity: "block" });
    expect([await depthOf([1]), await depthOf([6])]).toEqual([0.4, 0.6]);
    await inForce({ rule: "depth", scope: "brand", scope_id: 1, value: 0.3, severity: "block" });
    await inForce({ rule: "depth", scope: "brand", scope_id: 2, value: 0.25, severity: "block" });
    expect([await depthOf([1]), await depthOf([1, 4])]).toEqual([0.3, 0.25]);
    await inForce({ rule: "depth", scope: "account", scope_id: ALBION, value: 0.5, severity: "block" });
    expect(await depthOf([1, 4])).toBe(0.5);
  });

  it("are what the checks go by, and what blocks may pass for one version", async () => {
    const [ana, dora] = [await as("ana"), await as("dora")];
    const { id, code, version } = await createDraft(ana, store, draftOf());
    await inForce({ rule: "depth", scope: "account", scope_id: ALBION, value: 0.1, severity: "block" });
    const of = { promotionId: id };
    const blocking = async () => (await checkDraft(ana, store, draftOf(), of)).filter((c) => c.verdict === "block");
    expect(await blocking()).toMatchObject([{ rule: "depth_policy", facts: { depth: 0.2, deepest_of_policy: 0.1 } }]);
    await expect(submitPromotion(ana, store, id)).rejects.toMatchObject({ code: "blocked" });
    expect(() => mayOverride(ana, "depth_policy")).toThrow(/cannot override/);
    expect(() => mayOverride(dora, "budget")).toThrow(/finance/);
    expect(() => mayOverride(dora, "listing")).toThrow(/cannot be overridden/);
    mayOverride(dora, "depth_policy");
    await recordOverride(dora, store, {
      promotionId: id,
      code,
      version,
      rule: "depth_policy",
      reason: "launch of 2027",
    });
    expect(await blocking()).toEqual([]);
    const told = (await checkDraft(ana, store, draftOf(), of)).find((c) => c.rule === "depth_policy");
    expect(told).toMatchObject({
      verdict: "warn",
      message: expect.stringMatching(/Overridden by Dora on .*, because “launch of 2027”/),
    });
    expect(await overrideFor(store, id, "depth_policy")).toMatchObject({ person: "Dora" });
    await updateDraft(ana, store, id, version, draftOf({ discount: 0.1, depth: 0.1 }));
    expect(await overrideFor(store, id, "depth_policy")).toBeUndefined();
  });

  it("ask for a second approval above an amount: of another person, and of the role that it names", async () => {
    const [ana, dora, eva] = [await as("ana"), await as("dora"), await as("eva")];
    await inForce({ rule: "approval", role: "finance", value: 100, severity: "block" });
    const { id } = await createDraft(ana, store, draftOf({ spend_minor: 500_000 }));
    await submitPromotion(ana, store, id);
    const approve = (who: typeof ana) => decidePromotion(who, store, id, 1, "approve", null);
    expect(await approve(dora)).toMatchObject({ status: "submitted", waits_for: "finance" });
    await expect(approve(dora)).rejects.toMatchObject({ code: "wrong_state" });
    await expect(approve(await as("dan"))).rejects.toMatchObject({ code: "wrong_state" });
    expect(await approve(eva)).toMatchObject({ status: "approved" });
  });

  it("leave finance out where they do not ask for it, and forget approvals that a rejection ended", async () => {
    const [ana, dora, eva] = [await as("ana"), await as("dora"), await as("eva")];
    const { id } = await createDraft(ana, store, draftOf({ spend_minor: 500_000 }));
    await submitPromotion(ana, store, id);
    const decide = (who: typeof ana, decision: "approve" | "reject") =>
      decidePromotion(who, store, id, 1, decision, null);
    await expect(decide(eva, "approve")).rejects.toMatchObject({ code: "no_right" });
    await inForce({ rule: "approval", role: "finance", value: 100, severity: "block" });
    await decide(dora, "approve");
    await decide(eva, "reject");
    await submitPromotion(ana, store, id);
    expect(await decide(eva, "approve")).toMatchObject({ waits_for: "manager" });
    expect(await decide(dora, "approve")).toMatchObject({ status: "approved" });
  });
});
