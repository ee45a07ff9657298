import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { tools } from "../../tools/index.ts";
import { eventReader } from "./api/events.ts";
import { linesOf, titleOf } from "./chat/change.ts";
import { namesIn, placeFigures } from "./chat/figures.ts";
import { doing, label } from "./words/text.ts";

const FOLDER = new URL("./", import.meta.url);
const source = (name: string): string => readFileSync(new URL(name, FOLDER), "utf8");

describe("what the page is made of", () => {
  const sources = readdirSync(FOLDER, { recursive: true, encoding: "utf8" }).filter(
    (name) => /\.tsx?$/.test(name) && !name.includes(".test."),
  );

  it("keeps to the page's policy: no inline script, no markup from text, no eval", () => {
    expect(source("index.html")).not.toMatch(/<script(?![^>]*\bsrc=)|\son\w+=|javascript:/i);
    for (const name of sources)
      expect(source(name), name).not.toMatch(
        /innerHTML|outerHTML|insertAdjacentHTML|dangerouslySet|document\.write|\beval\(|new Function/,
      );
  });

  it("says what it says by its translation file", () => {
    // Letters between two tags, or in what a screen reader says.
    for (const name of sources.filter((file) => file.endsWith(".tsx")))
      expect(source(name).replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, ""), name).not.toMatch(
        />\s*[A-Z][a-z]+ [a-z]+[^<>{}=;()]*<\/|aria-label="[A-Z]|placeholder="[A-Z]|title="[A-Z]/,
      );
  });

  it("has words for what every tool does", () => {
    for (const tool of tools) expect(doing(tool.name), tool.name).not.toBe(label(tool.name));
  });
});

describe("server-sent events", () => {
  const feed = (pieces: readonly string[]): [string, unknown][] => {
    const seen: [string, unknown][] = [];
    const read = eventReader((event: string, data: unknown) => seen.push([event, data]));
    for (const piece of pieces) read(piece);
    return seen;
  };
  const stream = 'event: step\ndata: {"tool":"guide"}\n\nevent: answer\ndata: {"reply":"a\\n\\nb"}\n\n';

  it("are read however the stream is cut", () => {
    const whole = feed([stream]);
    expect(whole).toEqual([
      ["step", { tool: "guide" }],
      ["answer", { reply: "a\n\nb" }],
    ]);
    for (let cut = 1; cut < stream.length; cut++)
      expect(feed([stream.slice(0, cut), stream.slice(cut)])).toEqual(whole);
    expect(feed([...stream.replaceAll("\n", "\r\n")])).toEqual(whole);
    expect(feed([stream.slice(0, -1)])).toEqual(whole.slice(0, 1));
    expect(feed([": a comment\n\n"])).toEqual([]);
  });
});

describe("the place of a figure in its reply", () => {
  const places = (text: string, figures: readonly string[], names: readonly string[] = []): [number, number][] =>
    placeFigures(
      text,
      figures.map((f) => ({ text: f })),
      names,
    ).map((p: { start: number; index: number }) => [p.start, p.index]);

  it("is a whole number as it is written", () => {
    expect(places("1,207 and 20 % and 3.20 and a20, 20.", ["20"])).toEqual([[33, 0]]);
    expect(places("€0.46 and -0.46 and 0.46", ["0.46"])).toEqual([[20, 0]]);
    expect(places("20.5 or 20,5", ["20"])).toEqual([]);
    expect(places("(-5) or 10–15 units", ["-5", "10", "15"])).toEqual([
      [1, 0],
      [8, 1],
      [11, 2],
    ]);
  });

  it("is found in whatever order the figures come; alike ones are told apart by their order", () => {
    expect(places("2 a, 3 b, 2 c", ["2", "3", "2"])).toEqual([
      [0, 0],
      [5, 1],
      [10, 2],
    ]);
    expect(places("first 10, then 5", ["5", "10"])).toEqual([
      [6, 1],
      [15, 0],
    ]);
    expect(places("none here", ["7", ""])).toEqual([]);
  });

  it("is neither in a name nor in a date, an id or a numbered week", () => {
    expect(places("Kestrel 20 % at Albion: 20 % off", ["20 %"], ["Kestrel 20 % at Albion"])).toEqual([[24, 0]]);
    expect(places("20 May 2027, week 20, P-20, 18–20 May: 20", ["20"])).toEqual([[39, 0]]);
  });

  it("knows the names of an answer, also of one that was kept without its results", () => {
    const call = {
      tool: "find_promotions",
      args: { text: "no 5" },
      result: { rows: [{ name: "Kestrel 20 % at Albion", note: "5 %" }] },
    };
    const answer = {
      reply: "Kestrel 20 % at Albion, Lintel 3 for 2, 5 %",
      calls: [call],
      pending: [{ change: { name: "Lintel 3 for 2" } }],
    };
    expect(namesIn(answer)).toEqual(["Kestrel 20 % at Albion", "Lintel 3 for 2"]);
    expect(namesIn({ ...answer, calls: [], pending: [], names: ["Kestrel 20 % at Albion"] })).toEqual([
      "Kestrel 20 % at Albion",
    ]);
  });
});

