import { designMatrix, type Pressure, pressureOf, WeekTables } from "../fit/design.ts";
import { beyondSeen, widening } from "../fit/seen.ts";
import { isPromoted, priorOf } from "../fit/state.ts";
import type { Sheet } from "../panel/sheet.ts";
import { corrections } from "../predict/predict.ts";
import { linearPredictor } from "../predict/predictor.ts";
import { BEYOND } from "../types.ts";
import { classOf, placeOf, QUIET, type ScenarioCells } from "./cells.ts";
import type { LineUp, ScenarioDesign, ScenarioWindow } from "./designs.ts";
import { layOut } from "./layOut.ts";

/** What a design does to one product in one week of the window or after it. */
export interface RowEffect {
  /** Change of the median of ln units. */
  readonly mu: number;
  /** Regressors that change: columns and by how much; and what they add to the variance by themselves. */
  readonly columns: readonly number[];
  readonly change: readonly number[];
  readonly variance: number;
  /** Index into the cells' `classes`. */
  readonly of: number;
}

/** What a design does to a line-up at an account, in any week: promoted products over window and after, others over the window. */
export interface ScenarioEffect {
  readonly window: ScenarioWindow;
  /** Places of the line-up and of the others among the cells' products. */
  readonly places: readonly number[];
  readonly otherPlaces: readonly number[];
  readonly products: readonly (readonly RowEffect[])[];
  /** One a week of the window; a single one where all weeks are alike and quiet. */
  readonly others: readonly (readonly RowEffect[])[];
  readonly extrapolated: boolean;
}

const SAME = 1e-12;

/**
 * What each design does to a line-up of the cells' account. The model's regressors are laid out once, every design in weeks
 * of its own; what changes in them does not depend on the week, so that it is used for any start. (Where boosted trees
 * correct the response, they are asked for the weeks in which the designs lie.)
 * @throws ForecastError for a product that is not among the cells, or a driver the model does not know
 */
export function scenarioEffects(
  cells: ScenarioCells,
  lineUp: LineUp,
  designs: readonly ScenarioDesign[],
  window: ScenarioWindow,
): ScenarioEffect[] {
  const laid = layOut(cells, lineUp, designs, window);
  const tables = new WeekTables(laid.on.week);
  const on = structure(cells, laid.on, tables);
  const off = structure(cells, laid.off, tables);
  const places = lineUp.products.map((q) => placeOf(cells, q));
  const otherPlaces = lineUp.others.map((q) => placeOf(cells, q));
  const span = window.weeks + window.after;
  return designs.map((_, k) => {
    let extrapolated = false;
    const row = (i: number, place: number): RowEffect => {
      const sort = sortOf(cells, laid.on, on.pressure, i);
      extrapolated ||= sort.extrapolated;
      return rowEffect(cells, on, off, i, place, sort.of);
    };
    const products = places.map((place, q) => Array.from({ length: span }, (_w, w) => row(laid.own(k, q, w), place)));
    const beyond = extrapolated;
    const others = otherPlaces.map((place, q) => {
      const rows = Array.from({ length: window.weeks }, (_w, w) => row(laid.other(k, q, w), place));
      const first = rows[0]!;
      return rows.every((r) => r.of === QUIET && sameChange(r, first)) ? [first] : rows;
    });
    return { window, places, otherPlaces, products, others, extrapolated: beyond };
  });
}

/** The part of ln units that regressors make, by row of a sheet. */
interface Structure {
  readonly mu: Float64Array;
  readonly x: Float64Array;
  readonly pressure: Pressure;
}

function structure({ state, account }: ScenarioCells, sheet: Sheet, tables: WeekTables): Structure {
  const { design, pooling, seriesOf } = state;
  const p = design.columns.length;
  const pressure = pressureOf(design, sheet);
  const x = designMatrix(design, sheet, pressure, tables);
  const trees = state.correction ? corrections(state, sheet, pressure, x) : null;
  const mu = new Float64Array(sheet.rows);
  let prior: Float64Array | null = null;
  for (let i = 0; i < sheet.rows; i++) {
    const s = seriesOf[sheet.key[i]!]!;
    if (s < 0 && (i === 0 || sheet.key[i] !== sheet.key[i - 1])) prior = priorOf(state, account, sheet.product[i]!);
    mu[i] =
      s < 0 ? linearPredictor(design, prior!, 0, x, i * p) : linearPredictor(design, pooling.beta, s * p, x, i * p);
    if (trees) mu[i]! += state.correction!.weight * trees[i]!;
  }
  return { mu, x, pressure };
}

/** How sure a promoted row is, as `predict` has it. */
function sortOf(
  cells: ScenarioCells,
  sheet: Sheet,
  pressure: Pressure,
  i: number,
): { of: number; extrapolated: boolean } {
  const { state } = cells;
  const promoted = isPromoted(pressure.depth[i]!, pressure.total[i]!, pressure.support[i]!);
  // A design holds for any week: seasons are the cells'.
  const within = beyondSeen(state.design, state.seen, sheet, pressure, i) & ~BEYOND.season;
  const beyond = state.seriesOf[sheet.key[i]!]! < 0 ? within | BEYOND.series : within;
  const of = classOf(cells, {
    spread: state.calibration.spread[promoted ? 1 : 0],
    widen: widening(beyond),
    noise: promoted ? state.promotedNoise : 1,
  });
  return { of, extrapolated: beyond !== 0 };
}

function rowEffect(
  cells: ScenarioCells,
  on: Structure,
  off: Structure,
  i: number,
  place: number,
  of: number,
): RowEffect {
  const p = cells.state.design.columns.length;
  const columns: number[] = [];
  const change: number[] = [];
  for (let j = 0; j < p; j++) {
    const v = on.x[i * p + j]! - off.x[i * p + j]!;
    if (Math.abs(v) < SAME) continue;
    columns.push(j);
    change.push(v);
  }
  const c = cells.covariance[place]!;
  let variance = 0;
  for (let a = 0; a < columns.length; a++)
    for (let b = 0; b < columns.length; b++) variance += change[a]! * c[columns[a]! * p + columns[b]!]! * change[b]!;
  return { mu: on.mu[i]! - off.mu[i]!, columns, change, variance, of };
}

/** Do the same regressors change by as much? */
const sameChange = (a: RowEffect, b: RowEffect): boolean =>
  a.columns.length === b.columns.length &&
  a.columns.every((column, c) => column === b.columns[c] && Math.abs(a.change[c]! - b.change[c]!) < SAME);
