import { NormalStream } from "./numeric/random.ts";
import { takeRows } from "./testing.ts";
import type { Driver, Panel, Plan } from "./types.ts";

/** One column a random market may have: its kind and its value given how deep the week's price cut is. */
interface DriverShape {
  readonly name: string;
  readonly kind: Driver["kind"];
  readonly value: (draw: NormalStream, depth: number, week: number) => number;
}

const SHAPES: readonly DriverShape[] = [
  { name: "display", kind: "support", value: (d, depth) => (d.uniform() < (depth > 0 ? 0.5 : 0.05) ? 1 : 0) },
  { name: "share of shops", kind: "support", value: (d) => (d.uniform() < 0.3 ? d.uniform() : 0) },
  { name: "price tag", kind: "support", value: (_, depth) => (depth > 0 ? 1 : 0) },
  { name: "multibuy", kind: "depth", value: (d, depth) => (depth === 0 && d.uniform() < 0.08 ? 0.25 : 0) },
  { name: "holiday", kind: "context", value: (_d, _depth, week) => (week % 13 === 5 ? 1 : 0) },
  { name: "rivals' index", kind: "context", value: (d) => 40 + 5 * d.normal() },
  { name: "always", kind: "support", value: () => 1 },
];

/**
 * A market of a shape that the seed draws: one to three accounts and products, 20 to 70 weeks (some 140) numbered from
 * anywhere, everyday prices known, partly known or unknown, up to seven drivers (some collinear or constant), rows and
 * units missing, launches, delistings, zeros, units by the piece or by the million. For tests only.
 */
export function randomMarket(seed: number): Panel {
  const d = new NormalStream(1000 + seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(d.uniform() * list.length)]!;
  const accounts = pick([1, 2, 3]);
  const products = pick([1, 2, 3]);
  const weeks = accounts * products <= 2 ? pick([40, 70, 140]) : pick([20, 40, 70]);
  const firstWeek = pick([-37, 0, 1, 1990]);
  const knownBase = pick([0, 0.9, 1]);
  const missing = pick([0, 0.1]);
  const zeros = pick([0, 0, 0.3]);
  const unitScale = pick([0.5, 3, 6, 12]);
  const priceScale = pick([0.05, 2, 900]);
  const shapes = SHAPES.filter(() => d.uniform() < 0.6);
  const rows: number[][] = [];
  for (let a = 0; a < accounts; a++) {
    for (let q = 0; q < products; q++) {
      const level = unitScale + 0.7 * d.normal();
      const elasticity = 1 + 2 * d.uniform();
      const [from, to] = [d.uniform() < 0.15 ? weeks / 2 : 0, d.uniform() < 0.15 ? weeks * 0.8 : weeks];
      let base = priceScale * (1 + q) * (1 + 0.2 * d.uniform());
      for (let w = 0; w < weeks; w++) {
        if (w % 26 === 25) base *= 1.05;
        const depth = d.uniform() < 0.25 ? pick([0.1, 0.2, 0.33]) : 0;
        const drivers = shapes.map((s) => s.value(d, depth, w));
        const log = level - elasticity * Math.log(1 - depth) + 0.3 * (drivers[0] ?? 0) + 0.25 * d.normal();
        const units = d.uniform() < zeros ? 0 : Math.round(Math.exp(log));
        const known = d.uniform() < knownBase ? base : Number.NaN;
        const sold = d.uniform() < 0.03 ? Number.NaN : units;
        if (w < from || w > to || d.uniform() < missing) continue;
        rows.push([a, q, firstWeek + w, base * (1 - depth), known, sold, ...drivers]);
      }
    }
  }
  const column = (k: number) => Float64Array.from(rows, (r) => r[k]!);
  return {
    accounts: Array.from({ length: accounts }, (_, a) => `Account ${a + 1}`),
    products: Array.from({ length: products }, (_, q) => `Product ${q + 1}`),
    categories: Array.from({ length: products }, (_, q) => (q < 2 ? "Tea" : "Soap")),
    account: Int32Array.from(column(0)),
    product: Int32Array.from(column(1)),
    week: Int32Array.from(column(2)),
    price: column(3),
    basePrice: column(4),
    units: column(5),
    outOfStock: new Float64Array(rows.length),
    season: pick([52, null]),
    drivers: shapes.map((s, k) => ({ name: s.name, kind: s.kind, values: column(6 + k) })),
  };
}

/** Past and plan: the weeks up to the first 80 % of the span, and the rows after it. */
export function splitMarket(panel: Panel): { past: Panel; plan: Panel } {
  const first = Math.min(...panel.week);
  const origin = first + Math.floor(0.8 * (Math.max(...panel.week) - first));
  const rows = (keep: (w: number) => boolean) => [...panel.week.keys()].filter((i) => keep(panel.week[i]!));
  return {
    past: takeRows(
      panel,
      rows((w) => w <= origin),
    ),
    plan: takeRows(
      panel,
      rows((w) => w > origin),
    ),
  };
}

/** The numbers from 0 to n − 1 in an order that the seed draws. */
export function shuffled(n: number, seed: number): number[] {
  const draw = new NormalStream(seed);
  const order = Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const k = Math.floor(draw.uniform() * (i + 1));
    [order[i], order[k]] = [order[k]!, order[i]!];
  }
  return order;
}

/** The plan with every price, and everyday price, times a factor of the row. */
export function pricesTimes<P extends Plan>(plan: P, factor: (row: number) => number, everyday: boolean): P {
  return {
    ...plan,
    price: plan.price.map((v, i) => v * factor(i)),
    basePrice: everyday ? plan.basePrice.map((v, i) => v * factor(i)) : plan.basePrice,
  };
}
