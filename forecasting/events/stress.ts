import { ForecastError } from "../errors.ts";
import { type State, stateOf } from "../fit/state.ts";
import { pastOf } from "../predict/past.ts";
import type { Model } from "../types.ts";
import { decompose } from "./decompose.ts";
import { pastPlan } from "./pastPlan.ts";

/** Ways to say what would have sold in a past week without a model. */
export const SIMPLE_BASELINES = [
  "quiet_before",
  "moving_average",
  "year_before",
  "interpolated",
  "like_weeks",
] as const;
export type SimpleBaseline = (typeof SIMPLE_BASELINES)[number];

export interface AlternativeBaseline {
  readonly kind: SimpleBaseline;
  /** Units of the whole window; null where there are too few weeks to say. */
  readonly units: number | null;
  /** Different weeks it rests on. */
  readonly weeks: number;
}

/** Weeks looked at before a window, and how many of them are wanted and needed. */
const BEFORE = { back: 26, wanted: 8, needed: 4 };
/** Weeks on each side of a window, those of the dip left out, for a line between them. */
const BESIDE = { away: 13, wanted: 4, needed: 2, dip: 2 };
/** Weeks on either side of the same weeks a year before. */
const YEAR = { around: 2, needed: 2 };
/**
 * Weeks most like those of the window. One step of unlikeness: weeks of the year, years, ln everyday price, and the part of a
 * context driver's largest value in the series.
 */
const LIKE = { wanted: 8, needed: 4, season: 4, years: 1, price: 0.05, context: 0.5 };
/** Products without such weeks are made up from the others, where those are at least this part of the baseline. */
const COVERED = 0.5;

interface Week {
  readonly week: number;
  readonly units: number;
  readonly quiet: boolean;
  /** Context drivers and ln everyday price, in steps of unlikeness. */
  readonly marks: readonly number[];
}

/**
 * What simple baselines say would have sold in a window: the mean of the quiet weeks before it; of all weeks just before it,
 * whatever ran in them (moving average); the median of the quiet ones among the same weeks a year before; the line between
 * the quiet weeks before and after it; the mean of the quiet weeks most like it by season, holidays and other context,
 * everyday price and time. Each product by itself, then summed; a product without such weeks takes the others' ratio to the model's.
 * @param weeks the window, each week with the part of it that counts, 0 … 1
 * @throws ForecastError bad_index for an account or product the model does not list
 */
export function alternativeBaselines(
  model: Model,
  account: number,
  products: readonly number[],
  weeks: readonly { readonly week: number; readonly share: number }[],
): AlternativeBaseline[] {
  if (!(account >= 0 && account < model.accounts.length))
    throw new ForecastError("bad_index", `Account ${account} is not one of ${model.accounts.length}.`);
  if (products.some((product) => !(product >= 0 && product < model.products.length)))
    throw new ForecastError("bad_index", "A product of the window is not in the model.");
  const state = stateOf(model);
  const window = weeks.map(({ week }) => week);
  const share = weeks.reduce((sum, one) => sum + one.share, 0);
  const series = products.flatMap((product) => {
    const rows = weeksOf(state, account, product);
    return rows.length ? [{ rows, weight: modelBaseline(model, account, product, window) }] : [];
  });
  return SIMPLE_BASELINES.map((kind) => {
    const used = new Set<number>();
    let units = 0;
    let covered = 0;
    let all = 0;
    for (const { rows, weight } of series) {
      all += weight;
      const found = window.length ? SIMPLE[kind](rows, window, state.design.period) : null;
      if (!found) continue;
      covered += weight;
      units += share * found.units;
      for (const week of found.weeks) used.add(week);
    }
    const known = covered > 0 && covered >= COVERED * all;
    return { kind, units: known ? (units * all) / covered : null, weeks: known ? used.size : 0 };
  });
}

type Found = { readonly units: number; readonly weeks: readonly number[] } | null;
type Simple = (rows: readonly Week[], window: readonly number[], season: number) => Found;

