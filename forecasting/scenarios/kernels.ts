import { SCENARIO_DRAWS } from "./worlds.ts";

/**
 * Loops over draws, several arrays at a time: a pass over memory costs more than its arithmetic. All arrays hold
 * `SCENARIO_DRAWS` numbers.
 */
const N = SCENARIO_DRAWS;

/** out = Σ f × b over the rows. */
export function sumProducts(out: Float64Array, f: readonly Float64Array[], b: readonly Float64Array[]): void {
  let at = 0;
  if (f.length >= 4) {
    four(out, f[0]!, b[0]!, f[1]!, b[1]!, f[2]!, b[2]!, f[3]!, b[3]!);
    at = 4;
  } else if (f.length >= 2) {
    two(out, f[0]!, b[0]!, f[1]!, b[1]!);
    at = 2;
  } else out.fill(0);
  for (; at < f.length; at++) addScaled(out, 1, b[at]!, f[at]!);
}

function two(out: Float64Array, f: Float64Array, a: Float64Array, g: Float64Array, b: Float64Array): void {
  for (let d = 0; d < N; d++) out[d] = f[d]! * a[d]! + g[d]! * b[d]!;
}

function four(
  out: Float64Array,
  f: Float64Array,
  a: Float64Array,
  g: Float64Array,
  b: Float64Array,
  h: Float64Array,
  c: Float64Array,
  i: Float64Array,
  e: Float64Array,
): void {
  for (let d = 0; d < N; d++) out[d] = f[d]! * a[d]! + g[d]! * b[d]! + h[d]! * c[d]! + i[d]! * e[d]!;
}

/** out += m × a × f. */
export function addScaled(out: Float64Array, m: number, a: Float64Array, f: Float64Array): void {
  for (let d = 0; d < N; d++) out[d]! += m * a[d]! * f[d]!;
}

/** out += m a f + n b g + o c h. */
export function addThree(
  out: Float64Array,
  m: number,
  a: Float64Array,
  f: Float64Array,
  n: number,
  b: Float64Array,
  g: Float64Array,
  o: number,
  c: Float64Array,
  h: Float64Array,
): void {
  for (let d = 0; d < N; d++) out[d]! += m * a[d]! * f[d]! + n * b[d]! * g[d]! + o * c[d]! * h[d]!;
}

/**
 * net += paid × sold × scale × e^(rest × event) − margin × (off + gone), gone being what is lost afterwards, kept between
 * nothing and all of `most`.
 */
export function addProfit(
  net: Float64Array,
  sold: Float64Array,
  off: Float64Array,
  lost: Float64Array,
  most: Float64Array,
  event: Float64Array,
  rest: number,
  paid: number,
  margin: number,
): void {
  for (let d = 0; d < N; d++) {
    const l = lost[d]!;
    const gone = l < 0 ? 0 : l > most[d]! ? most[d]! : l;
    net[d]! += paid * sold[d]! * nearOne(rest * event[d]!) - margin * (off[d]! + gone);
  }
}

/** Below this the series of `nearOne` errs by less than 1e-10. */
const SMALL = 0.15;

/** e^x: eight terms where x is small, as dips and cross effects and what is left of an event's response nearly always are. */
export function nearOne(x: number): number {
  if (x > SMALL || x < -SMALL) return Math.exp(x);
  return 1 + x * (1 + x * (1 / 2 + x * (1 / 6 + x * (1 / 24 + x * (1 / 120 + x * (1 / 720 + x * (1 / 5040)))))));
}

/** How many draws lie below zero. */
export function countLosses(net: Float64Array): number {
  let losses = 0;
  for (let d = 0; d < N; d++) if (net[d]! < 0) losses++;
  return losses;
}
