import { existsSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { writeAccountsFixture } from "../../../../data/accounts/testing.ts";
import { temporaryStore } from "../../../../data/testing.ts";
import { loadActor } from "../../../../data/users/actor.ts";
import { accountTools } from "../../../../tools/assistant/accounts/index.ts";
import type { Tool, ToolContext } from "../../../../tools/define.ts";
import { createFittedModels } from "../../../../tools/fitting/fittedModels.ts";
import type { Call } from "../../../answer.ts";
import { namesInCalls } from "../../../figures/names.ts";
import { prove } from "../../../figures/prove.ts";
import { Say } from "../../say.ts";
import { accountComposers } from "./index.ts";

const NAMES = ["Kestrel Beans 500 g", "Kestrel Ground 500 g"];
/** Everything that only Ben's account holds. */
const BENS = /Karl|Stein|DEL-1|4,?321|5,?555|6,?666|7,?777|88,?888|22,?222/;

const countOf = (text: string, piece: string): number => text.split(piece).length - 1;

describe("tools and replies of accounts, notes, claims, reports and guides", () => {
  let made: Awaited<ReturnType<typeof temporaryStore>>;
  beforeEach(async () => {
    made = await temporaryStore();
    await writeAccountsFixture(made.store);
  });
  afterEach(() => made.close());

  const toolOf = (name: string): Tool => accountTools.find((t) => t.name === name)!;
  const contextOf = async (user: string): Promise<ToolContext> => ({
    store: made.store,
    actor: await loadActor(made.store, user),
    models: createFittedModels(),
  });

  /** The call, its reply as a person reads it, and what the proof of figures took out. */
  async function ask(user: string, name: string, args: Record<string, unknown>) {
    const tool = toolOf(name);
    const context = await contextOf(user);
    const parsed = tool.schema.parse(args);
    const proposed = tool.access === "WRITE" ? await tool.propose(context, parsed) : null;
    const result = proposed ? proposed.result : await (tool as Extract<Tool, { access: "READ" }>).run(context, parsed);
    const call: Call = {
      tool: name,
      args,
      status: proposed ? "proposed" : "ok",
      result: JSON.parse(JSON.stringify(result)),
      ms: 0,
    };
    const say = new Say(call, 0);
    accountComposers[name]!(say);
    const reply = say.blocks.join("\n\n");
    const proven = prove(reply, say.figures, [call], [...NAMES, ...namesInCalls([call])]);
    const unwritten = say.figures.filter(
      (f) => countOf(reply, f.text) < say.figures.filter((g) => g.text === f.text).length,
    );
    return {
      call,
      reply,
      unwritten,
      charts: say.charts,
      removed: proven.removed,
      proposals: proposed?.proposals ?? [],
    };
  }

  async function approve(user: string, name: string, args: Record<string, unknown>, edit?: Record<string, unknown>) {
    const { proposals } = await ask(user, name, args);
    const tool = toolOf(name) as Extract<Tool, { access: "WRITE" }>;
    const change = JSON.parse(JSON.stringify(proposals[0]!.change));
    return tool.commit(await contextOf(user), change, edit);
  }

  const READS: readonly [string, Record<string, unknown>][] = [
    ["account_profile", { account: "Retailer A" }],
    ["find_activities", {}],
    ["find_activities", { account: "Albion", next_steps: true }],
    ["find_claims", {}],
    ["find_claims", { doubtful: true, top: 1 }],
    ["find_claims", { claim: "C-3" }],
    ["find_claims", { promotion: "Kestrel 20 % at Albion" }],
    ["find_claims", { promotion: "P-1003" }],
    ["make_report", { report: "calendar" }],
    ["make_report", { report: "calendar", period: { from: "2026-10-01", to: "2027-01-31" } }],
    ["make_report", { report: "post_event" }],
    ["make_report", { report: "budget", period: { from: "2025-01-01", to: "2026-12-31" } }],
    ["make_report", { report: "forecast_accuracy" }],
    ["make_report", { report: "account_review", account: "Albion" }],
    ["make_report", { report: "joint_business_plan", account: "Albion" }],
    ["make_report", { report: "budget", format: "csv" }],
    ["guide", { topic: "How do I create a multi-retailer promotion?" }],
    ["guide", { topic: "the weather" }],
  ];

  it.each(READS)(
    "%s %j: every figure of the reply is bound, and a colleague's account is behind a wall",
    async (name, args) => {
      const ana = await ask("ana", name, args);
      expect(ana.removed).toEqual([]);
      expect(ana.unwritten).toEqual([]);
      expect(ana.reply).not.toMatch(BENS);
      expect(JSON.stringify([ana.call.result, ana.charts])).not.toMatch(BENS);
      expect(ana.reply).not.toMatch(/\bundefined\b|NaN|\[object|[a-z]_[a-z]/);
      expect((await ask("dan", name, args)).removed).toEqual([]);
    },
  );

  it.each([
    ["account_profile", { account: "Delphi" }],
    ["find_activities", { account: "Delphi" }],
    ["find_claims", { account: "Delphi" }],
    ["find_claims", { claim: "C-4" }],
    ["find_claims", { promotion: "P-1002" }],
    ["settle_claim", { claim: "C-4", decision: "pay" }],
    ["log_activity", { account: "Delphi", text: "x" }],
    ["make_report", { report: "budget", account: "Delphi" }],
    ["guide", { topic: "claims", account: "Delphi" }],
  ])("%s refuses a colleague's account without a figure", async (name, args) => {
    const refusal = ask("ana", name, args);
    await expect(refusal).rejects.toMatchObject({ code: "no_right", message: expect.stringMatching(/Ben's account/) });
    await expect(refusal).rejects.not.toThrow(/\d/);
  });

  it.each([
    ["account_profile", {}, /Which account/],
    ["log_activity", { text: "x" }, /Which account/],
    ["log_activity", { account: "Albion", text: "  " }, /What is to be noted/],
    ["settle_claim", {}, /Which claim/],
    ["settle_claim", { claim: "C-1" }, /paid, partly paid or disputed/],
    ["settle_claim", { claim: "C-1", decision: "part_pay" }, /How much/],
    ["make_report", {}, /Which report/],
    ["make_report", { report: "joint_business_plan" }, /Which account/],
  ])("%s %j asks for what is missing", async (name, args, question) => {
    await expect(ask("ana", name, args)).rejects.toMatchObject({
      code: "missing_slot",
      message: expect.stringMatching(question),
    });
  });

  it("quotes notes with their numbers bound, and their markup taken literally", async () => {
    const { reply } = await ask("ana", "find_activities", { account: "Albion" });
    expect(reply).toContain("“Femke asked for 5 % more and €12,500 for 3 displays” Next step: “Answer by 2026-12-05”");
    const note = await ask("ana", "log_activity", {
      account: "Albion",
      text: "**Bold** <img src=x> | [link](http://x) for the Easter 2027 deal, 40 cases",
      date: "2026-11-30",
    });
    expect(note.removed).toEqual([]);
    expect(note.reply).toContain(
      "“\\*\\*Bold\\*\\* \\<img src=x\\> \\| \\[link\\](http://x) for the Easter \\[of 2027\\] deal, 40 cases”",
    );
    expect(note.reply).toContain("lies ahead");
  });

  it("logs a note only when it is approved, as it was edited", async () => {
    const args = { account: "Albion", kind: "Call", text: "Called Joost", next_step: "Send slots" };
    const { proposals, reply } = await ask("ana", "log_activity", args);
    expect(reply).toMatch(/the date is today/);
    expect((await ask("ana", "find_activities", { text: "Joost" })).call.result.found).toBe(0);
    expect(proposals).toMatchObject([{ change: { account: "Albion Fresh", kind: "call", date: "2026-11-21" } }]);
    const done = await approve("ana", "log_activity", args, { date: "2026-11-20" });
    expect(done).toMatchObject({ name: "call with Albion Fresh", status: "logged" });
    expect((await ask("ana", "find_activities", { text: "Joost" })).call.result).toMatchObject({
      found: 1,
      activities: [{ date: "2026-11-20", next_step: "Send slots", by: "Ana" }],
    });
  });

  it("does not let an edit carry a note to another account", async () => {
    await approve("ana", "log_activity", { account: "Albion", text: "Private word" }, { account_id: 2 });
    expect((await ask("ben", "find_activities", { text: "Private" })).call.result.found).toBe(0);
    expect((await ask("ana", "find_activities", { text: "Private" })).call.result.found).toBe(1);
  });

  it("drafts a request for a KAM and a settlement for finance, with what speaks against the claim", async () => {
    const request = await ask("ana", "settle_claim", {
      claim: "C-2",
      decision: "dispute",
      reason: "Display in 1 of 2 stores",
    });
    expect(request.reply).toMatch(/I would ask finance to dispute C-2: .* for €1,300/);
    expect(request.reply).toContain("only €1,000 is booked for its promotion and not paid out, €300 less");
    expect(request.reply).toContain("the display stood in 50 % of 2 store checks");
    expect(request.removed).toEqual([]);
    expect(await approve("ana", "settle_claim", { claim: "C-2", decision: "dispute" })).toMatchObject({
      status: "with finance as a request",
    });
    const seen = await ask("eva", "find_claims", { claim: "C-2" });
    expect(seen.call.result).toMatchObject({ claims: [{ status: "open", request: { requested_by: "Ana" } }] });
    const pay = await ask("eva", "settle_claim", { claim: "C-2", decision: "pay" });
    expect(pay.proposals[0]!.checks).toMatchObject([
      { rule: "above_booked_spend", verdict: "warn", facts: { amount: 1_300, still_booked: 1_000 } },
      { rule: "names_no_proof", verdict: "warn" },
      { rule: "display_not_seen", verdict: "warn" },
      { rule: "claim_above_plan", verdict: "warn", facts: { above: 300 } },
    ]);
    expect(await approve("eva", "settle_claim", { claim: "C-2", decision: "pay" }, { amount: 900 })).toMatchObject({
      claim: "C-2",
      for_promotion: { promotion: "P-1001", name: "Kestrel 20 % at Albion" },
      status: "part_paid",
      settled: 900,
      decided_by: "Eva",
      request: null,
    });
  });

  it("looks for doubt among the claims that are not settled, unless a state is named", async () => {
    await approve("eva", "settle_claim", { claim: "C-2", decision: "pay" });
    expect((await ask("ana", "find_claims", { doubtful: true })).call.result).toMatchObject({ found: 2 });
    expect((await ask("ana", "find_claims", { doubtful: true, status: "paid" })).call.result).toMatchObject({
      found: 1,
    });
  });

  it("does not let a KAM settle by editing her request", async () => {
    await approve("ana", "settle_claim", { claim: "C-1", decision: "pay" }, { as: "settlement" });
    expect((await ask("eva", "find_claims", { claim: "C-1" })).call.result).toMatchObject({
      claims: [{ status: "open" }],
    });
  });

  it("finds a promotion's claims, and says where there is no such promotion", async () => {
    const { call } = await ask("ana", "find_claims", { promotion: "P-1001" });
    expect(call.result).toMatchObject({ promotion: "P-1001", found: 2, claims: [{ claim: "C-2" }, { claim: "C-1" }] });
    expect((await ask("ana", "find_claims", { promotion: "P-1003" })).reply).toContain(
      "There are no claims for P-1003",
    );
    await expect(ask("ana", "find_claims", { promotion: "P-9999" })).rejects.toMatchObject({ code: "not_found" });
  });

  it("takes a claim's amount in its own currency only", async () => {
    const wrong = ask("eva", "settle_claim", {
      claim: "C-1",
      decision: "part_pay",
      amount: { amount: 5, currency: "USD" },
    });
    await expect(wrong).rejects.toMatchObject({ code: "bad_input" });
  });

  it("writes report files beside the store", async () => {
    const { call, reply } = await ask("ana", "make_report", { report: "calendar", format: "xlsx" });
    expect(existsSync(String(call.result.file))).toBe(true);
    expect(String(call.result.file).startsWith(made.folder)).toBe(true);
    expect(reply).toContain("Promotions: rows 1");
    for (const format of ["pptx", "pdf"])
      expect(
        existsSync(String((await ask("ana", "make_report", { report: "calendar", format })).call.result.file)),
      ).toBe(true);
  });

  it("pools net ROI over what the person sees: profit summed over spend summed", async () => {
    const results = (await ask("dan", "make_report", { report: "post_event" })).call.result.sections as {
      total: Record<string, number>;
    }[];
    expect(results[0]!.total).toMatchObject({ spend: 6_555, incremental_profit: 5_944 });
    expect(results[0]!.total.net_roi).toBeCloseTo((5_944 - 6_555) / 6_555);
    const hers = (await ask("ana", "make_report", { report: "post_event" })).call.result.sections as {
      rows: object[];
    }[];
    expect(hers[0]!.rows).toMatchObject([{ promotion: "P-1001", net_roi: 0.5 }]);
  });

  it("fills a guide's examples with the account that is meant", async () => {
    const { reply } = await ask("ana", "guide", { topic: "who decides at the account", account: "Retailer A" });
    expect(reply).toContain("“Who decides at Albion Fresh?”");
    expect(reply).not.toContain("[account]");
  });
});
