import { ForecastError } from "../errors.ts";
import { type State, stateOf } from "../fit/state.ts";
import { asIfPromoted, type Past, pastOf } from "../predict/past.ts";
import type { Model } from "../types.ts";
import { type EventResult, evaluateEvent, type PastEvent } from "./event.ts";

/** Quiet weeks measured as if they had been a promotion: what is found there is the method's error. */
export interface Placebo {
  readonly weeks: readonly number[];
  /** Products of the event that were measured and quiet in all of these weeks. */
  readonly products: readonly number[];
  readonly result: EventResult;
  /** Gross incremental over baseline, a fraction. */
  readonly uplift: number;
  /** Does the 80 % (95 %) interval of the true incremental units hold 0? */
  readonly holds80: boolean;
  readonly holds95: boolean;
}

/** Placebo windows taken at most, evenly spread over the history. */
const MOST = 20;

/**
 * Quiet windows of the same series and length as an event, each measured exactly as the event is: its own weeks tell
 * nothing of the local level (`asIfPromoted`), nor do those of the event. Windows do not overlap; weeks out of stock, not
 * measured or in the event's own weeks and its dip are not taken. A series whose coefficients learnt from these weeks stays as it is.
 * @param event its products, account, weeks and postWeeks; a window has as many consecutive weeks as it has
 * @param most windows measured at most
 * @returns in order of time; empty where the history has no such windows
 * @throws ForecastError bad_index for an account or product the model does not list
 */
export function placeboEvents(model: Model, event: PastEvent, most = MOST): Placebo[] {
  const state = stateOf(model);
  if (!(event.account >= 0 && event.account < model.accounts.length))
    throw new ForecastError("bad_index", `Account ${event.account} is not one of ${model.accounts.length}.`);
  if (event.products.some((product) => !(product >= 0 && product < model.products.length)))
    throw new ForecastError("bad_index", "A product of the event is not in the model.");
  return spread(quietWindows(state, pastOf(state), event), most).map(({ weeks, products }) => {
    const asked = { account: event.account, products, weeks, postWeeks: event.postWeeks };
    const result = evaluateEvent(asIfPromoted(model, event.account, products, new Set(weeks)), asked);
    return {
      weeks,
      products,
      result,
      uplift: result.baseline > 0 ? result.grossIncremental / result.baseline : 0,
      holds80: result.q10 <= 0 && result.q90 >= 0,
      holds95: result.q025 <= 0 && result.q975 >= 0,
    };
  });
}

interface Window {
  readonly weeks: readonly number[];
  readonly products: readonly number[];
}

/** Every window of the event's length in which none of its products was promoted, one after the other. */
function quietWindows(state: State, past: Past, event: PastEvent): Window[] {
  const length = event.weeks.length;
  if (length === 0) return [];
  const first = Math.min(...event.weeks);
  const last = Math.max(...event.weeks) + event.postWeeks;
  const series = event.products.flatMap((product) => {
    const rows = weeksOf(state, past, event.account, product);
    return rows.size ? [{ product, rows }] : [];
  });
  const all = series.flatMap(({ rows }) => [...rows.keys()]);
  const end = all.reduce((latest, week) => Math.max(latest, week), Number.NEGATIVE_INFINITY);
  const windows: Window[] = [];
  for (let week = all.reduce((earliest, w) => Math.min(earliest, w), end); week + length - 1 <= end; ) {
    const weeks = Array.from({ length }, (_, k) => week + k);
    const apart = week > last || week + length - 1 < first;
    const quiet = !series.some(({ rows }) => weeks.some((w) => rows.get(w) === "promoted"));
    const products = series
      .filter(({ rows }) => weeks.every((w) => rows.get(w) === "quiet"))
      .map(({ product }) => product);
    const taken = apart && quiet && products.length > 0;
    if (taken) windows.push({ weeks, products });
    week += taken ? length : 1;
  }
  return windows;
}

type Week = "quiet" | "promoted" | "not counted";

/** What each measured week of a series was; one whose units are unknown or fell short of demand is not counted. */
function weeksOf(state: State, past: Past, account: number, product: number): Map<number, Week> {
  const s = state.seriesOf[account * state.design.productCount + product] ?? -1;
  const weeks = new Map<number, Week>();
  if (s < 0) return weeks;
  for (let i = state.start[s]!; i < state.start[s + 1]!; i++) {
    const counted = state.units[i]! > 0 && state.noise[i] !== Number.POSITIVE_INFINITY;
    weeks.set(state.history.week[i]!, past.promoted[i] ? "promoted" : counted ? "quiet" : "not counted");
  }
  return weeks;
}

/** At most so many of a list, evenly spread, the first and the last among them. */
function spread<T>(list: readonly T[], most: number): T[] {
  if (list.length <= most) return [...list];
  return Array.from({ length: most }, (_, k) => list[Math.round((k * (list.length - 1)) / Math.max(1, most - 1))]!);
}
