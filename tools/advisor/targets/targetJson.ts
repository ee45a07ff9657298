import { toMajor } from "../../../data/common/money.ts";
import type { Target } from "../../../data/targets/targets.service.ts";

/** A target as tools give it: its value in major units, a fraction or units, by its measure. */
export const targetJson = (target: Target) => ({
  measure: target.measure,
  category: target.category,
  from: target.start,
  to: target.end,
  value: target.value_minor === null ? target.value! : toMajor(target.value_minor),
  currency: target.account_currency,
});
