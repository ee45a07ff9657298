import { describe, expect, it } from "vitest";
import type { Call } from "../../answer.ts";
import type { Lexicon } from "../../planner/index.ts";
import { evidenceOf, trace } from "./index.ts";

const account = (id: number, name: string, alias: string) => ({
  id,
  name,
  aliases: [alias],
  calendar: "iso" as const,
  ownWeek1: null,
  owner: "Ana",
});
const lexicon: Lexicon = {
  accounts: [
    account(1, "Northwind Foods", "Retailer A"),
    account(2, "Sunmarkt", "Retailer B"),
    account(3, "Zenit", "Retailer C"),
  ],
  products: [],
  brands: [{ name: "Kestrel", category: "Coffee" }],
  categories: ["Coffee"],
  promotions: [],
  people: [],
  competitors: [],
  claims: [],
  today: "2026-11-21",
  planningToday: "2026-11-21",
  locale: { dayFirst: true },
};
const row = (name: string, value: number, low: number, high: number, promotions: number, spend: number) => ({
  group: name,
  account: name,
  value,
  interval: { low, high },
  promotions,
  spend,
  incremental_profit: spend * (1 + value),
  true_incremental: promotions * 1000,
});
const ranking: Call = {
  tool: "compare_promotions",
  args: { metric: "net_roi", by: "account" },
  status: "ok",
  result: {
    metric: "net_roi",
    currency: "EUR",
    interval: 0.8,
    period: { from: "2025-11-22", to: "2026-11-20" },
    events: 40,
    rows: [
      row("Northwind Foods", 0.454, 0.33, 0.59, 12, 128569),
      row("Sunmarkt", 0.2389, -0.02, 0.44, 9, 48831),
      row("Zenit", -0.3712, -0.44, -0.28, 19, 121986),
    ],
    total: { value: -0.0134, promotions: 40 },
  },
  ms: 1,
};
const forecast: Call = {
  tool: "forecast_promotion",
  args: { account: "Northwind Foods", products: [{ brand: "Kestrel" }], discount: 0.2 },
  status: "ok",
  result: {
    account: "Northwind Foods",
    products: ["Kestrel"],
    period: { from: "2027-05-03", to: "2027-05-16" },
    currency: "EUR",
    discount: 0.2,
    interval: 0.8,
    units: { mean: 23429, low: 18602, high: 26742 },
    baseline: { mean: 12615, low: 11000, high: 14000 },
    true_incremental: { mean: 7783, low: 3632, high: 10434 },
    spend: 20685,
    net_profit: { mean: 3962, low: -3800, high: 9193 },
    net_roi: { mean: 0.19, low: -0.23, high: 0.4 },
    gross_roi: 1.19,
    uplift: 0.857,
    break_even_uplift: 0.447,
    probability_of_loss: 0.275,
    evidence: { here: 6, elsewhere: 39 },
    change: { net_sales: { growth: -0.0489, net_sales: 41812753 } },
  },
  ms: 1,
};
const traced = (text: string, calls: readonly Call[], question: string) =>
  trace(text, evidenceOf(calls, lexicon, question, ""), { reply: "-", figures: [] });
const RANK = "Which retailer gives us the highest promotion ROI?";
const NEXT = "What would 20 % off Kestrel at Northwind bring?";

