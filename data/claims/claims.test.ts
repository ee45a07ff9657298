import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { writeAccountsFixture } from "../accounts/testing.ts";
import { verifyAudit } from "../audit/verify.service.ts";
import { temporaryStore } from "../testing.ts";
import { loadActor } from "../users/actor.ts";
import { decideClaim, openRequests } from "./claims.repo.ts";
import { resolveClaim } from "./claims.service.ts";
import { decisionFor, requestSettlement, settleClaim } from "./settling.service.ts";

describe("claims", () => {
  let made: Awaited<ReturnType<typeof temporaryStore>>;
  const as = (id: string) => loadActor(made.store, id);
  const order = (claimId: number, decision: "pay" | "dispute" | "part_pay", amount: number | null = null) => ({
    claimId,
    decision,
    amount,
    reason: null,
  });
  const budget = () =>
    made.store.db.selectFrom("v_budget").selectAll().where("fund_id", "=", 1).executeTakeFirstOrThrow();
  beforeEach(async () => {
    made = await temporaryStore();
    await writeAccountsFixture(made.store);
  });
  afterEach(() => made.close());

  it("says what the store holds against each claim", async () => {
    const ana = await as("ana");
    expect((await resolveClaim(ana, made.store, "C-1")).doubts).toEqual(["display_not_seen"]);
    const second = await resolveClaim(ana, made.store, "c-2");
    expect(second.doubts).toEqual(["above_booked_spend", "names_no_proof", "display_not_seen"]);
    expect(second).toMatchObject({ still_booked: 100_000, checks: 2, display_share: 0.5 });
    expect((await resolveClaim(ana, made.store, "C-3")).doubts).toEqual(["no_promotion"]);
  });

  it("finds a claim by the retailer's number, and asks which where a promotion has several", async () => {
    const ana = await as("ana");
    expect((await resolveClaim(ana, made.store, "alb-77")).code).toBe("C-1");
    await expect(resolveClaim(ana, made.store, "P-1001")).rejects.toMatchObject({
      code: "ambiguous_name",
      detail: { alternatives: ["C-2", "C-1"] },
    });
    await expect(resolveClaim(ana, made.store, "C-99")).rejects.toMatchObject({ code: "unknown_name" });
  });

  it("refuses a colleague's claim by naming whose it is, without a figure", async () => {
    const refusal = resolveClaim(await as("ana"), made.store, "C-4");
    await expect(refusal).rejects.toMatchObject({ code: "no_right", detail: { owner: "Ben" } });
    await expect(refusal).rejects.not.toThrow(/\d/);
    await expect(resolveClaim(await as("ana"), made.store, "P-1002")).rejects.toMatchObject({ code: "unknown_name" });
  });

  it("moves what finance pays from accrued to settled, and the rest of an overpaid claim shows in the fund", async () => {
    const eva = await as("eva");
    expect(await settleClaim(eva, made.store, order(1, "part_pay", 40_000))).toEqual({ claim: "C-1", fundMoved: true });
    expect(await budget()).toMatchObject({ accrued: 600, settled: 400, left: 8_800 });
    expect(await resolveClaim(eva, made.store, "C-1")).toMatchObject({ still_booked: 100_000 });
    expect(await resolveClaim(eva, made.store, "C-2")).toMatchObject({ still_booked: 60_000 });
    await settleClaim(eva, made.store, order(2, "pay"));
    expect(await budget()).toMatchObject({ accrued: 0, committed: 200, settled: 1_700, left: 8_100 });
    expect(await resolveClaim(eva, made.store, "C-1")).toMatchObject({
      status: "part_paid",
      settled_minor: 40_000,
      decider: "Eva",
      decided_at: made.store.today,
    });
    expect(await verifyAudit(made.store)).toBeNull();
  });

  it("pays a claim without a promotion from no fund, and keeps the retailer's reason", async () => {
    expect(await settleClaim(await as("eva"), made.store, order(3, "pay"))).toEqual({ claim: "C-3", fundMoved: false });
    expect(await resolveClaim(await as("eva"), made.store, "C-3")).toMatchObject({
      status: "paid",
      reason: "Leaflet, page 6",
    });
  });

  it("lets only finance settle; a request leaves the claim open and the last one stands", async () => {
    for (const id of ["ana", "dan"])
      await expect(settleClaim(await as(id), made.store, order(1, "pay"))).rejects.toMatchObject({ code: "no_right" });
    await expect(requestSettlement(await as("rob"), made.store, order(1, "pay"))).rejects.toMatchObject({
      code: "no_right",
    });
    await requestSettlement(await as("ana"), made.store, order(1, "pay"));
    await requestSettlement(await as("ana"), made.store, order(1, "dispute"));
    const asked = await resolveClaim(await as("eva"), made.store, "C-1");
    expect(await openRequests(made.store, [1])).toHaveLength(1);
    expect(asked.status).toBe("open");
    expect(asked.request).toMatchObject({ decision: "dispute", amount_minor: null, requester: "Ana" });
    await settleClaim(await as("eva"), made.store, order(1, "dispute"));
    expect((await resolveClaim(await as("eva"), made.store, "C-1")).request).toBeNull();
    expect(await budget()).toMatchObject({ accrued: 1_000, settled: 0 });
  });

  it("settles nothing twice, nothing above the claim and no part without an amount", async () => {
    const eva = await as("eva");
    const claim = await resolveClaim(eva, made.store, "C-1");
    expect(() => decisionFor(claim, "part_pay", null)).toThrow(/How much of C-1/);
    expect(() => decisionFor(claim, "pay", 100_001)).toThrow(/cannot pass/);
    expect(() => decisionFor(claim, "pay", 0)).toThrow(/more than nothing/);
    expect(decisionFor(claim, "pay", 90_000)).toEqual({ decision: "part_pay", amount: 90_000, madePart: true });
    expect(decisionFor(claim, "part_pay", 100_000)).toEqual({ decision: "pay", amount: 100_000, madePart: false });
    await settleClaim(eva, made.store, order(1, "pay"));
    const again = { status: "paid", settled_minor: 1, decided_by: "eva", decided_at: null, reason: null } as const;
    expect(await decideClaim(made.store, { id: 1, status: "open" }, again)).toBe(false);
    await expect(settleClaim(eva, made.store, order(1, "pay"))).rejects.toMatchObject({ code: "wrong_state" });
    expect(await budget()).toMatchObject({ settled: 1_000 });
  });
});
