import { rangeOf, rangesOf } from "../statistics.ts";
import type { UnitOutcome } from "./unitOutcome.ts";

/** Sums of the units over products, draw by draw. Dip, cannibalisation and halo are sums of losses and gains by product. */
export function unitTotals({ promoted, after, others }: UnitOutcome) {
  const draws = promoted[0]!.drawsWith.length;
  const sum = (of: (d: number | null) => number) => ({
    mean: of(null),
    draws: Float64Array.from({ length: draws }, (_, d) => of(d)),
  });
  const sold = sum((d) => promoted.reduce((n, u) => n + (d === null ? u.with : u.drawsWith[d]!), 0));
  const base = sum((d) => promoted.reduce((n, u) => n + (d === null ? u.without : u.drawsWithout[d]!), 0));
  const lost = (u: UnitOutcome["others"][number], d: number | null): number =>
    d === null ? u.without - u.with : u.drawsWithout[d]! - u.drawsWith[d]!;
  const dip = sum((d) => after.reduce((n, u) => n + Math.max(0, lost(u, d)), 0));
  const cannibalised = sum((d) => others.reduce((n, u) => n + Math.max(0, lost(u, d)), 0));
  const halo = sum((d) => others.reduce((n, u) => n + Math.max(0, -lost(u, d)), 0));
  const gross = { mean: sold.mean - base.mean, draws: sold.draws.map((v, d) => v - base.draws[d]!) };
  const gain = {
    mean: gross.mean - dip.mean - cannibalised.mean + halo.mean,
    draws: gross.draws.map((v, d) => v - dip.draws[d]! - cannibalised.draws[d]! + halo.draws[d]!),
  };
  return {
    units: rangesOf(sold.mean, sold.draws),
    baseline: rangesOf(base.mean, base.draws),
    gross: rangeOf(gross.mean, gross.draws),
    gain: rangesOf(gain.mean, gain.draws),
    gainDraws: gain.draws,
    dip: dip.mean,
    cannibalised: cannibalised.mean,
    halo: halo.mean,
  };
}
