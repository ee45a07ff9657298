import { ForecastError } from "../errors.ts";
import { fitModel } from "../fit/fit.ts";
import type { FitOptions } from "../fit/parts.ts";
import { forecast } from "../predict/forecast.ts";
import type { Forecast, Panel, Plan } from "../types.ts";

export interface BacktestSpec {
  /** Last training weeks, in the panel's own week numbers. `single` uses the first alone. */
  readonly origins: readonly number[];
  readonly protocol: "single" | "rolling";
}

/** One origin: what may be fitted on, and the plan of the weeks up to the next one. */
export interface Fold {
  readonly origin: number;
  readonly train: Panel;
  readonly plan: Plan;
  /** Row of the whole panel for each row of `plan`. */
  readonly rows: Int32Array;
}

/** Forecasts of a panel's later weeks from its earlier ones: `forecast` row k is the panel's row `rows[k]`. */
export interface BacktestResult {
  readonly rows: Int32Array;
  readonly forecast: Forecast;
}

/** Fits and forecasts every fold. Nothing of a row later than an origin but its plan is used. */
export function backtest(panel: Panel, spec: BacktestSpec, options: FitOptions = { correction: true }): BacktestResult {
  const parts = backtestFolds(panel, spec).map((fold) => ({
    rows: fold.rows,
    forecast: forecast(fitModel(fold.train, options), fold.plan),
  }));
  return joinResults(parts);
}

/**
 * The folds of a protocol. single: fit on weeks ≤ the first origin, forecast all later ones. rolling: for each origin fit
 * on weeks ≤ it and forecast up to the next.
 * @throws ForecastError bad_spec when there is no origin, they do not ascend, or one leaves nothing before or after it
 */
export function backtestFolds(panel: Panel, spec: BacktestSpec): Fold[] {
  const origins = spec.protocol === "single" ? spec.origins.slice(0, 1) : [...spec.origins];
  if (origins.length === 0) throw new ForecastError("bad_spec", "The backtest has no origin.");
  if (panel.week.length === 0) throw new ForecastError("empty_panel", "The panel has no rows.");
  let first = panel.week[0]!;
  let last = first;
  for (const w of panel.week) {
    first = Math.min(first, w);
    last = Math.max(last, w);
  }
  origins.forEach((o, k) => {
    if (!Number.isInteger(o)) throw new ForecastError("bad_spec", `The origin ${o} is not a week.`);
    if (k > 0 && o <= origins[k - 1]!) throw new ForecastError("bad_spec", "The origins must ascend.");
    if (o < first || o >= last)
      throw new ForecastError(
        "bad_spec",
        `The origin ${o} is outside the panel's weeks: it must lie in ${first} to ${last - 1}.`,
      );
  });
  return origins.flatMap((origin, k) => {
    const until = k + 1 < origins.length ? origins[k + 1]! : Number.POSITIVE_INFINITY;
    const train: number[] = [];
    const test: number[] = [];
    for (let i = 0; i < panel.week.length; i++) {
      if (panel.week[i]! <= origin) train.push(i);
      else if (panel.week[i]! <= until) test.push(i);
    }
    if (test.length === 0) return [];
    return [{ origin, train: panelRows(panel, train), plan: planRows(panel, test), rows: Int32Array.from(test) }];
  });
}

/** Results of several folds as one. */
export function joinResults(parts: readonly BacktestResult[]): BacktestResult {
  const join = (pick: (f: Forecast) => Float64Array) =>
    Float64Array.from(parts.flatMap((part) => Array.from(pick(part.forecast))));
  return {
    rows: Int32Array.from(parts.flatMap((part) => Array.from(part.rows))),
    forecast: {
      mean: join((f) => f.mean),
      median: join((f) => f.median),
      q025: join((f) => f.q025),
      q10: join((f) => f.q10),
      q90: join((f) => f.q90),
      q975: join((f) => f.q975),
      extrapolated: Uint8Array.from(parts.flatMap((part) => Array.from(part.forecast.extrapolated))),
    },
  };
}

function planRows(panel: Panel, rows: readonly number[]): Plan {
  const doubles = (values: Float64Array) => Float64Array.from(rows, (i) => values[i]!);
  const integers = (values: Int32Array) => Int32Array.from(rows, (i) => values[i]!);
  return {
    account: integers(panel.account),
    product: integers(panel.product),
    week: integers(panel.week),
    price: doubles(panel.price),
    basePrice: doubles(panel.basePrice),
    drivers: panel.drivers.map((d) => ({ name: d.name, kind: d.kind, values: doubles(d.values) })),
  };
}

function panelRows(panel: Panel, rows: readonly number[]): Panel {
  return {
    ...planRows(panel, rows),
    accounts: panel.accounts,
    products: panel.products,
    categories: panel.categories,
    season: panel.season,
    units: Float64Array.from(rows, (i) => panel.units[i]!),
    outOfStock: Float64Array.from(rows, (i) => panel.outOfStock[i]!),
  };
}