describe("a change in words", () => {
  const draft = {
    account: "Albion Fresh",
    account_id: 1,
    products: ["Kestrel 500 g", "Kestrel 1 kg"],
    product_ids: [1, 2],
    start: "2027-06-01",
    end: "2027-06-14",
    mechanic: "tpr",
    discount: 0.125,
    price_off: null,
    get: null,
    pay: null,
    feature: true,
    display: true,
    payment: "bill_back",
    fixed_spend: 5000,
    currency: "EUR",
    name: "Kestrel at Albion",
    note: null,
  };
  const said = (change: Record<string, unknown>): Record<string, string> =>
    Object.fromEntries(linesOf({ change }).map((line) => [line.label, line.value]));

  it("says a promotion as a person would, ids left out", () => {
    expect(said(draft)).toEqual({
      Dates: "1–14 June 2027",
      Account: "Albion Fresh",
      Products: "Kestrel 500 g, Kestrel 1 kg",
      Offer: "Price off (TPR), 12.5 % off",
      Support: "feature and display",
      Payment: "Bill-back",
      "Fixed spend": "€5,000",
    });
    expect(said({ ...draft, mechanic: "multibuy", discount: null, get: 3, pay: 2 }).Offer).toBe("Multibuy, 3 for 2");
    expect(said({ ...draft, discount: null, price_off: { amount: 0.5, currency: "EUR" } }).Offer).toBe(
      "Price off (TPR), €0.50 off",
    );
    expect(said({ ...draft, feature: false, display: false }).Support).toBe("no support");
  });

  it("marks what differs and shows what is expected, with its range", () => {
    const expected = {
      interval: 0.8,
      units: { mean: 2000.4, low: 1500, high: 2500 },
      net_roi: null,
      probability_of_loss: 0.25,
    };
    const lines = linesOf({ change: { ...draft, changed: ["offer"], expected } });
    expect(lines.filter((line) => line.changed).map((line) => line.label)).toEqual(["Offer"]);
    expect(lines.slice(-2)).toEqual([
      { label: "Expected units", value: "2,000 (80 % range: 1,500 to 2,500)", changed: false },
      { label: "Chance of a loss", value: "25 %", changed: false },
    ]);
  });

  it("has words for notes, claims, transfers and what it has never seen", () => {
    expect(
      said({
        claim_id: 3,
        claim: "C-3",
        decision: "part_pay",
        amount: 12.5,
        amount_minor: 1250,
        currency: "EUR",
        as: "request",
      }),
    ).toEqual({
      Claim: "C-3",
      Decision: "Pay a part",
      Amount: "€12.50",
      As: "Asks finance to",
    });
    expect(said({ account: "Albion Fresh", kind: "call", date: "2026-11-20", text: "Called Joost" })).toMatchObject({
      Date: "20 November 2026",
      Text: "Called Joost",
    });
    expect(said({ period: { from: "2027-01-01", to: "2027-01-31" }, limits: { depth: 0.2, strict: true } })).toEqual({
      Period: "1–31 January 2027",
      Limits: "Depth: 20 %; Strict: yes",
    });
  });

  it("names what an item is about", () => {
    expect(titleOf({ kind: "update_promotion", change: { promotion: "P-1042", name: "Kestrel" } })).toBe(
      "Update promotion: P-1042, Kestrel",
    );
    expect(titleOf({ kind: "settle_claim", change: { claim: "C-3", promotion: null } })).toBe("Settle claim: C-3");
    expect(titleOf({ kind: "log_activity", change: { account: "Albion Fresh" } })).toBe("Log activity: Albion Fresh");
  });
});
