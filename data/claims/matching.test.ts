import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { writeAccountsFixture } from "../accounts/testing.ts";
import { verifyAudit } from "../audit/verify.service.ts";
import { planUndo } from "../changes/undo.service.ts";
import { claimedBy } from "../ledger/ledger.repo.ts";
import { temporaryStore } from "../testing.ts";
import { loadActor } from "../users/actor.ts";
import { letterOf } from "./claims.repo.ts";
import { resolveClaim } from "./claims.service.ts";
import { groundsOf, reasonFor, suggestionFor } from "./grounds.ts";
import { letterFor } from "./letters.service.ts";
import { matchClaim, proposeMatches } from "./matching.service.ts";
import { type Candidate, proposalsFor } from "./matching.ts";
import { receiveClaims } from "./receiving.service.ts";
import { settleClaim, sharesOfPayment } from "./settling.service.ts";
import { undoSettlement } from "./undo.service.ts";

const candidate = (code: string, more: Partial<Candidate> = {}): Candidate => ({
  ...{
    promotion_id: Number(code.slice(2)),
    code,
    name: code,
    goods: ["Kestrel"],
    end: "2026-10-18",
    payment: "scan_back",
  },
  ...{ display: false, feature: false, booked: 100_000, claims: 0, executed: null },
  ...more,
});
const claim = { amount: 100_000, date: "2026-10-30", kind: "claim" as const, words: "" };
const rules = (proposal: ReturnType<typeof proposalsFor>[number] | undefined) =>
  proposal?.reasons.map(({ rule }) => rule);

describe("proposals for a claim", () => {
  it("put the promotion first whose amount, days and words fit, and say why", () => {
    const [best, next] = proposalsFor({ ...claim, words: "Kestrel display October" }, [
      candidate("P-1", { booked: 40_000 }),
      candidate("P-2", { display: true, executed: 0.9 }),
      candidate("P-3", { end: "2026-03-01", claims: 1 }),
    ]);
    expect(best!.parts).toMatchObject([{ candidate: { code: "P-2" }, amount: 100_000 }]);
    expect(rules(best)).toEqual(["amount", "products", "support", "dates", "free", "proof"]);
    expect(best!.score).toBeGreaterThan(next!.score);
  });

  it("take a reference that names the promotion over an amount that fits another", () => {
    const [best] = proposalsFor({ ...claim, words: "acc. to P-1" }, [
      candidate("P-1", { booked: 70_000 }),
      candidate("P-2"),
    ]);
    expect(best!.parts[0]!.candidate.code).toBe("P-1");
  });

  it("find two promotions that together make the amount, the cents in the larger", () => {
    const [best] = proposalsFor({ ...claim, amount: 150_500 }, [
      candidate("P-1", { booked: 100_000 }),
      candidate("P-2", { booked: 50_000 }),
      candidate("P-3", { booked: 90_000, claims: 1 }),
    ]);
    expect(best!.parts.map(({ candidate: { code }, amount }) => [code, amount])).toEqual([
      ["P-1", 100_500],
      ["P-2", 50_000],
    ]);
  });

  it("leave out what ended too long ago, and propose nothing of nothing", () => {
    expect(proposalsFor(claim, [candidate("P-1", { end: "2026-01-01" })])).toEqual([]);
    expect(proposalsFor(claim, [])).toEqual([]);
  });
});

it("pays promotions as the claim falls on them, and the rest from none, to the cent", () => {
  const parts = (...amounts: number[]) =>
    amounts.map((amount_minor, i) => ({ promotion_id: i + 1, amount_minor })) as never;
  expect(sharesOfPayment({ amount_minor: 100, allocations: parts(67, 33) }, 50)).toEqual([
    { promotionId: 1, amountMinor: 34 },
    { promotionId: 2, amountMinor: 16 },
  ]);
  expect(sharesOfPayment({ amount_minor: 100, allocations: parts(60, 20) }, 100)).toEqual([
    { promotionId: 1, amountMinor: 60 },
    { promotionId: 2, amountMinor: 20 },
    { promotionId: null, amountMinor: 20 },
  ]);
  expect(sharesOfPayment({ amount_minor: 100, allocations: [] }, 70)).toEqual([{ promotionId: null, amountMinor: 70 }]);
});

