import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listProducts } from "../../../../data/products/products.repo.ts";
import { writeTestMarket } from "../../../../data/promotions/testing.ts";
import type { Store } from "../../../../data/store/open.ts";
import { temporaryStore } from "../../../../data/testing.ts";
import { driver, noForecast } from "../../../../tools/assistant/promotions/testing.ts";
import type { Call } from "../../../answer.ts";
import { namesInCalls } from "../../../figures/names.ts";
import { figureHolds, prove } from "../../../figures/prove.ts";
import { Say } from "../../say.ts";
import { promotionComposers } from "./index.ts";

const JUNE = { account: "Retailer A", start: "2027-06-01", end: "2027-06-14", discount: 0.2, products: ["Kestrel"] };

describe("the replies of a promotion's life", () => {
  let made: Awaited<ReturnType<typeof temporaryStore>>;
  let store: Store;
  let kam: ReturnType<typeof driver>;
  const told = new Set<string>();
  beforeAll(async () => {
    made = await temporaryStore();
    store = made.store;
    await writeTestMarket(store);
    kam = driver(store);
  });
  afterAll(() => made.close());

  /** Composes a result, and holds every number of the text against the result it came from. */
  async function tell(tool: string, result: Record<string, unknown>) {
    const call: Call = { tool, args: {}, status: "ok", result, ms: 1 };
    const say = new Say(call, 0);
    promotionComposers[tool]!(say);
    told.add(tool);
    const reply = say.blocks.join("\n\n");
    for (const figure of say.figures) expect(figureHolds(figure, [call]), JSON.stringify(figure)).toBe(true);
    const products = (await listProducts(store)).map((p) => p.name);
    expect(prove(reply, say.figures, [call], [...namesInCalls([call]), ...products]).removed).toEqual([]);
    expect(reply).not.toMatch(/undefined|null|NaN|\[object|_(?!\w*\])/);
    for (const chart of say.charts) expect(chart.title).not.toBe("");
    return { reply, say };
  }
  const draft = async (args: Record<string, unknown>, who = "ana") =>
    tell("create_promotion", (await kam.propose(who, "create_promotion", args)).result);

  it("state a draft in words: what, where, when, what was taken, what is expected, what to know", async () => {
    const { reply } = await draft(JUNE);
    expect(reply).toContain("**Draft: Kestrel 20 % at Albion.**");
    expect(reply).toContain(
      "20 % off the shelf price (TPR) on Kestrel Espresso 500 g, Kestrel Crema 500 g and Kestrel Decaf 250 g at Albion Fresh, 1–14 June 2027, with no support, paid by scan-back from Trade fund 2027.",
    );
    expect(reply).toMatch(/Taken without asking: .*Albion Fresh's usual one/);
    expect(reply).toContain("1,200 units (960 to 1,440, 80 % range)");
    expect(reply).toContain("cost €960 and bring a net ROI of 0.03 (-0.17 to 0.23");
    expect(reply).toMatch(/All 12 checks pass|12 checks pass/);
    expect(reply).toMatch(/Say yes to save it as a draft, or tell me what to change\.$/);
  });

  it("say first what stands in the way, and offer no yes to it", async () => {
    const { reply } = await draft({
      ...JUNE,
      discount: 0.35,
      display: true,
      fixed_spend: { amount: 300, currency: "EUR" },
    });
    expect(reply).toContain("**This stands in the way:**\n\n- 35 % is deeper than the 30 %");
    expect(reply.indexOf("stands in the way")).toBeLessThan(reply.indexOf("checks pass"));
    expect(reply).toContain("paid by scan-back and €300 fixed");
    expect(reply).toMatch(/cannot be approved as it is/);
    expect(reply).not.toMatch(/Say yes/);
  });

  it("tell a series as one section an account", async () => {
    const { reply } = await draft({ ...JUNE, account: undefined, accounts: ["Retailer A", "Retailer B"] });
    expect(reply).toContain("Kestrel 20 % at Albion");
    expect(reply).toContain("Kestrel 20 % at Bramley");
    expect(reply).toContain('tied as "Kestrel, 1–14 June 2027"');
  });

  it("tell many accounts in a table, with what stands in the way of each", async () => {
    const { reply } = await draft(
      { ...JUNE, account: undefined, accounts: ["Retailer A", "Retailer B", "Retailer D"], discount: 0.31 },
      "dan",
    );
    expect(reply.match(/^\| Kestrel 31 % at/gm)).toHaveLength(3);
    expect(reply).toContain("- Kestrel 31 % at Delphi: 31 % is deeper than the 30 %");
  });

  it("tell a draft without a forecast, other offers, and a lump sum that nobody named", async () => {
    const bare = await driver(store, noForecast).propose("ana", "create_promotion", JUNE);
    const { reply } = await tell("create_promotion", bare.result);
    expect(reply).toContain("No forecast could be made");
    expect(reply).not.toContain("Expected:");
    expect((await draft({ ...JUNE, discount: undefined, get: 4, pay: 3 })).reply).toContain("4 for 3 (multibuy)");
    const off = { ...JUNE, discount: undefined, price_off: { amount: 0.5, currency: "EUR" }, mechanic: "coupon" };
    expect((await draft(off)).reply).toContain("€0.50 off by coupon");
    expect((await draft({ ...JUNE, payment: "lump_sum" })).reply).toContain("no amount is named");
  });

  it("tell every step of a promotion's life", async () => {
    await kam.write("ana", "create_promotion", { ...JUNE, note: "as in 2025, at least 1,500 cases" });
    const step = async (who: string, tool: string, args: Record<string, unknown>) => {
      const { proposals, result } = await kam.propose(who, tool, { promotion: "P-1001", ...args });
      const { reply } = await tell(tool, result);
      return { reply, commit: () => kam.commit(who, proposals[0]!) };
    };
    const change = await step("ana", "update_promotion", {
      discount: 0.25,
      start: "2027-06-08",
      display: true,
      fixed_spend: 100,
      payment: "bill_back",
      note: "new",
      products: ["Kestrel Crema 500 g"],
    });
    expect(change.reply).toContain("Dates: 1–14 June 2027 → 8–21 June 2027");
    expect(change.reply).toContain("Offer: 20 % off the shelf price (TPR) → 25 % off the shelf price (TPR)");
    expect(change.reply).toContain("Fixed spend: €0.00 → €100");
    const copy = await step("ana", "copy_promotion", { account: "Bramley" });
    expect(copy.reply).toContain(
      "**Draft: Kestrel 20 % at Bramley**, like P-1001, Kestrel 20 % at Albion (1–14 June 2027):",
    );
    const submit = await step("ana", "submit_promotion", {});
    expect(submit.reply).toContain("would go to the managers for approval. It plans to take €960");
    await submit.commit();
    const reject = await step("dan", "decide_promotion", { decision: "reject", reason: "20 % is too deep" });
    expect(reject.reply).toContain("made by Ana, would be rejected");
    await reject.commit();
    await submit.commit();
    const approve = await step("dan", "decide_promotion", { decision: "approve" });
    expect(approve.reply).toContain("€960 of its fund would be committed");
    await approve.commit();
    const one = await tell("get_promotion", await kam.read("ana", "get_promotion", { promotion: "P-1001" }));
    expect(one.reply).toContain("**P-1001, Kestrel 20 % at Albion** is approved:");
    expect(one.reply).toContain("1,500 cases");
    expect(one.reply).toContain(
      "The forecast it was approved with, made on 21 November 2026, was 1,200 units (960 to 1,440",
    );
    expect(one.reply).toContain("20 % is too deep");
    const cancel = await step("ana", "cancel_promotion", { reason: "no" });
    expect(cancel.reply).toContain("€960 go back to its fund");
  });

  it("tell the result of one that ended, and what could not be measured", async () => {
    const ended = { status: "ended", start: "2026-06-01", end: "2026-06-14" } as const;
    await store.db.updateTable("promotion").set(ended).where("id", "=", 1001).execute();
    const get = async () =>
      (await tell("get_promotion", await kam.read("ana", "get_promotion", { account: "Retailer A" }))).reply;
    expect(await get()).toContain("its result could not be measured");
    await store.db
      .insertInto("promotion_result")
      .values({
        promotion_id: 1001,
        units: 1300,
        baseline: 600,
        gross_incremental: 700,
        dip: 50,
        cannibalised: 25,
        halo: 0,
        true_incremental: 625,
        low: 500,
        high: 750,
        spend_minor: 96_000,
        incremental_profit_minor: 103_125,
      })
      .execute();
    expect(await get()).toContain(
      "cost €960 and brought €1,031 of incremental profit, a net ROI of 0.07 (-0.14 to 0.29), a gross ROI of 1.07 (0.86 to 1.29). It lost money with 32.9 % probability.",
    );
  });

  it("tell lists, with none, one and many", async () => {
    const find = async (args: Record<string, unknown>) =>
      tell("find_promotions", await kam.read("dan", "find_promotions", args));
    expect((await find({ status: "running" })).reply).toMatch(/^There is no running promotion at all accounts\./);
    expect((await find({ status: "ended", account: "Retailer A" })).reply).toContain(
      "There is 1 ended promotion at Albion Fresh",
    );
    await kam.write("ana", "create_promotion", JUNE);
    const many = await find({ brand: "Kestrel", period: { from: "2026-01-01", to: "2027-12-31" } });
    expect(many.reply).toContain(
      "There are 2 promotions of Kestrel at all accounts starting 1 January 2026 – 31 December 2027",
    );
    expect(many.say.charts).toHaveLength(1);
  });

  it("tell suggestions, checks, budgets and moves of money", async () => {
    const suggest = await kam.read("ana", "suggest_products", { account: "Retailer A" });
    expect((await tell("suggest_products", suggest)).reply).toContain("I would promote Kestrel");
    const check = await kam.read("ana", "check_promotion", { ...JUNE, discount: 0.4 });
    expect((await tell("check_promotion", check)).reply).toMatch(/^Kestrel 40 % at Albion cannot run as it is\./);
    for (const args of [{}, { account: "Retailer A" }, { period: { from: "2030-01-01", to: "2030-01-02" } }])
      await tell("budget_status", await kam.read("ana", "budget_status", args));
    const move = { from: "Retailer A", to: "Retailer B", amount: { amount: 2500, currency: "EUR" } };
    const asked = await kam.propose("ana", "move_funds", move);
    expect((await tell("move_funds", asked.result)).reply).toContain(
      "this is a request to move €2,500 from Albion Fresh's",
    );
    await kam.commit("ana", asked.proposals[0]!);
    const open = await tell("budget_status", await kam.read("ana", "budget_status"));
    expect(open.reply).toContain("Ana asked on 21 November 2026 to move €2,500");
    const no = await kam.propose("eva", "move_funds", { from: "Retailer A", decision: "reject", reason: "no money" });
    expect((await tell("move_funds", no.result)).reply).toMatch(
      /^Ana asked to move €2,500 from Albion Fresh's .* Finance would turn that down, .* The reason you gave/,
    );
    const moved = await kam.propose("eva", "move_funds", move);
    expect((await tell("move_funds", moved.result)).reply).toContain("as Ana asked");
    const much = await kam.propose("eva", "move_funds", { ...move, amount: 99_000 });
    expect((await tell("move_funds", much.result)).reply).toContain("cannot be approved");
  });

  it("tell a plan of the person's own beside the forecast, and a change of it", async () => {
    const own = { ...JUNE, start: "2027-07-05", end: "2027-07-18", planned_units: 900 };
    const { reply } = await draft(own);
    expect(reply).toContain("Expected: 1,200 units");
    expect(reply).toContain("Planned are 900 units, a figure of your own, which would cost €720;");
    expect(reply).toContain("| Product | Planned units |");
    const [made] = await kam.write("ana", "create_promotion", own);
    const update = async (args: Record<string, unknown>) =>
      tell(
        "update_promotion",
        (await kam.propose("ana", "update_promotion", { promotion: made!.promotion, ...args })).result,
      );
    expect((await update({ planned_units: 950 })).reply).toContain("Planned units: 900 → 950");
    expect((await update({ display: true })).reply).toContain("Planned units: 900 → the forecast");
    await kam.write("ana", "cancel_promotion", { promotion: made!.promotion, reason: "tried" });
  });

  it("tell what is put into a promotion's file, overrides and closing", async () => {
    const [made] = await kam.write("ana", "create_promotion", { ...JUNE, start: "2027-08-02", end: "2027-08-15" });
    const of = { promotion: made!.promotion };
    const proposed = async (who: string, tool: string, args: Record<string, unknown>) =>
      (await tell(tool, (await kam.propose(who, tool, args)).result)).reply;
    expect(await proposed("ana", "comment_promotion", { ...of, text: "The buyer wants 3 pallets a store" })).toContain(
      "The buyer wants 3 pallets a store",
    );
    const link = "https://photos.example.com/display-7.jpg";
    expect(await proposed("ana", "attach_evidence", { ...of, url: link, kind: "photo" })).toContain("photo");
    expect(await proposed("dan", "override_check", { ...of, rule: "roi", reason: "A listing hangs on it" })).toContain(
      "A listing hangs on it",
    );
    expect(await proposed("eva", "close_promotion", { promotion: "P-1001" })).toContain("P-1001");
  });

  it("cover every tool", () => {
    expect([...told].sort()).toEqual(Object.keys(promotionComposers).sort());
  });
});

describe("say.check", () => {
  const sayOf = (message: string, facts: Record<string, number | string>) =>
    new Say({ tool: "t", args: {}, status: "ok", result: { currency: "EUR", checks: [{ message, facts }] }, ms: 0 }, 3);

  it("binds each number to the fact that is written like it", () => {
    const say = sayOf("€1,200 is 91.1 % of what 14 days leave in Fund 7; ROI -0.25.", {
      spend: 1200,
      share: 0.911,
      days: 14,
      fund: "Fund 7",
      roi: -0.25,
    });
    say.check("/checks/0");
    expect(say.figures).toEqual([
      { text: "€1,200", value: 1200, unit: "EUR", call: 3, path: "/checks/0/facts/spend" },
      { text: "91.1 %", value: 0.911, unit: "%", call: 3, path: "/checks/0/facts/share" },
      { text: "14", value: 14, unit: "count", call: 3, path: "/checks/0/facts/days" },
      { text: "-0.25", value: -0.25, unit: "ratio", call: 3, path: "/checks/0/facts/roi" },
    ]);
  });

  it.each([
    ["€1,201 is too much.", { spend: 1200 }],
    ["It takes 91 %.", { share: 0.911 }],
    ["It takes 14 % of it.", { days: 14 }],
    ["Within 14 days.", {}],
  ])("refuses %s", (message, facts) => {
    expect(() => sayOf(message, facts as Record<string, number>).check("/checks/0")).toThrow(/no fact behind/);
  });
});
