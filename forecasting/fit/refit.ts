import { ForecastError } from "../errors.ts";
import type { Design } from "../panel/columns.ts";
import type { Sheet } from "../panel/sheet.ts";
import { linearPredictor } from "../predict/predictor.ts";
import type { Model, Panel } from "../types.ts";
import { accumulate } from "./drift.ts";
import { downweigh, takeLevels, updateSigma } from "./estimate.ts";
import { pool, settleGains } from "./hierarchy.ts";
import { times } from "./marginal.ts";
import { type Level, type Pooling, type Statistics, startPooling } from "./pooling.ts";
import { type Prepared, prepare, promotedRows } from "./prepare.ts";
import { RowSource } from "./rows.ts";
import { seenOf } from "./seen.ts";
import { type State, stateOf } from "./state.ts";

const ROUNDS = 3;
const POOLING_ROUNDS = 3;

/**
 * The model with one account's rows replaced: its own effects, its series' coefficients, noise and levels are found anew
 * given what is shared by all (variances, the other levels' effects, drift, calibration), which stays as it is; every
 * other account keeps its bits. The account must sell the products that it sold, and the model have no boosted correction:
 * otherwise the whole is to be fitted.
 * @param panel the account's rows, with the lists and drivers of the panel that the model was fitted to
 * @throws ForecastError as `fitModel`; bad_shape where the rows are not one account's, or its products are others; bad_model
 */
export function refitAccount(model: Model, panel: Panel): Model {
  const state = stateOf(model);
  if (state.correction) throw new ForecastError("bad_model", "A model with a boosted correction is fitted as a whole.");
  const bare = prepare(panel);
  const first = state.seriesOf[bare.seriesKey[0]!] ?? -1;
  const same = bare.seriesKey.every((key, k) => state.seriesKey[first + k] === key);
  const account = bare.sheet.account[0]!;
  const count = state.seriesKey.filter((key) => Math.floor(key / state.design.productCount) === account).length;
  if (first < 0 || !same || count !== bare.seriesKey.length || bare.sheet.account.some((a) => a !== account))
    throw new ForecastError("bad_shape", "The rows are not those of one account with the products that it sold.");
  const design = designWith(state.design, bare);
  const made = estimateAccount(state, { ...bare, design }, first, account);
  const next = replaced(state, design, bare, made, first, account);
  const lastWeek = model.lastWeek.slice();
  bare.seriesKey.forEach((key, k) => {
    lastWeek[key] = bare.sheet.week[bare.start[k + 1]! - 1]!;
  });
  return { ...model, lastWeek, rows: next.history.rows, state: next };
}

/** The design with the account's own reference prices and shares. */
function designWith(design: Design, bare: Prepared): Design {
  const reference = design.reference.slice();
  const share = design.share.slice();
  for (const key of bare.seriesKey) {
    reference[key] = bare.design.reference[key]!;
    share[key] = bare.design.share[key]!;
  }
  return { ...design, reference, share };
}

interface Account {
  readonly pooling: Pooling;
  /** By series × columns: the effects that stay as they are. */
  readonly fixed: Float64Array;
  readonly sigma2: Float64Array;
  readonly noise: Float64Array;
  readonly endLevel: Float64Array;
  readonly endVariance: Float64Array;
}

/**
 * The account's own effects and its series' coefficients given all other effects: the pooling of `estimate` on what the
 * others leave, with the account's level as its only one.
 */
function estimateAccount(state: State, bare: Prepared, first: number, account: number): Account {
  const { design, sheet, start, target, own } = bare;
  const { pooling, drift, promotedNoise } = state;
  const p = design.columns.length;
  const series = start.length - 1;
  const to = start.slice(1);
  const rows = new RowSource(design, sheet, bare.tables, start, target);
  const data = { sheet, start, target, promoted: promotedRows(design, sheet, start) };
  const fixed = fixedEffects(state, bare, first);
  // The account's rows are centred on a mean of their own.
  const offset = fixed.slice();
  for (let s = 0; s < series; s++) offset[s * p]! -= target.centre - state.centre;

  const crossed = pooling.levels.findIndex((level) => level.name === "account");
  const columns = crossed < 0 ? new Int32Array(0) : pooling.levels[crossed]!.columns;
  const level: Level = { name: "all", groups: 1, groupOf: new Int32Array(series), columns };
  const stats: Statistics = {
    series,
    columns: p,
    gram: new Float64Array((series * p * (p + 1)) / 2),
    moment: new Float64Array(series * p),
    sigma2: state.sigma2.slice(first, first + series),
    designEffect: Float64Array.of(crossed < 0 ? 1 : state.designEffect[crossed]!),
  };
  const priors = { mean: new Float64Array(p), sd: new Float64Array(p).fill(1) };
  const local = startPooling(stats, [level], own, priors);
  local.ownTau2.set(pooling.ownTau2);
  if (crossed >= 0) {
    local.tau2[0]!.set(pooling.tau2[crossed]!);
    local.effects[0]!.set(pooling.effects[crossed]!.subarray(account * p, (account + 1) * p));
    for (let s = 0; s < series; s++) local.prior.set(local.effects[0]!, s * p);
  }
  const noise = Float64Array.from(data.promoted, (on, i) => target.noise(i) * (on ? promotedNoise : 1));
  const shock = new Float64Array(sheet.rows);
  const endLevel = new Float64Array(series);
  const endVariance = new Float64Array(series);
  const taken = new Float64Array(p);
  const beta = new Float64Array(p);
  for (let round = 0; round < ROUNDS; round++) {
    stats.gram.fill(0);
    stats.moment.fill(0);
    for (let s = 0; s < series; s++) {
      accumulate(drift, sheet.week, rows.of(s), noise, start[s]!, to[s]!, p, stats.gram, stats.moment, s);
      times(stats.gram, (s * p * (p + 1)) / 2, offset.subarray(s * p, (s + 1) * p), p, taken);
      for (let j = 0; j < p; j++) stats.moment[s * p + j]! -= taken[j]!;
    }
    pool(stats, local, priors, POOLING_ROUNDS, false);
    if (round === ROUNDS - 1) settleGains(stats, local);
    for (let s = 0; s < series; s++) {
      const { first: at, x, y } = rows.of(s);
      for (let j = 0; j < p; j++) beta[j] = fixed[s * p + j]! + local.beta[s * p + j]!;
      for (let i = start[s]!; i < to[s]!; i++)
        shock[i] = y[i - at]! + target.centre - state.centre - linearPredictor(design, beta, 0, x, (i - at) * p);
    }
    updateSigma(data, to, drift, noise, shock, stats.sigma2, state.sigma2All);
    takeLevels(data, to, drift, noise, shock, endLevel, endVariance);
    if (round < ROUNDS - 1) downweigh(data, to, shock, stats.sigma2, promotedNoise, noise);
  }
  return { pooling: local, fixed, sigma2: stats.sigma2, noise, endLevel, endVariance };
}

