import { stateOf } from "../fit/state.ts";
import { firstAtOrAfter } from "../panel/merge.ts";
import type { Model, Plan } from "../types.ts";
import { planOf } from "./event.ts";

/**
 * Measured weeks of an account's products as a plan, with what was sold (NaN where unknown): what a question about the
 * past starts from. Rows go by product, then by week; weeks without a measurement are left out.
 * @param weeks first and last week, both included
 */
export function pastPlan(
  model: Model,
  account: number,
  products: readonly number[],
  weeks: { readonly from: number; readonly to: number },
): Plan & { readonly units: Float64Array } {
  const state = stateOf(model);
  const rows: number[] = [];
  for (const product of products) {
    const s = state.seriesOf[account * state.design.productCount + product] ?? -1;
    if (s < 0) continue;
    const end = state.start[s + 1]!;
    for (let i = firstAtOrAfter(state.history.week, state.start[s]!, end, weeks.from); i < end; i++) {
      if (state.history.week[i]! > weeks.to) break;
      rows.push(i);
    }
  }
  return { ...planOf(state, rows), units: Float64Array.from(rows, (i) => state.units[i]!) };
}
