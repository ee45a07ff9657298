import { describe, expect, it } from "vitest";
import { fitModel, splitEvent } from "../index.ts";
import { simulateMarket } from "../testing.ts";

describe.each([
  { seed: 11, dip: 0.4, correction: false },
  { seed: 12, dip: 0, correction: false },
  { seed: 13, dip: 0.4, correction: true },
])("the split of events of market $seed (correction $correction)", ({ seed, dip, correction }) => {
  const { panel } = simulateMarket({ accounts: 3, products: 4, weeks: 100, seed, dip });
  const model = fitModel(panel, { correction });
  const events = [20, 35, 50, 65, 80, 97].flatMap((week, k) =>
    [1, 2, 3].map((length) => ({
      account: (k + length) % 3,
      products: length === 2 ? [0, 2] : [k % 4],
      weeks: Array.from({ length }, (_, i) => week + i),
      postWeeks: 4,
    })),
  );
  const splits = events.map((event) => splitEvent(model, event));

  it("adds up to the units sold, to the baseline, and to the true incremental units", () => {
    for (const s of splits) {
      const { result: r } = s;
      const effects = Object.values(s.effects).reduce((sum, v) => sum + v, 0);
      const near = (a: number, b: number): void => expect(Math.abs(a - b)).toBeLessThan(1e-9 * Math.max(1, r.units));
      near(s.undisturbed + s.pulledForward + s.otherPromotions + effects + s.unexplained, r.units);
      near(s.undisturbed + s.pulledForward + s.otherPromotions, r.baseline);
      near(effects + s.unexplained - r.dip - r.cannibalised + r.halo, r.trueIncremental);
    }
  });

  it("puts each part where its cause is", () => {
    const at = (event: (typeof events)[number], week: number, of: (i: number) => boolean): boolean =>
      panel.week.some(
        (w, i) =>
          w === week && panel.account[i] === event.account && event.products.includes(panel.product[i]!) && of(i),
      );
    let promoted = 0;
    splits.forEach((s, k) => {
      const ran = (of: (i: number) => boolean): boolean => events[k]!.weeks.some((week) => at(events[k]!, week, of));
      const cut = ran((i) => panel.price[i]! < panel.basePrice[i]!);
      if (cut) expect(s.effects.price).toBeGreaterThan(0);
      else expect(s.effects.price).toBeCloseTo(0, 9);
      for (const driver of panel.drivers) {
        if (driver.kind === "context") expect(s.effects[driver.name]).toBeUndefined();
        else if (!ran((i) => driver.values[i] !== 0)) expect(s.effects[driver.name]).toBeCloseTo(0, 9);
      }
      if (cut) promoted++;
    });
    expect(promoted).toBeGreaterThan(0);
    if (dip > 0) expect(splits.reduce((sum, s) => sum + s.pulledForward, 0)).toBeLessThan(-1);
  });
});
