import type { WeekRanks } from "../panel/weeks.ts";
import type { Estimate } from "./state.ts";

/** How much the members of a group have in common in a week. */
export interface PairCorrelation {
  /** Mean product of two different members' values over the mean square, in [0, 0.9]. */
  readonly correlation: number;
  /** Size of the (group, week) cell a row lies in, on average. */
  readonly size: number;
}

/**
 * Correlation within (group, week) of a value by row.
 * @param groupOf group by series; @param valuesOf writes the values of a series' rows [from, to) to the start of `out`, NaN where there is none
 */
export function pairCorrelation(
  groupOf: Int32Array,
  start: Int32Array,
  to: Int32Array,
  week: Int32Array,
  ranks: WeekRanks,
  valuesOf: (series: number, out: Float64Array) => void,
): PairCorrelation {
  const sum = new Float64Array(ranks.count);
  const own = new Float64Array(ranks.count);
  const count = new Float64Array(ranks.count);
  let squares = 0;
  let n = 0;
  let products = 0;
  let pairs = 0;
  let values = new Float64Array(256);
  const members = byGroup(groupOf);
  for (let m = 0; m < members.length; ) {
    const group = groupOf[members[m]!]!;
    const first = m;
    for (; m < members.length && groupOf[members[m]!] === group; m++) {
      const s = members[m]!;
      const from = start[s]!;
      if (values.length < to[s]! - from) values = new Float64Array(2 * (to[s]! - from));
      valuesOf(s, values);
      for (let i = from; i < to[s]!; i++) {
        const v = values[i - from]!;
        if (Number.isNaN(v)) continue;
        const c = ranks.of(week[i]!);
        sum[c]! += v;
        own[c]! += v * v;
        count[c]!++;
        squares += v * v;
        n++;
      }
    }
    for (let k = first; k < m; k++) {
      for (let i = start[members[k]!]!; i < to[members[k]!]!; i++) {
        const c = ranks.of(week[i]!);
        products += sum[c]! * sum[c]! - own[c]!;
        pairs += count[c]! * (count[c]! - 1);
        sum[c] = 0;
        own[c] = 0;
        count[c] = 0;
      }
    }
  }
  const size = n > 0 ? 1 + pairs / n : 1;
  if (pairs < 50 || squares === 0) return { correlation: 0, size };
  return { correlation: Math.min(0.9, Math.max(0, products / pairs / (squares / n))), size };
}

/** Series in the order of their groups. */
function byGroup(groupOf: Int32Array): Int32Array {
  let groups = 0;
  for (const g of groupOf) groups = Math.max(groups, g + 1);
  const at = new Int32Array(groups + 1);
  for (const g of groupOf) at[g + 1]!++;
  for (let g = 0; g < groups; g++) at[g + 1]! += at[g]!;
  const out = new Int32Array(groupOf.length);
  groupOf.forEach((g, s) => {
    out[at[g]!++] = s;
  });
  return out;
}

/** What a product's accounts and an account's products of a category share of the noise; together it stays below 0.9. */
export function sharedNoise({ byProduct, byAccount }: Estimate["shared"]): {
  sharedByProduct: number;
  sharedByAccount: number;
} {
  const total = byProduct + byAccount;
  const shrink = total > 0.9 ? 0.9 / total : 1;
  return { sharedByProduct: byProduct * shrink, sharedByAccount: byAccount * shrink };
}
