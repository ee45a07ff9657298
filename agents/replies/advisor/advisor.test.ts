import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { advisorTools } from "../../../tools/advisor/index.ts";
import type { ReadTool } from "../../../tools/define.ts";
import { type DemoContext, demoContext } from "../../../tools/testing.ts";
import type { Call } from "../../answer.ts";
import { namesInCalls } from "../../figures/names.ts";
import { prove } from "../../figures/prove.ts";
import { Say } from "../say.ts";
import { draw } from "../testing.draw.ts";
import { advisorComposers } from "./index.ts";

const QUESTIONS: readonly (readonly [string, Record<string, unknown>])[] = [
  ["compare_promotions", {}],
  ...["net_roi", "gross_roi", "uplift", "incremental_units", "incremental_profit", "spend"].map(
    (metric) => ["compare_promotions", { metric, by: "brand" }] as const,
  ),
  ...["cost_per_incremental_unit", "subsidised_share", "cannibalised_units"].map(
    (metric) => ["compare_promotions", { metric, by: "mechanic" }] as const,
  ),
  ...[
    "account",
    "category",
    "product",
    "support",
    "discount_band",
    "payment",
    "promotion",
    "month",
    "quarter",
    "year",
  ].map((by) => ["compare_promotions", { metric: "net_roi", by }] as const),
  ["compare_promotions", { metric: "units", by: "product", top: 3 }],
  ["compare_promotions", { metric: "net_sales", by: "quarter" }],
  ["compare_promotions", { metric: "net_sales", by: "promotion", account: "Retailer A" }],
  ["compare_promotions", { metric: "uplift", by: "account", period: { from: "2010-01-01", to: "2010-02-01" } }],
  ["compare_promotions", { metric: "net_roi", by: "account", order: "worst", mechanic: "multibuy" }],
  ["discount_response", { product: "Kestrel", account: "Retailer B" }],
  ["discount_response", { product: "Polar Lane", account: "Retailer D", display: true }],
  ["discount_response", { account: "Harbour Pet & Home", category: "Laundry" }],
  ["discount_response", {}],
  ["discount_response", { account: "Retailer B", levels: [0.3, 0.2] }],
  ["discount_response", { account: "Retailer E", product: "Kestrel", levels: [0.22, 0.21] }],
  ["discount_response", { account: "Retailer C", product: "Polar Lane" }],
  ...["A", "B", "C", "D", "E", "F", "G", "H"].map(
    (letter) => ["explain_result", { account: `Retailer ${letter}` }] as const,
  ),
  ["explain_result", {}],
  ["explain_result", { account: "Retailer B", product: "Tailwind", period: { from: "2026-01-12", to: "2026-01-18" } }],
  ["account_review", { account: "Retailer A" }],
  ["account_review", { account: "Harbour", period: { from: "2026-07-01", to: "2026-09-30" } }],
  ["product_growth", {}],
  ["product_growth", { account: "Retailer B", category: "Coffee" }],
  ["product_growth", { period: { from: "2024-01-01", to: "2024-03-31" } }],
  ["find_risks", {}],
  ["find_risks", { account: "Retailer E" }],
  ["market_signals", {}],
  ["market_signals", { account: "Retailer C", category: "Laundry" }],
  ["market_signals", { competitor: "Whiskerly" }],
  ["compare_promotions", { metric: "net_roi", by: "account", accounts: ["Retailer A", "Retailer B"] }],
  ["compare_promotions", { metric: "uplift", by: "brand", products: [{ brand: "Kestrel" }, { brand: "Lintel" }] }],
  ["market_signals", { period: { from: "2010-01-01", to: "2010-02-01" } }],
];

