import type { Comparable } from "./comparable.ts";

/** Covariates of events as a matrix; the named ones come first, then one column a label. */
export interface Standardised {
  /** Names of the first columns; one that never varies is left out. */
  readonly names: readonly string[];
  readonly mean: readonly number[];
  readonly sd: readonly number[];
  readonly width: number;
  /** Rows × width: named covariates in standard deviations, labels as 0/1 around their mean. */
  readonly values: Float64Array;
}

/**
 * Named covariates standardised, unknown ones at their mean; labels, the stratum among them, centred, so that a penalty shrinks
 * rare ones more. The stratum's own level is no noise.
 */
export function covariateMatrix(events: readonly Comparable[]): Standardised {
  const names: string[] = [];
  const means: number[] = [];
  const sds: number[] = [];
  const columns: number[][] = [];
  for (const name of [...new Set(events.flatMap((event) => Object.keys(event.covariates)))].sort()) {
    const raw = events.map((event) => event.covariates[name] ?? Number.NaN);
    const known = raw.filter((v) => !Number.isNaN(v));
    const mean = known.reduce((sum, v) => sum + v, 0) / known.length;
    const sd = Math.sqrt(known.reduce((sum, v) => sum + (v - mean) ** 2, 0) / known.length);
    if (!(sd > 1e-9 * Math.max(1, Math.abs(mean)))) continue;
    names.push(name);
    means.push(mean);
    sds.push(sd);
    columns.push(raw.map((v) => (Number.isNaN(v) ? 0 : (v - mean) / sd)));
  }
  const labelsOf = (event: Comparable): string[] => [`stratum ${event.stratum}`, ...(event.labels ?? [])];
  for (const label of [...new Set(events.flatMap(labelsOf))].sort()) {
    const has = events.map((event) => (labelsOf(event).includes(label) ? 1 : 0));
    const mean = has.reduce<number>((sum, v) => sum + v, 0) / has.length;
    if (mean > 0 && mean < 1) columns.push(has.map((v) => v - mean));
  }
  const width = columns.length;
  const values = new Float64Array(events.length * width);
  columns.forEach((column, j) => {
    column.forEach((v, i) => {
      values[i * width + j] = v;
    });
  });
  return { names, mean: means, sd: sds, width, values };
}