describe("a model's words about a ranking", () => {
  it.each([
    "Northwind Foods leads with a net ROI of 0.45 over 12 promotions (80 % range 0.33 to 0.59). Sunmarkt follows with 0.24.",
    "**Northwind** gives the highest net ROI: 0.45, on €128,569 of spend.",
    "Northwind's promotions had a net ROI of 0.45; Zenit's was the lowest at -0.37.",
    "Northwind leads with 0.45, ahead of Sunmarkt (0.24).",
    "Of all 40 promotions that ended in the period, the pooled net ROI was -0.01 in total.",
    "Retailer B comes second with a net ROI of 0.24 over nine promotions.",
    "Zenit lost money: its net ROI was −0.37 on spend of about €122k.",
    "The best is Northwind Foods: its net ROI is [[0:/rows/0/value]] over [[0:/rows/0/promotions]] promotions.",
    "| Account | Net ROI | Promotions | Spend |\n| --- | --- | --- | --- |\n| Northwind Foods | 0.45 | 12 | €128,569 |\n| Zenit | -0.37 | 19 | €121,986 |",
    "I would look at Northwind first. Its net ROI is 0.45 over 12 promotions, and it spent €128,569.",
    "- Northwind Foods: net ROI 0.45 (12 promotions)\n- Sunmarkt: net ROI 0.24 (9 promotions)",
    "Northwind leads with a net ROI of 0.45 (22 November 2025 – 20 November 2026).",
  ])("stand where they are true: %s", (text) => {
    expect(traced(text, [ranking], RANK)).toHaveProperty("reply");
  });

  it.each([
    "Northwind leads with a net ROI of 0.46.",
    "Sunmarkt leads with a net ROI of 0.45.",
    "Northwind leads with a net ROI of 0.24, ahead of Sunmarkt with 0.45.",
    "Northwind leads with a net ROI of 45 %.",
    "Northwind leads with a net ROI of 0.45 over 9 promotions.",
    "Northwind leads with a net ROI of 0.45 over twelve weeks.",
    "Northwind leads with a net ROI of -0.45.",
    "Northwind leads with a gross ROI of 0.45.",
    "Northwind leads with a net ROI of 0.33 (0.45 to 0.59).",
    "Northwind leads with a net ROI of 0.45 (0.59 to 0.33).",
    "Northwind spent $128,569.",
    "Northwind spent €128.569m.",
    "Northwind had 40 promotions.",
    "Zenit is the best with a net ROI of -0.37.",
    "Zenit paid off with a net ROI of -0.37.",
    "Northwind lost money with a net ROI of 0.45.",
    "Northwind's net ROI of 0.45 has doubled.",
    "A third of Northwind's promotions had a net ROI of 0.45.",
    "Northwind leads with a net ROI of 0.45 over thirteen promotions.",
    "Northwind leads with a net ROI of 0.4**6**.",
    "Northwind leads with a net ROI of ٠.٤٦.",
    "Northwind leads with a net ROI of ０.４６.",
    "Northwind leads with a net ROI of 0.4&#54;.",
    "Northwind leads with a net ROI of 0.4\u200b6.",
    "Northwind leads with a net ROI of 0.45².",
    "Northwind leads with a net ROI of 0.45 in 2019.",
    "Northwind leads with a net ROI of 0.45 (22 November 2024 – 20 November 2026).",
    "Northwind leads with P-9999.",
    "Northwind leads with a net ROI of XLV.",
    "Northwind leads. Its net ROI is -0.01.",
    "Every second promotion at Northwind lost money.",
    "Northwind leads with a net ROI between 0.33 and 0.69.",
    "Northwind's net ROI is [[0:/rows/1/value]].",
    "Northwind's spend is [[0:/rows/0/value]].",
    "Northwind's net ROI is [[0:/rows/9/value]].",
    "| Account | Net ROI | Promotions |\n| --- | --- | --- |\n| Northwind Foods | 0.24 | 12 |",
    "| Account | Promotions | Net ROI |\n| --- | --- | --- |\n| Northwind Foods | 0.45 | 12 |",
    "| Account | Gross ROI |\n| --- | --- |\n| Northwind Foods | 0.45 |",
  ])("do not where they are not: %s", (text) => {
    expect(traced(text, [ranking], RANK)).toHaveProperty("untraced");
  });
});

describe("a model's words about a forecast", () => {
  it.each([
    "It is expected to sell 23,429 units (80 % range 18,602 to 26,742), where the baseline is 12,615.",
    "It would cost €20,685 and leave a net profit of €3,962 (-€3,800 to €9,193).",
    "Net ROI is 0.19 (-0.23 to 0.40), gross ROI 1.19; the chance of losing money is 27.5 percent.",
    "The uplift is 85.7 %, and it breaks even at an uplift of 44.7 %.",
    "It rests on 6 past promotions of these products there and 39 elsewhere.",
    "Net sales fell by 4.9 % to €41.8 million.",
  ])("stand where they are true: %s", (text) => {
    expect(traced(text, [forecast], NEXT)).toHaveProperty("reply");
  });

  it.each([
    "It is expected to sell 12,615 units, where the baseline is 23,429.",
    "Net ROI is 1.19, gross ROI 0.19.",
    "The chance of losing money is 27.5 points.",
    "The uplift is 44.7 %, and it breaks even at an uplift of 85.7 %.",
    "It rests on 39 past promotions of these products there and 6 elsewhere.",
    "Sunmarkt would sell 23,429 units.",
    "Net sales rose by 4.9 % to €41.8 million.",
    "Net sales fell by 4.9 % to €4.18 million.",
    "The net loss is €3,962.",
  ])("do not where they are not: %s", (text) => {
    expect(traced(text, [forecast], NEXT)).toHaveProperty("untraced");
  });

  it("are written our way, each number with its source", () => {
    expect(traced("Net sales fell by 4.9 percent to EUR 41,812,753.", [forecast], NEXT)).toEqual({
      reply: "Net sales fell (-4.9 %) to €41,812,753.",
      figures: [
        { text: "-4.9 %", value: -0.0489, unit: "%", call: 0, path: "/change/net_sales/growth" },
        { text: "€41,812,753", value: 41812753, unit: "EUR", call: 0, path: "/change/net_sales/net_sales" },
      ],
    });
  });
});

describe("a model's words about several results", () => {
  const at = (account: string, mean: number, growth: number): Call => ({
    ...forecast,
    args: { account },
    result: { account, currency: "EUR", units: { mean, low: mean - 100, high: mean + 100 }, sales: { growth } },
  });
  const both = [at("Northwind Foods", 23429, 0.2), at("Sunmarkt", 5120, -0.1)];
  const ASKED = "What would it bring at Northwind and at Sunmarkt?";

  it("stand where each number is said of its own", () => {
    const text = "Northwind would sell 23,429 units, Sunmarkt 5,120. At Northwind sales grew 20 %.";
    expect(traced(text, both, ASKED)).toHaveProperty("reply");
  });

  it.each([
    "Sunmarkt would sell 23,429 units.",
    "It would sell 23,429 units.",
    "At Northwind sales fell 20 %.",
    "At Sunmarkt sales grew -10 %.",
  ])("do not where it is another's, leaves open whose, or goes the other way: %s", (text) => {
    expect(traced(text, both, ASKED)).toHaveProperty("untraced");
  });
});
