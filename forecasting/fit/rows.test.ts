import { describe, expect, it } from "vitest";
import { WeekRanks } from "../panel/weeks.ts";
import { simulateMarket, takeRows } from "../testing.ts";
import { estimate } from "./estimate.ts";
import { fitModel } from "./fit.ts";
import { endBy } from "./holdout.ts";
import { prepare, withGains } from "./prepare.ts";
import { RowSource } from "./rows.ts";

const { panel } = simulateMarket({ accounts: 60, products: 5, weeks: 110, season: true });

describe("rows by block", () => {
  it("are the rows of the whole matrix, bit for bit, in whatever order series are asked for", () => {
    const bare = prepare({ ...panel, brands: panel.products.map((_, q) => `brand ${q >> 1}`) });
    const to = endBy(bare, bare.design.origin);
    const { design, sheet, tables, start, target, rows } = withGains(bare, estimate(bare, { to, first: true }).pooling);
    const p = design.columns.length;
    expect(design.columns.map((c) => c.role)).toEqual(expect.arrayContaining(["lag", "cross", "shield", "season"]));
    const whole = rows.whole();
    const blocks = new RowSource(design, sheet, tables, start, target, 0);
    const series = start.length - 1;
    for (const s of [0, 1, 2, series - 1, 3, 150, 151, 20]) {
      const { first, x, y, noise } = blocks.of(s);
      expect(x.length).toBeLessThan(whole.x.length / 2);
      const [from, until] = [start[s]!, start[s + 1]!];
      expect(x.slice((from - first) * p, (until - first) * p)).toEqual(whole.x.slice(from * p, until * p));
      expect(y.slice(from - first, until - first)).toEqual(whole.y.slice(from, until));
      expect(noise.slice(from - first, until - first)).toEqual(whole.noise.slice(from, until));
    }
  });
});

describe("a fit", () => {
  it("leaves the panel as it was, prices to be filled in or not", () => {
    const given = takeRows(panel, [...panel.week.keys()]);
    const bare = { ...given, basePrice: new Float64Array(given.week.length).fill(Number.NaN) };
    for (const p of [given, bare]) {
      const before = takeRows(p, [...p.week.keys()]);
      fitModel(p, { calibrate: false });
      expect(p).toEqual(before);
    }
  });
});

describe("ranks of weeks", () => {
  it("stay below their count, one a week, however far apart the weeks lie", () => {
    for (const weeks of [[5, 6, 7, 5], [1_000_000_000, -3, 17, -3], []]) {
      const ranks = new WeekRanks(Int32Array.from(weeks));
      const found = weeks.map((w) => ranks.of(w));
      expect(new Set(found).size).toBe(new Set(weeks).size);
      for (const rank of found) expect(rank >= 0 && rank < ranks.count).toBe(true);
      expect(ranks.count).toBeLessThan(2000);
    }
  });
});
