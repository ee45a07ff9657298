import {
  DrawRows,
  evaluateScenario,
  fitModel,
  type Plan,
  SCENARIO_DRAWS,
  type ScenarioDesign,
  ScenarioStart,
  type ScenarioValue,
  scenarioCells,
  scenarioEffects,
  scenarioFactors,
  scenarioNormals,
} from "../../forecasting/index.ts";
import { generateMarket } from "./market.ts";

export interface ScenarioSize {
  readonly accounts: number;
  readonly products: number;
  /** First weeks of promotions. */
  readonly starts: number;
}

export interface ScenarioSeconds {
  readonly evaluations: number;
  readonly draws: number;
  /** Seconds of processor time for cells and their draws; for designs and their draws; for evaluations. */
  readonly prepare: number;
  readonly designs: number;
  readonly evaluate: number;
  /** Sum of expected profits, so that nothing is left out as unused. */
  readonly profit: number;
}

const CATEGORIES = 4;
const WEEKS = 125;
const WINDOW = { weeks: 2, after: 4 };
const DEPTHS = [0.1, 0.15, 0.2, 0.25, 0.3, 0.35];
const SUPPORTS: readonly Record<string, number>[] = [{}, { display: 1 }, { feature: 1 }, { display: 1, feature: 1 }];

/** One scenario of the grid. */
export interface GridScenario {
  readonly account: number;
  readonly product: number;
  /** Week of the start, from 0. */
  readonly start: number;
  readonly value: ScenarioValue;
}

/**
 * Evaluates every product × six depths × four supports × start at every account of a generated market: two weeks in
 * store, four weeks of dip, and the other products of its category, in 400 draws each.
 */
export function measureScenarios(
  { accounts, products, starts }: ScenarioSize,
  each: (scenario: GridScenario) => void = () => {},
): ScenarioSeconds {
  const market = generateMarket({ accounts, products, weeks: WEEKS });
  const model = fitModel({ ...market, categories: market.products.map((_, q) => `Category ${q % CATEGORIES}`) });
  const designs: ScenarioDesign[] = DEPTHS.flatMap((depth) => SUPPORTS.map((drivers) => ({ cut: [depth], drivers })));
  const room = new DrawRows();
  const chance = {
    event: scenarioNormals(1, 1),
    eventSpread: 0.3,
    effects: scenarioNormals(1, 2),
    effectSpread: 0.3,
  };
  const spent = { prepare: 0, designs: 0, evaluate: 0 };
  const timed = <T>(of: keyof typeof spent, work: () => T): T => {
    const from = process.cpuUsage();
    const made = work();
    const { user, system } = process.cpuUsage(from);
    spent[of] += (user + system) / 1e6;
    return made;
  };
  let evaluations = 0;
  let profit = 0;
  for (let account = 0; account < accounts; account++) {
    const weeks = starts + WINDOW.weeks + WINDOW.after - 1;
    const cells = timed("prepare", () => scenarioCells(model, quietWeeks(account, products, weeks)));
    const worlds = Array.from({ length: starts }, (_, s) => new ScenarioStart(cells, WEEKS + s, WINDOW));
    for (let product = 0; product < products; product++) {
      const others = cells.products.filter((q) => q !== product && q % CATEGORIES === product % CATEGORIES);
      const effects = timed("designs", () => scenarioEffects(cells, { products: [product], others }, designs, WINDOW));
      const price = priceOf(product);
      const cash = 0.3 * price;
      const otherMargin = others.map((q) => 0.3 * priceOf(q));
      designs.forEach((design, k) => {
        const factors = timed("designs", () => scenarioFactors(cells, effects[k]!, chance, room));
        const allowance = 0.5 * price * (design.cut[0] ?? 0);
        const terms = {
          margin: [cash],
          allowance: [allowance],
          fixed: 100 * Object.keys(design.drivers).length,
          otherMargin,
          retailer: { everyday: [cash], promoted: [cash - allowance], others: otherMargin },
        };
        const values = timed("evaluate", () => worlds.map((start) => evaluateScenario(start, factors, terms)));
        values.forEach((value, start) => {
          profit += value.netProfit ?? 0;
          each({ account, product, start, value });
        });
        evaluations += starts;
      });
    }
  }
  return { evaluations, draws: SCENARIO_DRAWS, ...spent, profit };
}

/** As the market prices it. */
const priceOf = (product: number): number => 1.5 + (product % 7) * 0.4;

/** Weeks after the market's, everything at its everyday price. */
function quietWeeks(account: number, products: number, weeks: number): Plan {
  const n = products * weeks;
  const price = Float64Array.from({ length: n }, (_, i) => priceOf(Math.floor(i / weeks)));
  const none = new Float64Array(n);
  return {
    account: new Int32Array(n).fill(account),
    product: Int32Array.from({ length: n }, (_, i) => Math.floor(i / weeks)),
    week: Int32Array.from({ length: n }, (_, i) => WEEKS + (i % weeks)),
    price,
    basePrice: price,
    drivers: [
      { name: "display", kind: "support", values: none },
      { name: "feature", kind: "support", values: none },
      { name: "holiday", kind: "context", values: none },
    ],
  };
}
