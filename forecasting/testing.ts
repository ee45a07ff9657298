import { NormalStream } from "./numeric/random.ts";
import type { Driver, Panel } from "./types.ts";

/** A small market with known truth, for tests only. */
export interface MarketOptions {
  readonly accounts?: number;
  readonly products?: number;
  readonly weeks?: number;
  readonly seed?: number;
  readonly noise?: number;
  /** Mean elasticity of a price cut (positive) and effect of display; each series differs by `spread`. */
  readonly elasticity?: number;
  readonly display?: number;
  readonly spread?: number;
  /** ln units lost in the week after a promotion, by unit of its depth. */
  readonly dip?: number;
  readonly season?: boolean;
  /** Standard deviation of what each series' level moves by in a week, for good. */
  readonly walk?: number;
}

export interface Market {
  readonly panel: Panel;
  /** By account × products + product. */
  readonly elasticity: Float64Array;
  readonly display: Float64Array;
  /** Units without any promotion and before noise, by row. */
  readonly baseline: Float64Array;
  /** Units expected before noise, by row. */
  readonly expected: Float64Array;
}

/** Simulates a market; rows are account by account, product by product, week by week. */
export function simulateMarket(options: MarketOptions = {}): Market {
  const {
    accounts = 4,
    products = 3,
    weeks = 80,
    seed = 1,
    noise = 0.1,
    elasticity = 2.5,
    display = 0.4,
    spread = 0.3,
    dip = 0,
    season = false,
    walk = 0,
  } = options;
  const stream = new NormalStream(seed);
  const n = accounts * products * weeks;
  const column = () => new Float64Array(n);
  const panel = {
    accounts: Array.from({ length: accounts }, (_, a) => `Account ${a + 1}`),
    products: Array.from({ length: products }, (_, q) => `Product ${q + 1}`),
    categories: Array.from({ length: products }, (_, q) => (q % 2 === 0 ? "Tea" : "Soap")),
    account: new Int32Array(n),
    product: new Int32Array(n),
    week: new Int32Array(n),
    price: column(),
    basePrice: column(),
    units: column(),
    outOfStock: column(),
    season: season ? 52 : null,
    drivers: [
      { name: "display", kind: "support", values: column() },
      { name: "multibuy", kind: "depth", values: column() },
      { name: "holiday", kind: "context", values: column() },
    ] satisfies Driver[],
  };
  const elasticities = new Float64Array(accounts * products);
  const displays = new Float64Array(accounts * products);
  const baseline = column();
  const expected = column();
  let i = 0;
  for (let a = 0; a < accounts; a++) {
    for (let q = 0; q < products; q++) {
      const key = a * products + q;
      elasticities[key] = Math.max(0.5, elasticity + spread * stream.normal());
      displays[key] = display + spread * 0.3 * stream.normal();
      let level = 5 + 0.5 * stream.normal();
      const base = 2 + q;
      let before = 0;
      for (let w = 0; w < weeks; w++, i++) {
        const on = stream.uniform() < 0.2;
        const depth = on ? [0.1, 0.2, 0.3][Math.floor(stream.uniform() * 3)]! : 0;
        const shown = stream.uniform() < (on ? 0.5 : 0.05) ? 1 : 0;
        const multibuy = !on && stream.uniform() < 0.06 ? 0.25 : 0;
        const holiday = w % 26 === 20 ? 1 : 0;
        if (walk > 0) level += walk * stream.normal();
        panel.account[i] = a;
        panel.product[i] = q;
        panel.week[i] = w;
        panel.basePrice[i] = base;
        panel.price[i] = base * (1 - depth);
        panel.drivers[0]!.values[i] = shown;
        panel.drivers[1]!.values[i] = multibuy;
        panel.drivers[2]!.values[i] = holiday;
        const quiet = level + 0.2 * holiday + (season ? 0.3 * Math.sin((2 * Math.PI * w) / 52.1775) : 0) - dip * before;
        const total = -Math.log(1 - depth) - Math.log(1 - multibuy);
        const log = quiet + elasticities[key]! * total + displays[key]! * shown;
        baseline[i] = Math.exp(quiet);
        expected[i] = Math.exp(log);
        panel.units[i] = Math.round(Math.exp(log + noise * stream.normal()));
        before = total;
      }
    }
  }
  return { panel, elasticity: elasticities, display: displays, baseline, expected };
}

/** The rows of a panel for which `keep` holds, as a panel of the same lists. */
export function filterPanel(panel: Panel, keep: (i: number) => boolean): Panel {
  const rows: number[] = [];
  for (let i = 0; i < panel.week.length; i++) if (keep(i)) rows.push(i);
  return takeRows(panel, rows);
}

/** Rows of a panel in the order given. */
export function takeRows(panel: Panel, rows: readonly number[]): Panel {
  const f = (values: Float64Array) => Float64Array.from(rows, (i) => values[i]!);
  const n = (values: Int32Array) => Int32Array.from(rows, (i) => values[i]!);
  return {
    ...panel,
    account: n(panel.account),
    product: n(panel.product),
    week: n(panel.week),
    price: f(panel.price),
    basePrice: f(panel.basePrice),
    units: f(panel.units),
    outOfStock: f(panel.outOfStock),
    drivers: panel.drivers.map((d) => ({ ...d, values: f(d.values) })),
  };
}