describe("replies of the advisor", () => {
  let demo: DemoContext;
  beforeAll(async () => {
    demo = await demoContext();
  });
  afterAll(() => demo.close());

  const reply = async (name: string, args: Record<string, unknown>, user = "dan") => {
    const tool = advisorTools.find((t) => t.name === name) as ReadTool;
    const result = await tool.run(await demo.context(user), tool.schema.parse(args));
    const call: Call = { tool: name, args, status: "ok", result: JSON.parse(JSON.stringify(result)), ms: 0 };
    const say = new Say(call, 0);
    advisorComposers[name]!(say);
    return { say, call, text: say.blocks.join("\n\n") };
  };

  it("has a composer for every tool", () => {
    expect(Object.keys(advisorComposers).sort()).toEqual(advisorTools.map((tool) => tool.name).sort());
  });

  it.each(QUESTIONS)("proves every number and reads like a person: %s %j", async (name, args) => {
    const { say, call, text } = await reply(name, args);
    expect(prove(text, say.figures, [call], namesInCalls([call])).removed).toEqual([]);
    const words = text.replace(/“[^”]*”/g, "");
    expect(words).not.toMatch(/\b[a-z]+_[a-z_]+\b|undefined|null|NaN|\[object/);
    expect(words.match(/(?<!net |gross |Net |Gross )\bROI\b/g)).toBeNull();
    expect(text).toContain("**Ground.**");
    for (const chart of say.charts) {
      expect(chart.title.length).toBeGreaterThan(10);
      expect(JSON.stringify(chart.spec)).toContain('"values":[{');
      const { svg, warnings } = await draw(chart.spec);
      expect(warnings).toEqual([]);
      expect(svg).not.toMatch(/NaN|undefined/);
    }
  });

  it("tells a single group as itself, a list of promotions by the whole first, and each figure in one column", async () => {
    const one = await reply("compare_promotions", { metric: "net_roi", by: "account", account: "Retailer A" });
    expect(one.text).toMatch(/^\*\*Albion Fresh\*\*: net ROI /);
    const list = await reply("compare_promotions", { metric: "spend", by: "promotion", account: "Retailer C" });
    expect(list.text).toMatch(/^All \d+ promotions together \(at Cormorant Hyper\): spend €/);
    expect(list.text).toContain("| Promotion | Spend | Incremental profit |");
    expect(list.text).not.toMatch(/interval|pooled|chance/);
    const ranked = await reply("compare_promotions", { metric: "uplift", by: "promotion", top: 5 });
    expect(ranked.text).toMatch(/^\*\*P-\d+/);
  });

  it("lists months along the calendar", async () => {
    const { text } = await reply("compare_promotions", { metric: "spend", by: "month" });
    const months = [...text.matchAll(/^\| (\w+ 20\d\d)(?: \(thin\))? \|/gm)].map((m) => Date.parse(`1 ${m[1]}`));
    expect(months.length).toBeGreaterThan(6);
    expect(months).toEqual(months.toSorted((a, b) => a - b));
  });

  it("says so where no competitor's promotion is reported", async () => {
    const quiet = { account: "Retailer A", category: "Coffee", period: { from: "2026-11-01", to: "2026-11-30" } };
    expect((await reply("market_signals", quiet)).text).toContain("No promotion of a competitor is reported for it.");
    expect((await reply("market_signals", { competitor: "Whiskerly" })).text).toContain("Filter: Whiskerly.");
  });

  it("answers the seed questions with the names that the store gives", async () => {
    expect((await reply("compare_promotions", {})).text).toMatch(
      /^\*\*(Albion|Bramley|Cormorant|Delphi|Estuary|Fairway|Galleon|Harbour)/,
    );
    expect((await reply("explain_result", { account: "Retailer C" })).text).toMatch(
      /Main cause: a competitor's promotion/,
    );
    expect((await reply("explain_result", { account: "Retailer B" })).text).toMatch(/Main cause: the display/);
  });

  it("says of a past promotion both ROIs, how likely it lost money, and where its units came from", async () => {
    const { text } = await reply("explain_result", { account: "Retailer A" });
    expect(text).toMatch(/It brought a net ROI of \S+ \(\S+ to \S+\), a gross ROI of \S+ \(\S+ to \S+\)\./);
    expect(text).toMatch(
      /It lost money with [\d.]+ % probability\.|It hardly can have lost money\.|as good as surely\./,
    );
    expect(text).toMatch(/\| Lower price \| -?[\d,]+ \|/);
    expect(text).toMatch(/\| \*\*Sold\*\* \| [\d,]+ \|/);
  });
});
