import { stateOf } from "../fit/state.ts";
import { units as toUnits } from "../predict/forecast.ts";
import { type Predicted, predict } from "../predict/predict.ts";
import { type Parts, predictorParts } from "../predict/predictor.ts";
import type { Model } from "../types.ts";
import { AFTER_PROMOTION, logMeanFactor, meanShift, OTHER_PRODUCTS, PRICE } from "./decompose.ts";
import { type EventResult, evaluateEvent, eventCells, type PastEvent } from "./event.ts";

/** Where the units of an event came from and what they cost elsewhere. All in units; each of the two sums is exact. */
export interface EventSplit {
  readonly result: EventResult;
  /** What would have sold with no promotion, this one's or an earlier one's, and none of the firm's others in its weeks. */
  readonly undisturbed: number;
  /** What earlier promotions of the same products had pulled out of these weeks (negative). */
  readonly pulledForward: number;
  /** What the firm's other promotions in these weeks took from its products (negative) or lent them. */
  readonly otherPromotions: number;
  /** What the event did in its own weeks, by cause: `price`, each support and mechanic, `after promotion` (a later week of it sells into full cupboards), `other products` (its products between them). */
  readonly effects: Readonly<Record<string, number>>;
  /** Units sold less all of these. */
  readonly unexplained: number;
}

/**
 * Splits what `evaluateEvent` measures: baseline = undisturbed + pulledForward + otherPromotions, and units = baseline +
 * Σ effects + unexplained; true incremental = Σ effects + unexplained − dip − cannibalised + halo. Log effects are shared out
 * by the logarithmic mean, which adds up exactly (Ang 2004).
 * @throws ForecastError bad_index, as `evaluateEvent`
 */
export function splitEvent(model: Model, event: PastEvent): EventSplit {
  const result = evaluateEvent(model, event);
  const state = stateOf(model);
  const { design } = state;
  const cells = eventCells(state, { ...event, postWeeks: 0 });
  const own = cells.role.flatMap((role, i) => (role === 0 ? [i] : []));
  const a = predict(model, cells.on);
  const b = predict(model, cells.off);
  const names = design.driverNames.flatMap((name, d) => (design.driverKinds[d] === "context" ? [] : [{ name, d }]));
  const effects: Record<string, number> = { [PRICE]: 0 };
  for (const { name } of names) effects[name] = 0;
  effects[AFTER_PROMOTION] = 0;
  effects[OTHER_PRODUCTS] = 0;
  let undisturbed = 0;
  let pulledForward = 0;
  let otherPromotions = 0;
  const partsOf = (of: Predicted, i: number): Parts =>
    predictorParts(design, of.beta, of.betaAt[i]!, of.x, i * design.columns.length);
  for (const i of own) {
    const on = partsOf(a, i);
    const off = partsOf(b, i);
    const B = toUnits(b.mu[i]! + meanShift(state, b, i));
    const before = off.lag + off.cross;
    const free = B * Math.exp(-before);
    undisturbed += free;
    pulledForward += free * logMeanFactor(before) * off.lag;
    otherPromotions += free * logMeanFactor(before) * off.cross;
    const logs: [string, number][] = [
      [PRICE, on.price - off.price],
      ...names.map(({ name, d }): [string, number] => [name, on.drivers[d]! - off.drivers[d]!]),
      [AFTER_PROMOTION, on.lag - off.lag],
      [OTHER_PRODUCTS, on.cross - off.cross],
    ];
    const factor = B * logMeanFactor(logs.reduce((sum, [, log]) => sum + log, 0));
    for (const [name, log] of logs) effects[name]! += factor * log;
  }
  const explained = Object.values(effects).reduce((sum, units) => sum + units, 0);
  return {
    result,
    undisturbed,
    pulledForward,
    otherPromotions,
    effects,
    unexplained: result.units - result.baseline - explained,
  };
}
