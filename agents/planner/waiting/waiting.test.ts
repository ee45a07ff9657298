import { describe, expect, it } from "vitest";
import { demoLexicon } from "../demoLexicon.ts";
import { plan } from "../plan.ts";
import type { Args, Decision, PlannerContext } from "../types.ts";

const item = (id: string, change: Args) => ({ id, kind: "create_promotion", change: { account_id: 1, ...change } });
const call = (args: Args, items: string[]) => ({
  text: "a draft",
  calls: [{ tool: "create_promotion", args, status: "proposed" as const, result: {}, items }],
});
const KESTREL = {
  ...{ account: "Albion Fresh", products: [{ brand: "Kestrel" }], start: "2027-06-01", end: "2027-06-14" },
  ...{ mechanic: "tpr", discount: 0.2 },
};
const POLAR = {
  ...{ account: "Bramley Stores", products: [{ brand: "Polar Lane" }], start: "2027-07-05", end: "2027-07-18" },
  ...{ mechanic: "tpr", discount: 0.15 },
};
const ACCOUNTS = ["Albion Fresh", "Bramley Stores", "Cormorant Hyper"];
const SERIES = { ...KESTREL, account: undefined, accounts: ACCOUNTS };

const fresh: PlannerContext = { lexicon: demoLexicon, channel: "chat", history: [], pending: [], asked: null };
const named = { ...KESTREL, name: "Kestrel 20 % at Albion" };
const one = { ...fresh, history: [call(KESTREL, ["w1"])], pending: [item("w1", named)] };
const two = {
  ...fresh,
  history: [call(KESTREL, ["w1"]), call(POLAR, ["w2"])],
  pending: [item("w1", named), item("w2", { ...POLAR, name: "Polar Lane 15 % at Bramley" })],
};
const series = {
  ...fresh,
  history: [call(SERIES, ["w1", "w2", "w3"])],
  pending: ACCOUNTS.map((account, i) => item(`w${i + 1}`, { ...KESTREL, account, series: "Kestrel" })),
};

const decided = (decision: Decision): string =>
  decision.kind === "decide"
    ? decision.decisions.map((d) => `${d.id}${d.approve ? "+" : "-"}`).join(" ")
    : decision.kind;

describe("each clause decides about what it points to", () => {
  it.each([
    ["approve the first, drop the second", two, "w1+ w2-"],
    ["yes to Albion, no to Bramley", two, "w1+ w2-"],
    ["approve the Kestrel one", two, "w1+"],
    ["approve the Polar Lane draft and drop the other", two, "w2+ w1-"],
    ["approve all but Bramley", series, "w1+ w3+"],
    ["approve everything apart from the second", series, "w1+ w3+"],
    ["drop Bramley and approve the rest", series, "w2- w1+ w3+"],
    ["approve the first two", series, "w1+ w2+"],
    ["approve all three", series, "w1+ w2+ w3+"],
    ["approve the first and the third", series, "w1+ w3+"],
    ["call it off", one, "w1-"],
    ["yes and no", two, "clarify"],
    ["only the first", two, "readback"],
    ["approve w7", two, "readback"],
    ["not now", one, "readback"],
    ["no, not yet", one, "readback"],
    ["what is waiting?", two, "readback"],
  ])("%s", (text, context, wanted) => {
    expect(decided(plan(text, context))).toBe(wanted);
  });

  it("the verdict may have been asked for before", () => {
    const asked = { slot: "decision", tool: "create_promotion", args: { approve: true }, question: "Which?" };
    expect(decided(plan("all but Bramley", { ...series, asked }))).toBe("w1+ w3+");
    expect(decided(plan("all but Bramley", series))).not.toContain("+");
  });

  it("nothing is approved by voice", () => {
    for (const text of ["approve the first, drop the second", "approve all but Bramley", "yes and submit it"])
      expect(plan(text, { ...series, channel: "voice" }).kind).not.toBe("decide");
  });
});

describe("a request besides the yes", () => {
  it.each([
    ["yes and submit it", one, "w1+", "submit it"],
    ["yes, and log that I called the buyer of Albion", one, "w1+", "log that I called the buyer of Albion"],
    ["make w2 25 % and approve w1", two, "w1+", "make w2 25 %"],
    ["drop the first and make the second 10 %", two, "w1-", "make the second 10 %"],
  ])("%s", (text, context, wanted, then) => {
    const decision = plan(text, context);
    expect(decided(decision)).toBe(wanted);
    expect(decision).toMatchObject({ then });
  });

  it.each([
    ["yes but with 15 %", { discount: 0.15 }],
    ["yes, and add a display", { display: true }],
    ["ok, at Bramley then", { account: "Bramley Stores" }],
    ["approve it but make it 10 %", { discount: 0.1 }],
  ])("%s changes the draft and approves nothing", (text, args) => {
    expect(plan(text, one)).toMatchObject({
      kind: "calls",
      calls: [{ tool: "create_promotion", args, replaces: ["w1"] }],
    });
  });

  it.each(["ok and what is left in the fund at Albion?", "yes, what is left in the fund at Albion?", "yes?"])(
    "%s approves nothing",
    (text) => {
      expect(plan(text, one).kind).not.toBe("decide");
    },
  );
});

