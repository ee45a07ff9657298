import { describe, expect, it } from "vitest";
import { chooseColumns, type Design } from "../panel/columns.ts";
import { keepWeeks, type LikeWeeks, leftIn } from "./likeWeeks.ts";

const columns = chooseColumns(["display"], ["support"], [true], null, 40, false, false);
const design = { columns } as unknown as Design;
const p = columns.length;
const depth = columns.findIndex((c) => c.role === "depth");
const display = columns.findIndex((c) => c.role === "support");

/** Rows of regressors with a price cut and a display, 0 elsewhere. */
function rows(weeks: readonly (readonly [cut: number, shown: number])[]): Float64Array {
  const x = new Float64Array(weeks.length * p);
  weeks.forEach(([cut, shown], i) => {
    x[i * p + depth] = cut;
    x[i * p + display] = shown;
  });
  return x;
}

function past(weeks: readonly (readonly [cut: number, shown: number, left: number])[]): LikeWeeks {
  const x = rows(weeks.map(([cut, shown]) => [cut, shown] as const));
  const left = Float64Array.from(weeks, (w) => w[2]);
  return keepWeeks(design, x, left, Int32Array.of(0), Int32Array.of(weeks.length), () => true);
}

function found(like: LikeWeeks, weeks: readonly (readonly [number, number])[], slope = 10): Float64Array {
  return leftIn(like, design, { rows: weeks.length, x: rows(weeks), series: () => 0, slope: () => slope });
}

describe("what like weeks left", () => {
  it("is found again at their price cut and support, drawn a little to nothing, and nowhere else", () => {
    const like = past([
      [0.28, 1, 0.3],
      [0.28, 1, 0.3],
      [0.28, 1, 0.3],
      [0, 0, 0],
    ]);
    const own = 0.28 + 1;
    const [same, alone, other] = found(like, [
      [0.28, 1],
      [0.28, 0],
      [0, 0],
    ]);
    expect(same).toBeCloseTo((0.3 * 3 * own) / (3 + 0.3) / (own + 0.05), 3);
    expect(Math.abs(alone!)).toBeLessThan(0.01);
    expect(other).toBe(0);
  });

  it("never falls faster with the cut than the response rises", () => {
    const like = past([
      [0.1, 0, 0.8],
      [0.11, 0, 0.8],
      [0.3, 0, -0.9],
      [0.31, 0, -0.9],
    ]);
    const cuts = Array.from({ length: 200 }, (_, k) => [k * 0.0031, 0] as const);
    for (const slope of [0, 0.7, 3]) {
      const left = found(like, cuts, slope);
      for (let k = 1; k < cuts.length; k++)
        expect(left[k]! - left[k - 1]!).toBeGreaterThanOrEqual(-slope * (cuts[k]![0] - cuts[k - 1]![0]) - 1e-12);
    }
    expect(found(like, [[0.3, 0]], 30)[0]).toBeLessThan(-0.4);
  });

  it("counts a week's left-over for no more than a factor e, and a series never seen for nothing", () => {
    const like = past([[0.2, 0, 50]]);
    expect(found(like, [[0.2, 0]])[0]).toBeCloseTo((1 / 1.3) * (0.2 / 0.25), 3);
    const unseen = { rows: 1, x: rows([[0.2, 0]]), series: () => -1, slope: () => 1 };
    expect(leftIn(like, design, unseen)[0]).toBe(0);
  });
});
