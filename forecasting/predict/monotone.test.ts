import { describe, expect, it } from "vitest";
import { fitModel, forecast } from "../index.ts";
import { filterPanel, simulateMarket } from "../testing.ts";
import type { Panel } from "../types.ts";

/** Units that rise with the price in one account, to tempt the model into a response of the wrong sign. */
function perverse(panel: Panel): Panel {
  return {
    ...panel,
    units: panel.units.map((u, i) => (panel.account[i] === 0 ? u * (panel.price[i]! / panel.basePrice[i]!) ** 8 : u)),
  };
}

const market = simulateMarket({ accounts: 3, products: 2, weeks: 70, seed: 41, noise: 0.3 });
const unknown = (p: Panel): Panel => ({ ...p, basePrice: new Float64Array(p.week.length).fill(Number.NaN) });

describe.each([
  ["structural", false, false],
  ["corrected", true, false],
  ["with everyday prices estimated", false, true],
  ["corrected, with everyday prices estimated", true, true],
] as const)("units never fall when the price falls (%s)", (_, correction, estimated) => {
  const panel = estimated ? unknown(perverse(market.panel)) : perverse(market.panel);
  const model = fitModel(
    filterPanel(panel, (i) => panel.week[i]! < 62),
    { correction },
  );
  const base = filterPanel(panel, (i) => panel.week[i] === 62);

  it("for any depth and support", () => {
    for (const display of [0, 1]) {
      let before: Float64Array | null = null;
      for (let cut = 0; cut <= 0.6; cut += 0.025) {
        const n = base.week.length;
        const everyday = market.panel.basePrice[0]!;
        const plan = {
          ...base,
          price: Float64Array.from({ length: n }, (_v, i) => everyday * (1 + base.product[i]!) * (1.1 - cut)),
          drivers: base.drivers.map((d, k) => ({ ...d, values: new Float64Array(n).fill(k === 0 ? display : 0) })),
        };
        // One row at a time: other products' prices stay as they are.
        const median = Float64Array.from(
          { length: n },
          (_v, i) =>
            forecast(
              model,
              filterPanel(plan, (k) => k === i),
            ).median[0]!,
        );
        if (before) for (let i = 0; i < n; i++) expect(median[i]!).toBeGreaterThanOrEqual(before[i]! * (1 - 1e-12));
        before = median;
      }
    }
  });
});

describe.each([false, true])("units never rise with the everyday price (correction %s)", (correction) => {
  // Everyday prices step up, and units with them, whatever the reason.
  const step = (w: number) => 1 + 0.1 * Math.floor(w / 14);
  const { panel } = market;
  const dear = {
    ...panel,
    price: panel.price.map((v, i) => v * step(panel.week[i]!)),
    basePrice: panel.basePrice.map((v, i) => v * step(panel.week[i]!)),
    units: panel.units.map((u, i) => u * step(panel.week[i]!) ** 3),
  };
  const model = fitModel(dear, { correction });
  const quiet = filterPanel(dear, (i) => dear.week[i] === 69);

  it("all else equal", () => {
    const n = quiet.week.length;
    let before: Float64Array | null = null;
    for (let f = 0.8; f <= 1.3; f += 0.05) {
      const price = quiet.basePrice.map((v) => v * f);
      const plan = {
        ...quiet,
        week: quiet.week.map((w) => w + 1),
        price,
        basePrice: price,
        drivers: quiet.drivers.map((d) => ({ ...d, values: new Float64Array(n) })),
      };
      const median = Float64Array.from(
        { length: n },
        (_v, i) =>
          forecast(
            model,
            filterPanel(plan, (k) => k === i),
          ).median[0]!,
      );
      if (before) for (let i = 0; i < n; i++) expect(median[i]!).toBeLessThanOrEqual(before[i]! * (1 + 1e-12));
      before = median;
    }
  });
});
