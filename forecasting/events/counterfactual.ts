import { stateOf } from "../fit/state.ts";
import { mergePlan } from "../panel/merge.ts";
import type { Model, Plan } from "../types.ts";

/**
 * The same plan with nothing of it promoted: price = everyday price, supports and mechanics 0. What ran before the plan
 * keeps its after-effects; what the plan itself would cause (its dip, its effect on other products) is gone.
 */
export function baselinePlan(model: Model, plan: Plan): Plan {
  const state = stateOf(model);
  const { sheet, rowOf } = mergePlan(model, state, plan);
  const base = Float64Array.from(rowOf, (r) => sheet.base[r]!);
  return {
    account: plan.account,
    product: plan.product,
    week: plan.week,
    price: base,
    basePrice: base,
    drivers: plan.drivers.map((d) =>
      d.kind === "context" || isContext(model, d.name) ? d : { ...d, values: new Float64Array(d.values.length) },
    ),
  };
}

function isContext(model: Model, name: string): boolean {
  const { design } = stateOf(model);
  return design.driverKinds[design.driverNames.indexOf(name)] === "context";
}
