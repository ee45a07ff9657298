import { expect, it } from "vitest";
import type { Actor } from "../../../data/users/actor.ts";
import { bandOf } from "../../../tools/forecasts/record/bands.ts";
import { recordFor } from "../../../tools/forecasts/record/recordFor.ts";
import type { Scored } from "../../../tools/forecasts/record/scored.ts";
import { namesInCalls } from "../../figures/names.ts";
import { prove } from "../../figures/prove.ts";
import { Say } from "../say.ts";
import { recordWords } from "./recordWords.ts";

const DAN: Actor = { id: "dan", name: "Dan", role: "manager", accounts: "all" };
const row = (changes: Partial<Scored>): Scored => ({
  promotion_id: 1,
  account_id: 1,
  product_ids: [1],
  mechanic: "tpr",
  depth: 0.2,
  source: "tried",
  units: { mean: 100, low: 90, high: 110, wide: { low: 80, high: 120 }, actual: 112 },
  gain: null,
  planned: null,
  overridden: false,
  ...changes,
});
const times = (n: number, changes: Partial<Scored> = {}): Scored[] => Array.from({ length: n }, () => row(changes));

/** What is said of a record, each of its numbers bound to the result. */
function told(rows: readonly Scored[], depth = 0.2, of: "promotions" | "weeks" = "promotions"): string {
  const account = { id: 1, name: "Albion Fresh" };
  const record = recordFor({ of, made: [], tried: rows }, DAN, { account, mechanic: "tpr", band: bandOf(depth) });
  const call = { tool: "forecast_promotion", args: {}, status: "ok" as const, result: { record }, ms: 1 };
  const say = new Say(call, 0);
  const text = recordWords(say, "/record");
  expect(prove(text, say.figures, [call], namesInCalls([call])).removed).toEqual([]);
  return text;
}

it("says how good such forecasts were, of how many, and what their ranges held", () => {
  expect(told([...times(8), row({ units: { ...row({}).units, actual: 100 } })])).toBe(
    "Forecasts of TPRs of 15 % to 25 % at Albion Fresh were off by 9.6 % of the units sold (9 promotions; the 80 % range held 1 of them).",
  );
});

it("says that there is not enough evidence, and what is known of a wider group", () => {
  expect(told([...times(1), ...times(5, { account_id: 2 })])).toBe(
    "There is not enough evidence on forecasts of TPRs of 15 % to 25 % at Albion Fresh (1 promotion, where 5 are the least); " +
      "those of TPRs of 15 % to 25 % were off by 10.7 % of the units sold (6 promotions; the 80 % range held 0 of them).",
  );
  expect(told([...times(4), ...times(1, { mechanic: "coupon" })])).toContain("; those of all promotions were off by");
  expect(told(times(4))).toMatch(/^There is not enough evidence .* \(4 promotions, where 5 are the least\)\.$/);
  expect(told([])).toContain("has not been tried in this store yet");
});

it("names what has no price cut, the deepest cuts, and weeks of a store without promotions", () => {
  expect(told(times(5, { depth: 0 }), 0)).toContain("Forecasts of promotions without a price cut at Albion Fresh were");
  expect(told(times(5, { depth: 0.5 }), 0.4)).toContain("TPRs of 35 % or deeper at Albion Fresh");
  expect(told(times(5, { mechanic: null }), 0.2, "weeks")).toContain("Forecasts of promoted weeks of 15 % to 25 %");
});
