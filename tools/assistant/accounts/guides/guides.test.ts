import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { tools } from "../../../index.ts";
import { allGuides, parseGuide } from "./guides.ts";
import { LEAST_SCORE, rankGuides } from "./match.ts";

const TOOLS = new Set(tools.map((tool) => tool.name));

const best = (question: string): string | null => {
  const [top] = rankGuides(question, allGuides());
  return top && top.score >= LEAST_SCORE ? top.guide.slug : null;
};

describe("task guides", () => {
  it("are all read, name only tools that exist, and between them every tool", () => {
    const files = readdirSync(new URL("../../../../docs/guides/", import.meta.url)).filter((f) => f.endsWith(".md"));
    expect(allGuides().length).toBe(files.length);
    const named = new Set(allGuides().flatMap((g) => g.tools));
    expect([...named].filter((tool) => !TOOLS.has(tool))).toEqual([]);
    expect([...TOOLS].filter((tool) => !named.has(tool) && tool !== "guide")).toEqual([]);
  });

  it("hold no figure, no tool name and an offer each", () => {
    for (const g of allGuides()) {
      const text = [g.title, g.about, g.offer, ...g.steps, ...g.say].join(" ");
      expect(text, g.slug).not.toMatch(/\d|\w_\w/);
      expect(g.phrases.length, g.slug).toBeGreaterThan(2);
      expect(g.say.length, g.slug).toBeGreaterThan(0);
    }
  });

  it.each([
    ["How do I create a multi-retailer promotion?", "promotion-for-several-accounts"],
    ["how do I adjust promotion parameters for this retailer?", "change-a-promotion"],
    ["where are last quarter's results?", "results-of-a-period"],
    ["How do I change the discount of a promotion?", "change-a-promotion"],
    ["What are the steps to dispute a deduction?", "claims-and-deductions"],
    ["how do I load my Nielsen file", "import-data"],
    ["how can I shift money to another fund", "budgets-and-funds"],
    ["how do I run one deal at three chains at once", "promotion-for-several-accounts"],
    ["explain how to see why a promotion failed", "explain-a-result"],
    ["how do I undo a promotion", "cancel-a-promotion"],
    ["who can approve a promotion?", "submit-and-approve"],
    ["how do I note down a meeting with the buyer", "log-a-meeting"],
    ["how do I get the calendar as Excel", "reports"],
    ["how do I know if your forecasts are any good", "forecast-accuracy"],
    ["why can't I see Delphi", "who-may-do-what"],
    ["how do I make a joint business plan", "reports"],
    ["how to add a display to an existing promotion", "change-a-promotion"],
    ["explain how the approval works", "submit-and-approve"],
    ["how is net ROI calculated?", "what-the-figures-mean"],
    ["what does true incremental mean?", "what-the-figures-mean"],
    ["what's the difference between scan-back and bill-back?", "what-the-figures-mean"],
    ["who can settle claims?", "who-may-do-what"],
    ["can I approve my own promotion?", "submit-and-approve"],
  ])("%s", (question, slug) => {
    expect(best(question)).toBe(slug);
  });

  it.each(["what's the weather", "how do I make coffee", "", "???"])("has none for “%s”", (question) => {
    expect(best(question)).toBeNull();
  });

  it("says which file does not read", () => {
    expect(() => parseGuide("x", "no front matter")).toThrow(/x\.md has no front matter/);
    expect(() => parseGuide("x", "---\ntitle: A\nabout: B\noffer: C\n---\n\nno steps\n")).toThrow(/no steps/);
    expect(() => parseGuide("x", "---\ntitle: A\n---\n1. Step\n")).toThrow(/no about|no offer/);
  });
});