describe("in the store", () => {
  let made: Awaited<ReturnType<typeof temporaryStore>>;
  const as = (id: string) => loadActor(made.store, id);
  const unmatched = async (id = "ana") => resolveClaim(await as(id), made.store, "C-3");
  beforeEach(async () => {
    made = await temporaryStore();
    await writeAccountsFixture(made.store);
  });
  afterEach(() => made.close());
  const deed = async (action: string) => {
    const row = await made.store.db
      .selectFrom("audit")
      .selectAll()
      .where("action", "=", action)
      .executeTakeFirstOrThrow();
    const { before, after, ...rest } = row;
    return { ...rest, before: JSON.parse(before ?? "null"), after: JSON.parse(after ?? "null") };
  };

  it("a claim for a promotion that it names whole is matched by that, and by hand to others", async () => {
    expect((await resolveClaim(await as("ana"), made.store, "C-1")).allocations).toMatchObject([
      { code: "P-1001", amount_minor: 100_000, matched: 0 },
    ]);
    const before = await unmatched();
    expect(before).toMatchObject({ allocations: [], unmatched: before.amount_minor });
    await matchClaim(await as("ana"), made.store, before.id, [
      { promotion_id: 1, amount_minor: before.amount_minor - 100 },
    ]);
    expect(await unmatched()).toMatchObject({
      promotion: "P-1001",
      unmatched: 100,
      allocations: [{ code: "P-1001", matched: 1 }],
    });
    expect((await unmatched()).doubts).toContain("partly_unmatched");
    await undoSettlement(await as("ana"), made.store, await deed("match"));
    expect(await unmatched()).toMatchObject({ promotion: null, allocations: [], doubts: ["no_promotion"] });
    expect(await verifyAudit(made.store)).toBeNull();
  });

  it("a claim that comes in open claims money of its promotion, once; one that is decided gives it back", async () => {
    const claimed = async () =>
      (await claimedBy(made.store, (await resolveClaim(await as("eva"), made.store, "C-1")).id)).reduce(
        (sum, held) => sum + held.amount_minor,
        0,
      );
    const receive = async () => receiveClaims(await as("eva"), made.store, ["C-1"]);
    expect(await claimed()).toBe(0);
    await receive();
    const once = await claimed();
    expect(once).toBeGreaterThan(0);
    await receive();
    expect(await claimed()).toBe(once);
    await made.store.db.updateTable("claim").set({ status: "disputed" }).where("code", "=", "C-1").execute();
    await receive();
    expect(await claimed()).toBe(0);
  });

  it("refuses what does not fit, and writes nothing", async () => {
    const { id, amount_minor } = await unmatched();
    const ana = await as("ana");
    const match = (parts: { promotion_id: number; amount_minor: number }[], who = ana) =>
      matchClaim(who, made.store, id, parts);
    await expect(match([{ promotion_id: 1, amount_minor: amount_minor + 1 }])).rejects.toThrow(/make them smaller/);
    await expect(match([{ promotion_id: 2, amount_minor: 1 }])).rejects.toMatchObject({ code: "not_found" });
    await expect(match([{ promotion_id: 2, amount_minor: 1 }], await as("dan"))).rejects.toThrow(/its own account/);
    await expect(match([{ promotion_id: 999, amount_minor: 1 }])).rejects.toMatchObject({ code: "not_found" });
    await expect(match([{ promotion_id: 1, amount_minor: 0 }])).rejects.toThrow(/more than nothing/);
    await expect(match([])).rejects.toMatchObject({ code: "bad_input" });
    await expect(
      match([
        { promotion_id: 1, amount_minor: 1 },
        { promotion_id: 1, amount_minor: 1 },
      ]),
    ).rejects.toThrow(/once/);
    await expect(match([{ promotion_id: 1, amount_minor: 1 }], await as("rob"))).rejects.toMatchObject({
      code: "no_right",
    });
    await expect(match([{ promotion_id: 1, amount_minor: 1 }], await as("ben"))).rejects.toMatchObject({
      code: "no_right",
    });
    expect(await made.store.db.selectFrom("claim_allocation").selectAll().execute()).toEqual([]);
  });

  it("proposes only promotions of the claim's account", async () => {
    const proposals = await proposeMatches(await as("dan"), made.store, await unmatched("dan"));
    expect(proposals.flatMap(({ parts }) => parts.map((part) => part.candidate.code))).not.toContain("P-1002");
  });

  it("drafts the reason and the letter from the facts, without what is ours alone", async () => {
    const eva = await as("eva");
    const second = await resolveClaim(eva, made.store, "C-2");
    const grounds = groundsOf(second, []);
    expect(reasonFor("dispute", grounds)?.message).toBe(
      "the display stood in 50 % of the stores checked (1 of 2), and it is above the agreed €1,000 by €300",
    );
    expect(suggestionFor(second)).toMatchObject({ agreed: 100_000 });
    const letter = await letterFor(eva, made.store, second, { decision: "dispute", amount: 0, reason: null, grounds });
    expect(letter.recipient?.name).toBe("Joost Hartman");
    expect(letter.body).toContain("above the agreed €1,000 by €300");
    expect(letter.body).not.toMatch(/margin|cost|accru|booked|Delphi/i);
    const order = { claimId: second.id, decision: "dispute" as const, amount: null, reason: "because" };
    await settleClaim(eva, made.store, { ...order, letter: { recipient: "Joost Hartman", body: "Changed by hand" } });
    expect(await letterOf(made.store, second.id)).toMatchObject({
      body: "Changed by hand",
      status: "approved",
      writer: "Eva",
    });
    await undoSettlement(eva, made.store, await deed("dispute"));
    expect(await letterOf(made.store, second.id)).toBeUndefined();
    await expect(planUndo(eva, made.store, undefined)).rejects.toMatchObject({ code: "not_found" });
  });

  it("lets a payment above the plan pass by an override in the name of finance, which goes when it is undone", async () => {
    const eva = await as("eva");
    const { id } = await resolveClaim(eva, made.store, "C-2");
    await settleClaim(eva, made.store, { claimId: id, decision: "pay", amount: null, reason: "agreed by phone" });
    const overrides = () => made.store.db.selectFrom("policy_override").selectAll().execute();
    expect(await overrides()).toMatchObject([
      { rule: "claim_above_plan", by: "eva", reason: "agreed by phone", ended: null },
    ]);
    await undoSettlement(eva, made.store, await deed("pay"));
    expect((await overrides())[0]!.ended).toBe(made.store.today);
    await settleClaim(eva, made.store, { claimId: id, decision: "part_pay", amount: 100_000, reason: null });
    expect(await overrides()).toHaveLength(1);
  });

  it("says that the same amount is claimed twice", async () => {
    const ana = await as("ana");
    const first = await resolveClaim(ana, made.store, "C-1");
    const twin = { ...first, id: 99, code: "C-9" };
    expect(groundsOf(first, [first, twin]).map(({ rule }) => rule)).toContain("same_amount_twice");
    expect(groundsOf(first, [first]).map(({ rule }) => rule)).not.toContain("same_amount_twice");
  });
});
