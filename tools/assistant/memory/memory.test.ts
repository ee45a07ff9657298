import { afterEach, beforeEach, expect, it } from "vitest";
import type { RememberedTurn } from "../../conversation.ts";
import type { ReadTool, ToolContext, WriteTool } from "../../define.ts";
import { demoContext } from "../../testing.ts";
import { deletePreference } from "./deletePreference.ts";
import { findPreferences } from "./findPreferences.ts";
import { recallConversation } from "./recallConversation.ts";
import { setPreference } from "./setPreference.ts";

let demo: Awaited<ReturnType<typeof demoContext>>;
beforeEach(async () => {
  demo = await demoContext();
});
afterEach(() => demo.close());

const set = setPreference as WriteTool;
const forget = deletePreference as WriteTool;
const find = (context: ToolContext, args = {}) => (findPreferences as ReadTool).run(context, args);
const recall = (context: ToolContext, args = {}) => (recallConversation as ReadTool).run(context, args);

async function keep(context: ToolContext, args: Record<string, unknown>, edit?: Record<string, unknown>) {
  const { proposals } = await set.propose(context, args);
  return set.commit(context, proposals[0]!.change, edit);
}

it("proposes first, keeps with the words that asked for it, and forgets again", async () => {
  const ana = {
    ...(await demo.context("ana")),
    conversation: { said: "ROI gross, 3 of 4 times", turns: [], forgotten: 0 },
  };
  const { proposals, result } = await set.propose(ana, { preference: "roi", value: "gross" });
  expect(proposals).toHaveLength(1);
  expect(result).toMatchObject({ shown_as: "ROI gross", before: null });
  expect(await find(ana)).toMatchObject({ kept: 0 });
  await set.commit(ana, proposals[0]!.change);
  expect(await find(ana)).toMatchObject({ kept: 1, preferences: [{ shown_as: "ROI gross", since: "2026-11-21" }] });
  expect(await find(await demo.context("dan"))).toMatchObject({ kept: 0 });
  await forget.commit(ana, (await forget.propose(ana, {})).proposals[0]!.change);
  expect(await find(ana)).toMatchObject({ kept: 0 });
});

it("takes an edit while approving, and looks at rights again when it is kept", async () => {
  const ana = await demo.context("ana");
  expect(await keep(ana, { preference: "roi", value: "gross" }, { value: "net" })).toMatchObject({ name: "ROI net" });
  await expect(keep(ana, { preference: "roi", value: "gross" }, { value: "all rights" })).rejects.toMatchObject({
    code: "bad_input",
  });
  const { proposals } = await set.propose(ana, { preference: "accounts", value: ["Albion"] });
  await demo.store.db.updateTable("account").set({ owner_id: "ben" }).where("name", "=", "Albion Fresh").execute();
  await expect(set.commit(await demo.context("ana"), proposals[0]!.change)).rejects.toMatchObject({ code: "no_right" });
});

it("shows nobody else's, whoever asks", async () => {
  await keep(await demo.context("ana"), { preference: "charts", value: "hidden" });
  await expect(find(await demo.context("dan"), { person: "Ana" })).rejects.toMatchObject({ code: "no_right" });
  await expect(forget.propose(await demo.context("dan"), { preference: "charts" })).rejects.toMatchObject({
    code: "not_found",
  });
});

it("asks which kind, what value, and which to forget", async () => {
  const dan = await demo.context();
  await expect(set.propose(dan, {})).rejects.toMatchObject({ code: "missing_slot", detail: { slot: "preference" } });
  await expect(set.propose(dan, { preference: "roi" })).rejects.toMatchObject({ detail: { slot: "value" } });
  await keep(dan, { preference: "roi", value: "gross" });
  await keep(dan, { preference: "tables", value: "hidden" });
  await expect(forget.propose(dan, {})).rejects.toMatchObject({ detail: { slot: "preference" } });
  const all = await forget.propose(dan, { preference: "all" });
  expect(all.result).toMatchObject({ gone: [{ preference: "roi", value: "gross" }, { preference: "tables" }] });
});

const turn = (text: string, account: string, promotion: string, told: string): RememberedTurn => ({
  on: "2026-11-20",
  text,
  calls: [{ tool: "get_promotion", args: { promotion }, status: "ok", result: { account, promotion } }],
  told: { text: told, facts: [] },
});

it("recalls by account, day, beginning and number, and what is not hers to see without a word of the answer", async () => {
  const rows = await demo.store.db.selectFrom("v_promotion").select(["promotion", "account"]).execute();
  const at = (account: string): string => rows.find((r) => r.account === account)!.promotion;
  const turns = [
    turn("first", "Albion Fresh", at("Albion Fresh"), "Albion was told."),
    turn("second", "Delphi Discount", at("Delphi Discount"), "Delphi Discount was told."),
    { ...turn("third", "Albion Fresh", at("Albion Fresh"), "It was told."), on: "2026-11-21" },
    turn("fourth", "Albion Fresh", at("Delphi Discount"), "Another was told."),
    turn("fifth", "Albion Fresh", at("Albion Fresh"), `${at("Delphi Discount")} was told.`),
  ];
  const ana = { ...(await demo.context("ana")), conversation: { said: "", turns, forgotten: 2 } };
  const dan = { ...(await demo.context("dan")), conversation: { said: "", turns, forgotten: 2 } };
  const told = (result: Record<string, unknown>) => (result.entries as { text: string | null }[]).map((e) => e.text);
  expect(told(await recall(dan))).toEqual(turns.map((t) => t.told!.text));
  expect(told(await recall(ana))).toEqual(["Albion was told.", null, "It was told.", null, null]);
  expect(await recall(ana)).toMatchObject({ turns: 7, accounts: ["Albion Fresh"] });
  expect(told(await recall(dan, { on: "2026-11-21" }))).toEqual(["It was told."]);
  expect(told(await recall(dan, { from: "start", top: 1 }))).toEqual(["Albion was told."]);
  expect(await recall(dan, { account: "Delphi" })).toMatchObject({ found: 1, entries: [{ turn: 4 }] });
  await expect(recall(ana, { account: "Delphi" })).rejects.toMatchObject({ code: "no_right" });
  expect(await recall(await demo.context())).toMatchObject({ turns: 0, entries: [] });
});
