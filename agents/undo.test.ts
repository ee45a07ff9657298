import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { verifyAudit } from "../data/audit/verify.service.ts";
import { planUndo, undoChanges } from "../data/changes/undo.service.ts";
import { grantFund } from "../data/ledger/testing.ts";
import { advancePromotions } from "../data/promotions/promotions.service.ts";
import { loadActor } from "../data/users/actor.ts";
import { demoAgent } from "./testing.ts";

let agent: Awaited<ReturnType<typeof demoAgent>>;
beforeEach(async () => {
  agent = await demoAgent();
});
afterEach(() => agent.close());

const say = (text: string, user = "dan", thread = "t") => agent.converse({ thread, user, text });

/** Everything that a change may touch, as it counts: without versions, history and the logs. */
async function stands() {
  const { db } = agent.store;
  const promotions = await db.selectFrom("promotion").selectAll().where("status", "!=", "cancelled").execute();
  return {
    promotions: promotions.map(({ version: _, ...row }) => row),
    lines: await db
      .selectFrom("promotion_line")
      .innerJoin("promotion", "promotion.id", "promotion_line.promotion_id")
      .selectAll("promotion_line")
      .where("promotion.status", "!=", "cancelled")
      .orderBy("promotion_id")
      .orderBy("product_id")
      .execute(),
    spend: await db.selectFrom("promotion_spend").selectAll().orderBy("promotion_id").orderBy("state").execute(),
    budgets: await db.selectFrom("v_budget").selectAll().orderBy("fund_id").execute(),
    claims: await db.selectFrom("claim").selectAll().execute(),
    requests: await db.selectFrom("claim_request").selectAll().where("status", "=", "requested").execute(),
    asked: await db.selectFrom("fund_transfer").selectAll().where("status", "=", "requested").execute(),
    notes: await db.selectFrom("activity").selectAll().execute(),
  };
}
const DRAFT = "Create a promotion for Retailer A from June 1 to June 14 with a 20% discount on Kestrel";
const codeOf = async (status: string) =>
  (
    await agent.store.db
      .selectFrom("promotion")
      .select("code")
      .where("status", "=", status as "draft")
      .where("created_by", "!=", "dan")
      .where("start", ">", "2027-01-15")
      .orderBy("id")
      .executeTakeFirstOrThrow()
  ).code;
const openClaim = async () =>
  (
    await agent.store.db
      .selectFrom("claim")
      .select("code")
      .where("status", "=", "open")
      .where("promotion_id", "is not", null)
      .orderBy("id")
      .executeTakeFirstOrThrow()
  ).code;

describe("what was changed last is taken back", () => {
  it.each([
    ["a new draft", "dan", async () => DRAFT],
    ["a series", "dan", async () => "15 % on Clearwater at Albion and Bramley from 3 to 16 May"],
    ["a changed draft", "dan", async () => `Add a display and 700 euros of fixed spend to ${await codeOf("draft")}`],
    ["moved dates", "dan", async () => `Move ${await codeOf("draft")} a week later`],
    ["a copy", "dan", async () => `Copy ${await codeOf("draft")} to Delphi from 6 September`],
    ["a cancelled draft", "dan", async () => `Cancel ${await codeOf("draft")}, the buyer pulled out`],
    ["a cancelled approved one", "dan", async () => `Cancel ${await codeOf("approved")}`],
    ["a submission", "dan", async () => `Submit ${await codeOf("draft")}`],
    ["an approval", "dan", async () => `Approve ${await codeOf("submitted")}`],
    ["a rejection", "dan", async () => `Reject ${await codeOf("submitted")}, too expensive`],
    ["a transfer", "eva", async () => "Move 5,000 euros from Albion's fund to Cormorant's"],
    ["a request for money", "ana", async () => "Move 5,000 euros from Albion's fund to Cormorant's"],
    ["a paid claim", "eva", async () => `Pay ${await openClaim()}`],
    ["a disputed claim", "eva", async () => `Dispute ${await openClaim()}, no proof`],
    ["a request about a claim", "dan", async () => `Dispute ${await openClaim()}, no proof`],
    ["a note", "dan", async () => "Log that I met the buyer of Albion today about the summer plan"],
  ])("%s", async (_what, user, order) => {
    const before = await stands();
    await say(await order(), user);
    const { pending } = await say("approve all of them", user);
    expect(pending).toEqual([]);
    const changed = await stands();
    expect(changed).not.toEqual(before);
    const asked = await say("that was a mistake, undo it", user);
    expect(asked.pending).toMatchObject([{ kind: "undo_change" }]);
    expect(await stands()).toEqual(changed);
    const done = await say("yes", user);
    expect(done.reply).toMatch(/^Undone: /);
    expect(await stands()).toEqual(before);
    expect(await verifyAudit(agent.store)).toBeNull();
    // It is undone once: there is nothing left to undo.
    expect((await say("undo that", user)).calls).toMatchObject([{ status: "error", result: { code: "not_found" } }]);
  });

  it("the last one first, in another thread too, whatever was asked in between", async () => {
    await say(DRAFT);
    await say("yes");
    await say("make it 25 %");
    await say("yes");
    await say("what is left in the fund at Albion?");
    const depth = async () =>
      agent.store.db
        .selectFrom("v_promotion")
        .select(["discount", "status"])
        .where("start", "=", "2027-06-01")
        .where("account", "=", "Albion Fresh")
        .execute();
    await say("undo my last change", "dan", "another");
    await say("yes", "dan", "another");
    expect(await depth()).toEqual([{ discount: 0.2, status: "draft" }]);
    await say("take that back", "dan", "a third");
    await say("yes", "dan", "a third");
    expect(await depth()).toEqual([{ discount: 0.2, status: "cancelled" }]);
  });

  it("a request that a transfer fulfilled is open again", async () => {
    await say("Move 5,000 euros from Albion's fund to Cormorant's", "ana");
    await say("yes", "ana");
    const before = await stands();
    await say("Move 5,000 euros from Albion's fund to Cormorant's", "eva");
    await say("yes", "eva");
    expect((await stands()).asked).toEqual([]);
    await say("undo that", "eva");
    await say("yes", "eva");
    expect(await stands()).toEqual(before);
  });
});