describe("a correction meets the item that is meant", () => {
  it.each([
    ["make the Albion one 25 %", two, ["w1"], { ...KESTREL, discount: 0.25 }],
    ["add a display to the second", two, ["w2"], { ...POLAR, display: true }],
    ["w1 with 10 %", two, ["w1"], { ...KESTREL, discount: 0.1 }],
    ["change the end of the first one to 20 June", two, ["w1"], { start: "2027-06-01", end: "2027-06-20" }],
    ["move the end to the 20th", one, ["w1"], { start: "2027-06-01", end: "2027-06-20" }],
    ["the one at Bramley should start a week later", series, ["w2"], { account: "Bramley Stores", series: "Kestrel" }],
    ["swap Kestrel for Polar Lane", one, ["w1"], { products: [{ brand: "Polar Lane" }] }],
    ["paid as a lump sum of 2000", one, ["w1"], { start: "2027-06-01", payment: "lump_sum" }],
    ["put a note on it: buyer wants display", one, ["w1"], { note: "buyer wants display" }],
  ])("%s", (text, context, replaces, args) => {
    expect(plan(text, context)).toMatchObject({ kind: "calls", calls: [{ args, replaces }] });
  });

  it("both, where both are meant, each with its own terms", () => {
    expect(plan("make them both 25 %", two)).toMatchObject({
      calls: [
        { args: { ...KESTREL, discount: 0.25 }, replaces: ["w1"] },
        { args: { ...POLAR, discount: 0.25 }, replaces: ["w2"] },
      ],
    });
  });

  it.each(["make it start on the first of July", "start on the second"])("%s is a day, no item", (text) => {
    expect(plan(text, two)).toMatchObject({ calls: [{ replaces: ["w2"] }] });
  });
});

describe("a question about the draft is asked of the draft", () => {
  it.each([
    ["is that within budget?", "check_promotion", { account: "Albion Fresh", discount: 0.2 }],
    ["does it clash with anything?", "check_promotion", { account: "Albion Fresh" }],
    ["yes if it is within budget", "check_promotion", { account: "Albion Fresh" }],
    ["what does it bring?", "forecast_promotion", { start: "2027-06-01" }],
    ["and with 25 %?", "forecast_promotion", { discount: 0.25, account: "Albion Fresh" }],
    ["what about Bramley?", "forecast_promotion", { account: "Bramley Stores", discount: 0.2 }],
  ])("%s", (text, tool, args) => {
    const decision = plan(text, one);
    expect(decision).toMatchObject({ kind: "calls", calls: [{ tool, args }] });
    expect(decision).not.toMatchObject({ calls: [{ replaces: ["w1"] }] });
  });

  it.each([
    ["what is left in the fund at Albion?", "budget_status"],
    ["which retailer gives the highest ROI?", "compare_promotions"],
    ["what's the max discount at Bramley?", "account_profile"],
    ["what did the last Kestrel promotion bring?", "explain_result"],
  ])("%s is another", (text, tool) => {
    expect(plan(text, one)).toMatchObject({ calls: [{ tool }] });
  });

  it("shows it again in its place, and says that it cannot be submitted before it is saved", () => {
    expect(plan("show me the draft again", one)).toMatchObject({ calls: [{ args: KESTREL, replaces: ["w1"] }] });
    expect(plan("show me the second one again", two)).toMatchObject({ calls: [{ args: POLAR, replaces: ["w2"] }] });
    expect(plan("submit it", one)).toEqual({ kind: "readback", why: "unsaved" });
  });
});

it("a yes that answers another question decides nothing", () => {
  const asked = { slot: "account", tool: "forecast_promotion", args: {}, question: "At which account?" };
  expect(plan("yes", { ...one, asked }).kind).toBe("clarify");
  expect(plan("no", { ...one, asked })).toMatchObject({ kind: "smalltalk", topic: "dropped" });
  expect(decided(plan("yes", { ...one, asked: { ...asked, age: 1 } }))).toBe("w1+");
  const guided = { text: "how?", calls: [{ tool: "guide", args: {}, status: "ok" as const, result: {} }] };
  expect(plan("yes", { ...one, history: [...one.history, guided] })).toEqual({ kind: "readback" });
});
