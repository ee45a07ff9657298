import { describe, expect, it } from "vitest";
import type { Call } from "../../answer.ts";
import { prove } from "../../figures/prove.ts";
import { Say } from "../say.ts";
import { type MatchedJson, matchedSentence, matchedTable } from "./matchedWords.ts";
import { type Stress, stressTable, stressWords } from "./stressWords.ts";

const sayOf = (result: Record<string, unknown>): Say =>
  new Say({ tool: "t", args: {}, status: "ok", result: { interval: 0.8, ...result }, ms: 0 } as Call, 0);
const proven = (say: Say, text: string): string => {
  expect(prove(text, say.figures, [say.call], []).removed).toEqual([]);
  return text;
};

const found = {
  promotions: 12,
  others: 30,
  overlap: 0.75,
  raw: 0.12,
  adjusted: -0.21,
  range: { low: -0.35, high: -0.07 },
  clear: true,
  misleads: true,
  reason: null,
  apart: ["holiday", "season"],
} satisfies MatchedJson & Record<string, unknown>;
const pair = { first: "deep", other: "shallow", metric: "net ROI", unit: "ratio" };

describe("words of a comparison on equal footing", () => {
  it("warns where the plain figures have the other sign, and says what differed", () => {
    const say = sayOf({ m: found });
    const text = proven(say, matchedSentence(say, "/m", found, pair));
    expect(text).toBe(
      "On equal footing the net ROI of deep was lower than that of shallow: a difference of -0.21 (80 % interval -0.35 to -0.07; 12 against 30 promotions, 75 % of them with a counterpart). **The plain figures mislead**: as they ran, the difference was 0.12, with the opposite sign; what differed most was how often they ran before a holiday and the time of the year.",
    );
  });

  it("says that it may be chance, and does not warn where both agree", () => {
    const weak = { ...found, raw: -0.3, clear: false, misleads: false, apart: [] };
    const say = sayOf({ m: weak });
    const text = proven(say, matchedSentence(say, "/m", weak, { ...pair, answers: true }));
    expect(text).toContain("**On equal footing the net ROI of deep was lower than that of shallow**");
    expect(text).toContain("which may be chance");
    expect(text).not.toContain("mislead");
  });

  it("says why there is no comparison", () => {
    const none = { ...found, adjusted: null, range: null, misleads: false, reason: "no_common_stratum" };
    const say = sayOf({ m: none, other: found });
    const text = proven(say, matchedSentence(say, "/m", none, pair));
    expect(text).toMatch(
      /^There is not enough overlap to compare deep with shallow on equal footing: they hardly ever/,
    );
    const rows = [{ name: "deep", path: "/m", matched: none }];
    matchedTable(say, ["Depth", "the others"], rows, "ratio");
    expect(say.blocks).toEqual([]);
    matchedTable(say, ["Depth", "the others"], [...rows, { name: "b", path: "/other", matched: found }], "ratio");
    expect(say.blocks.at(-1)).toContain("| deep | 0.12 | not enough overlap |");
  });
});

describe("words of a stress test", () => {
  const under = (kind: string, net_roi: number, same_sign: boolean | null) => ({
    kind,
    weeks: 8,
    baseline: 100,
    uplift: 0.4,
    net_roi,
    same_sign,
  });
  const stress: Stress & Record<string, unknown> = {
    sign_of: "net_roi",
    gain: true,
    baselines: [under("model", 0.2, true), under("year_before", -0.1, false), under("like_weeks", 0.1, true)],
    tested: 3,
    held: 2,
    placebo: {
      as_large: 1,
      windows: 20,
      weeks: 2,
      interval: 0.8,
      uplift: { low: -0.09, high: 0.1 },
    } as Stress["placebo"],
  };

  it("names the baselines under which the sign turns, and counts the placebos that look as large", () => {
    const say = sayOf({ stress });
    const text = proven(say, stressWords(say, stress));
    expect(text).toContain(
      "**The sign of the net ROI holds under 2 of 3 baselines** (as measured, it earned back its spend); it turns with the median of the same weeks a year before.",
    );
    expect(text).toContain("Of 20 quiet windows of 2 weeks treated as if they had been promotions, 1 showed as large");
    stressTable(say, stress);
    expect(say.blocks.at(-1)).toContain("| The median of the same weeks a year before | 8 | 100 | 40 % | -0.10 |");
  });

  it("says where nothing can be tried", () => {
    const little: Stress = { ...stress, baselines: [stress.baselines[0]!], tested: 1, held: 1, placebo: null };
    const say = sayOf({ stress: little });
    expect(proven(say, stressWords(say, little))).toBe(
      "There are too few quiet weeks around it to hold its baseline against another. Too few quiet windows of this length are known to be tried as placebos.",
    );
  });
});