describe("what cannot be taken back is refused with the reason", () => {
  const refused = async (text: string, user: string, reason: RegExp) => {
    const before = await stands();
    const answer = await say(text, user, "refused");
    expect(answer.reply).toMatch(reason);
    expect(answer.pending).toEqual([]);
    expect(await stands()).toEqual(before);
  };

  it("another's change, and one that somebody has built on", async () => {
    await say(DRAFT, "ana");
    await say("yes", "ana");
    const { calls } = await say("submit it", "ana");
    await say("yes", "ana");
    await refused(`undo ${calls[0]?.args.promotion}`, "dan", /no change of yours/);
    await say(`Approve ${calls[0]?.args.promotion}`, "dan");
    await say("yes", "dan");
    await refused("undo my last change", "ana", /was approved since by Dan, so this cannot be undone/);
  });

  it("an earlier change before the later one, and one that is undone already", async () => {
    await say(DRAFT);
    const first = (await say("yes")).calls[0]?.result.change_no as number;
    await say("make it 25 %");
    const second = (await say("yes")).calls[0]?.result.change_no as number;
    const { actor } = await agent.context("dan");
    await expect(planUndo(actor, agent.store, first)).rejects.toMatchObject({
      code: "wrong_state",
      message: expect.stringMatching(/^P-\d+ was changed since: undo that first/),
    });
    await say("undo that");
    await say("yes");
    await expect(undoChanges(actor, agent.store, [second])).rejects.toMatchObject({ code: "wrong_state" });
    await expect(undoChanges((await agent.context("ana")).actor, agent.store, [first])).rejects.toMatchObject({
      code: "no_right",
    });
    await expect(planUndo(actor, agent.store, first)).resolves.toHaveLength(1);
  });

  it("a promotion that runs by now", async () => {
    const code = await codeOf("submitted");
    await say(`Approve ${code}`);
    await say("yes");
    const { start } = await agent.store.db
      .selectFrom("promotion")
      .select("start")
      .where("code", "=", code)
      .executeTakeFirstOrThrow();
    const later = { ...agent.store, today: start };
    const { actor } = await agent.context("dan");
    await advancePromotions(await loadActor(later, "system"), later);
    await expect(planUndo(actor, later, code)).rejects.toMatchObject({
      code: "wrong_state",
      message: expect.stringMatching(/was started since by System, so this cannot be undone/),
    });
  });

  it("a cancellation whose place another promotion has taken waits and cannot be approved", async () => {
    const code = await codeOf("draft");
    const row = await agent.store.db
      .selectFrom("v_promotion")
      .select(["account", "brand", "start", "end"])
      .where("promotion", "=", code)
      .executeTakeFirstOrThrow();
    await say(`Cancel ${code}`);
    await say("yes");
    await say(`Create a promotion for ${row.account} from ${row.start} to ${row.end} with 10 % on ${row.brand}`);
    await say("yes");
    const { pending } = await say(`undo the cancellation of ${code}`);
    expect(pending[0]?.checks).toContainEqual(expect.objectContaining({ rule: "clash", verdict: "block" }));
    const before = await stands();
    expect((await say("yes")).calls).toMatchObject([{ status: "error", result: { code: "blocked" } }]);
    expect(await stands()).toEqual(before);
  });

  it("money that has left the fund it went to meanwhile", async () => {
    await say("Move 5,000 euros from Albion's fund to Cormorant's", "eva");
    await say("yes", "eva");
    await say("undo that", "eva");
    const fund = await agent.store.db
      .selectFrom("v_budget")
      .select(["fund_id", "left"])
      .where("account", "=", "Cormorant Hyper")
      .where("period", "=", "2026-01-01/2026-12-31")
      .executeTakeFirstOrThrow();
    await grantFund(agent.store, fund.fund_id, 100 - Math.round(fund.left * 100));
    const before = await stands();
    expect((await say("yes", "eva")).calls).toMatchObject([{ status: "error", result: { code: "blocked" } }]);
    expect(await stands()).toEqual(before);
  });
});

describe("while something only waits", () => {
  const proposed = async () => {
    const { pending } = await say(DRAFT);
    return pending.map(({ change }) => change.discount);
  };

  it("undoing takes the last correction back, then drops it; nothing was written", async () => {
    const before = await stands();
    expect(await proposed()).toEqual([0.2]);
    await say("make it 25 %");
    expect((await say("undo that")).pending.map(({ change }) => change.discount)).toEqual([0.2]);
    const dropped = await say("undo that");
    expect(dropped.pending).toEqual([]);
    expect(dropped.reply).toContain("Nothing was written");
    expect(await stands()).toEqual(before);
  });

  it("what was written last is undone, and what waited before it waits on", async () => {
    await say("15 % on Clearwater at Albion and Bramley from 3 to 16 May");
    await say("approve the first one");
    const { pending } = await say("undo that");
    expect(pending.map(({ kind }) => kind)).toEqual(["create_promotion", "undo_change"]);
  });

  it("a spoken yes undoes nothing", async () => {
    await say(DRAFT);
    await say("yes");
    await say("undo that");
    const before = await stands();
    const spoken = await agent.converse({ thread: "t", user: "dan", channel: "voice", text: "yes" });
    expect(spoken.pending).toHaveLength(1);
    expect(await stands()).toEqual(before);
  });
});