const SIMPLE: Readonly<Record<SimpleBaseline, Simple>> = {
  quiet_before: (rows, window) => {
    const first = Math.min(...window);
    const near = rows.filter((row) => row.quiet && row.week < first && row.week >= first - BEFORE.back);
    return meanOf(near.slice(-BEFORE.wanted), BEFORE.needed);
  },
  moving_average: (rows, window) => {
    const first = Math.min(...window);
    const near = rows.filter((row) => row.week < first && row.week >= first - BEFORE.wanted);
    return meanOf(near, BEFORE.needed);
  },
  year_before: (rows, window, season) => {
    const same = new Set(
      window.flatMap((week) =>
        Array.from({ length: 2 * YEAR.around + 1 }, (_, k) => week - Math.round(season) - YEAR.around + k),
      ),
    );
    const found = rows.filter((row) => row.quiet && same.has(row.week));
    if (found.length < YEAR.needed) return null;
    return { units: middle(found.map((row) => row.units)), weeks: found.map((row) => row.week) };
  },
  interpolated: (rows, window) => {
    const first = Math.min(...window);
    const last = Math.max(...window);
    const before = rows.filter((row) => row.quiet && row.week < first && row.week >= first - BESIDE.away);
    const after = rows.filter(
      (row) => row.quiet && row.week > last + BESIDE.dip && row.week <= last + BESIDE.dip + BESIDE.away,
    );
    const a = meanOf(before.slice(-BESIDE.wanted), BESIDE.needed);
    const b = meanOf(after.slice(0, BESIDE.wanted), BESIDE.needed);
    if (!a || !b) return null;
    const [from, to] = [mean(a.weeks), mean(b.weeks)];
    const at = (mean(window) - from) / (to - from);
    return { units: a.units + at * (b.units - a.units), weeks: [...a.weeks, ...b.weeks] };
  },
  like_weeks: (rows, window, season) => {
    const own = rows.filter((row) => window.includes(row.week));
    if (!own.length) return null;
    const unlike = (row: Week): number => mean(own.map((one) => distance(row, one, season)));
    const quiet = rows.filter((row) => row.quiet && !window.includes(row.week));
    const nearest = quiet
      .map((row) => ({ row, far: unlike(row) }))
      .sort((a, b) => a.far - b.far || b.row.week - a.row.week);
    return meanOf(
      nearest.slice(0, LIKE.wanted).map(({ row }) => row),
      LIKE.needed,
    );
  },
};

/** How unlike two weeks are: season, years between them, and what else was different. */
function distance(a: Week, b: Week, season: number): number {
  const apart = Math.abs(a.week - b.week);
  const within = apart % season;
  const steps = [Math.min(within, season - within) / LIKE.season, apart / season / LIKE.years];
  a.marks.forEach((mark, k) => {
    steps.push(mark - b.marks[k]!);
  });
  return Math.hypot(...steps);
}

/** The measured weeks of a series in order; a week whose units fell short of demand is not quiet. */
function weeksOf(state: State, account: number, product: number): Week[] {
  const s = state.seriesOf[account * state.design.productCount + product] ?? -1;
  if (s < 0) return [];
  const past = pastOf(state);
  const { history, design } = state;
  const context = design.driverKinds.flatMap((kind, d) => (kind === "context" ? [d] : []));
  const largest = context.map((d) => {
    let most = 0;
    for (let i = state.start[s]!; i < state.start[s + 1]!; i++)
      most = Math.max(most, Math.abs(history.drivers[d]![i]!));
    return most || 1;
  });
  const rows: Week[] = [];
  for (let i = state.start[s]!; i < state.start[s + 1]!; i++) {
    if (!(state.units[i]! > 0)) continue;
    rows.push({
      week: history.week[i]!,
      units: state.units[i]!,
      quiet: past.promoted[i] === 0 && state.noise[i] !== Number.POSITIVE_INFINITY,
      marks: [
        Math.log(history.base[i]!) / LIKE.price,
        ...context.map((d, k) => history.drivers[d]![i]! / largest[k]! / LIKE.context),
      ],
    });
  }
  return rows;
}

/** The model's own baseline of the window: how much of the whole a product is. */
function modelBaseline(model: Model, account: number, product: number, window: readonly number[]): number {
  if (!window.length) return 0;
  const inside = new Set(window);
  const plan = pastPlan(model, account, [product], { from: Math.min(...window), to: Math.max(...window) });
  if (!plan.week.length) return 0;
  const { baseline } = decompose(model, plan);
  return baseline.reduce((sum, units, i) => sum + (inside.has(plan.week[i]!) ? units : 0), 0);
}

function meanOf(rows: readonly Week[], needed: number): Found {
  if (rows.length < needed) return null;
  return { units: mean(rows.map((row) => row.units)), weeks: rows.map((row) => row.week) };
}

const mean = (values: readonly number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length;

function middle(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}