/** Series × columns: the sum of all levels' effects but the account's. */
function fixedEffects(state: State, bare: Prepared, first: number): Float64Array {
  const p = state.design.columns.length;
  const out = new Float64Array(bare.seriesKey.length * p);
  state.pooling.levels.forEach((level, k) => {
    if (level.name === "account") return;
    for (let s = 0; s < bare.seriesKey.length; s++) {
      const group = level.groupOf[first + s]! * p;
      for (let j = 0; j < p; j++) out[s * p + j]! += state.pooling.effects[k]![group + j]!;
    }
  });
  return out;
}

/** The state with the account's part in the place of what stood there. */
function replaced(state: State, design: Design, bare: Prepared, made: Account, first: number, account: number): State {
  const { pooling: old, history } = state;
  const p = design.columns.length;
  const r = old.own.length;
  const from = state.start[first]!;
  const until = state.start[first + bare.seriesKey.length]!;
  const more = bare.sheet.rows - (until - from);
  const start = state.start.map((at, s) =>
    s < first ? at : s < first + bare.seriesKey.length ? from + bare.start[s - first]! : at + more,
  );
  const noise = doubles(state.noise, made.noise, from, until);
  const sheet: Sheet = {
    rows: history.rows + more,
    key: integers(history.key, bare.sheet.key, from, until),
    account: integers(history.account, bare.sheet.account, from, until),
    product: integers(history.product, bare.sheet.product, from, until),
    week: integers(history.week, bare.sheet.week, from, until),
    price: doubles(history.price, bare.sheet.price, from, until),
    base: doubles(history.base, bare.sheet.base, from, until),
    drivers: history.drivers.map((d, k) => doubles(d, bare.sheet.drivers[k]!, from, until)),
  };
  const put = (whole: Float64Array, part: Float64Array, at: number): Float64Array => {
    const out = whole.slice();
    out.set(part, at);
    return out;
  };
  const plusFixed = (part: Float64Array) => part.map((v, i) => v + made.fixed[i]!);
  const crossed = old.levels.findIndex((level) => level.name === "account");
  const atLevel = (arrays: readonly Float64Array[], part: Float64Array, width: number) =>
    arrays.map((array, k) => (k === crossed ? put(array, part, account * width) : array));
  const f = crossed < 0 ? 0 : old.levels[crossed]!.columns.length;
  return {
    ...state,
    design,
    start,
    history: sheet,
    noise,
    units: doubles(state.units, bare.units, from, until),
    pooling: {
      ...old,
      effects: atLevel(old.effects, made.pooling.effects[0]!, p),
      covariance: atLevel(old.covariance, made.pooling.covariance[0]!, f * f),
      beta: put(old.beta, plusFixed(made.pooling.beta), first * p),
      prior: put(old.prior, plusFixed(made.pooling.prior), first * p),
      ownCovariance: put(old.ownCovariance, made.pooling.ownCovariance, first * r * r),
      gain: put(old.gain, made.pooling.gain, first * r * p),
    },
    sigma2: put(state.sigma2, made.sigma2, first),
    endLevel: put(state.endLevel, made.endLevel, first),
    endVariance: put(state.endVariance, made.endVariance, first),
    emptyBelow: put(state.emptyBelow, bare.target.emptyBelow, first),
    seen: seenOf(design, sheet, (i) => noise[i]!, start, start.slice(1)),
  };
}

/** `part` in the place of [from, until) of `whole`. */
function doubles(whole: Float64Array, part: Float64Array, from: number, until: number): Float64Array {
  const out = new Float64Array(whole.length - (until - from) + part.length);
  out.set(whole.subarray(0, from));
  out.set(part, from);
  out.set(whole.subarray(until), from + part.length);
  return out;
}

function integers(whole: Int32Array, part: Int32Array, from: number, until: number): Int32Array {
  const out = new Int32Array(whole.length - (until - from) + part.length);
  out.set(whole.subarray(0, from));
  out.set(part, from);
  out.set(whole.subarray(until), from + part.length);
  return out;
}
