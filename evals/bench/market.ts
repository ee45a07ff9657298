import { type Driver, NormalStream, type Panel, type Plan } from "../../forecasting/index.ts";

export interface MarketSize {
  readonly accounts: number;
  readonly products: number;
  readonly weeks: number;
  /** display, feature, holiday: the first so many. */
  readonly drivers?: number;
  readonly seed?: number;
}

const PER_CATEGORY = 20;

/**
 * A generated market of any size, row for row the same for a seed: levels, elasticities and support effects that differ
 * by account and product, a yearly season, drifting levels, and promotions in one week of six. Rows are in order.
 */
export function generateMarket({ accounts, products, weeks, drivers = 3, seed = 1 }: MarketSize): Panel {
  const stream = new NormalStream(seed);
  const n = accounts * products * weeks;
  const kinds: readonly [name: string, kind: Driver["kind"]][] = [
    ["display", "support"],
    ["feature", "support"],
    ["holiday", "context"],
  ];
  const column = () => new Float64Array(n);
  const columns = kinds.slice(0, drivers).map(([name, kind]) => ({ name, kind, values: column() }));
  const panel = {
    accounts: Array.from({ length: accounts }, (_, a) => `Account ${a + 1}`),
    products: Array.from({ length: products }, (_, q) => `Product ${q + 1}`),
    categories: Array.from({ length: products }, (_, q) => `Category ${Math.floor(q / PER_CATEGORY) + 1}`),
    account: new Int32Array(n),
    product: new Int32Array(n),
    week: new Int32Array(n),
    price: column(),
    basePrice: column(),
    units: column(),
    outOfStock: column(),
    season: 52,
    drivers: columns,
  } satisfies Panel;
  const [display, feature, holiday] = columns.map((c) => c.values);
  const level = Float64Array.from({ length: products }, () => 0.5 * stream.normal());
  let i = 0;
  for (let a = 0; a < accounts; a++) {
    const size = 4 + 0.7 * stream.normal();
    for (let q = 0; q < products; q++) {
      const elasticity = Math.max(0.5, 2.2 + 0.5 * stream.normal());
      const shown = 0.5 + 0.15 * stream.normal();
      const base = 1.5 + (q % 7) * 0.4;
      let drift = 0;
      for (let w = 0; w < weeks; w++, i++) {
        const on = stream.uniform() < 1 / 6;
        const depth = on ? 0.1 + 0.05 * Math.floor(5 * stream.uniform()) : 0;
        const onDisplay = on && stream.uniform() < 0.4 ? 1 : 0;
        const onFeature = on && stream.uniform() < 0.5 ? 1 : 0;
        const isHoliday = w % 26 === 20 ? 1 : 0;
        panel.account[i] = a;
        panel.product[i] = q;
        panel.week[i] = w;
        panel.basePrice[i] = base;
        panel.price[i] = base * (1 - depth);
        if (display) display[i] = onDisplay;
        if (feature) feature[i] = onFeature;
        if (holiday) holiday[i] = isHoliday;
        drift = 0.9 * drift + 0.05 * stream.normal();
        const log =
          size +
          level[q]! +
          drift +
          0.15 * Math.sin((2 * Math.PI * w) / 52.1775) +
          0.2 * isHoliday -
          elasticity * Math.log(1 - depth) +
          shown * onDisplay +
          0.6 * shown * onFeature +
          0.25 * stream.normal();
        panel.units[i] = Math.round(Math.exp(log));
      }
    }
  }
  return panel;
}

/** The last `weeks` weeks of a panel in order as a plan, and what comes before them as the panel to fit on. */
export function splitMarket(panel: Panel, weeks: number): { train: Panel; plan: Plan } {
  let last = 0;
  for (const w of panel.week) last = Math.max(last, w);
  const rows = (keep: (week: number) => boolean): Int32Array => {
    const out: number[] = [];
    panel.week.forEach((w, i) => {
      if (keep(w)) out.push(i);
    });
    return Int32Array.from(out);
  };
  const doubles = (values: Float64Array, at: Int32Array) => Float64Array.from(at, (i) => values[i]!);
  const integers = (values: Int32Array, at: Int32Array) => at.map((i) => values[i]!);
  const part = (at: Int32Array): Plan => ({
    account: integers(panel.account, at),
    product: integers(panel.product, at),
    week: integers(panel.week, at),
    price: doubles(panel.price, at),
    basePrice: doubles(panel.basePrice, at),
    drivers: panel.drivers.map((d) => ({ ...d, values: doubles(d.values, at) })),
  });
  const before = rows((w) => w <= last - weeks);
  return {
    train: {
      ...panel,
      ...part(before),
      units: doubles(panel.units, before),
      outOfStock: doubles(panel.outOfStock, before),
    },
    plan: part(rows((w) => w > last - weeks)),
  };
}
