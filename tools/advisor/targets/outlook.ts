/** Weeks of a year, and the weeks that tell how this one runs against the one before. */
const YEAR = 52;
const TREND = 26;
/** Fewer past tries than this give no range. */
const LEAST_TRIES = 8;
const TRY_EVERY = 2;

/** How a sum over weeks to come is expected to end. */
export interface Outlook {
  readonly expected: number;
  /** The 10 % and 90 % points of what the same method would have told in the past; null where it cannot be tried often enough. */
  readonly low: number | null;
  readonly high: number | null;
  /** Past tries that the range rests on. */
  readonly tries: number;
  /** Every try's outcome, in no order: shares of them are chances. */
  readonly outcomes: readonly number[];
}

/** What is asked of some weekly series that end together. */
export interface Ahead {
  /** Values by week, without gaps, the last measured week last; some series, alike long. */
  readonly series: readonly (readonly number[])[];
  /** Sums of each over the measured weeks of the period. */
  readonly done: readonly number[];
  /** Weeks between the last measured one and the first that counts, and how many count. */
  readonly skip: number;
  readonly weeks: number;
  /** The measure, from the whole sums. */
  readonly combine: (sums: readonly number[]) => number;
}

/**
 * The rest of a period as the year before, moved by how the last half year ran against the one before it; its range from
 * how far the same method would have been off at every past week from which as many weeks are known by now.
 * @returns null where less than a year and a half is measured
 */
export function outlook({ series, done, skip, weeks, combine }: Ahead): Outlook | null {
  const n = Math.min(...series.map((values) => values.length));
  if (weeks === 0) {
    const expected = combine(done);
    return { expected, low: expected, high: expected, tries: 0, outcomes: [expected] };
  }
  if (n < YEAR + TREND) return null;
  const rest = series.map((values) => ahead(values, n, skip, weeks));
  const outcomes: number[] = [];
  for (let origin = YEAR + TREND; origin + skip + weeks <= n; origin += TRY_EVERY) {
    const errors = series.map((values) => {
      const told = ahead(values, origin, skip, weeks);
      const was = sum(values, origin + skip, weeks);
      return told > 0 ? was / told : 1;
    });
    outcomes.push(combine(done.map((value, i) => value + rest[i]! * errors[i]!)));
  }
  const expected = combine(done.map((value, i) => value + rest[i]!));
  const sorted = outcomes.toSorted((a, b) => a - b);
  const ranged = sorted.length >= LEAST_TRIES;
  return {
    expected,
    low: ranged ? Math.min(expected, quantile(sorted, 0.1)) : null,
    high: ranged ? Math.max(expected, quantile(sorted, 0.9)) : null,
    tries: sorted.length,
    outcomes,
  };
}

/** The sum of `weeks` weeks from `origin + skip` on, as it is told at `origin`, when only what lies before is known. */
function ahead(values: readonly number[], origin: number, skip: number, weeks: number): number {
  const before = sum(values, origin - YEAR - TREND, TREND);
  const trend = before > 0 ? sum(values, origin - TREND, TREND) / before : 1;
  let total = 0;
  for (let i = origin + skip; i < origin + skip + weeks; i++) {
    const years = Math.ceil((i - origin + 1) / YEAR);
    total += values[i - years * YEAR]! * trend ** years;
  }
  return total;
}

function sum(values: readonly number[], from: number, count: number): number {
  let total = 0;
  for (let i = from; i < from + count; i++) total += values[i]!;
  return total;
}

/** Between the two nearest of sorted values. */
function quantile(sorted: readonly number[], p: number): number {
  const at = p * (sorted.length - 1);
  const low = Math.floor(at);
  const high = Math.ceil(at);
  return sorted[low]! + (sorted[high]! - sorted[low]!) * (at - low);
}
