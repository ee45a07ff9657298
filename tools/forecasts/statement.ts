import type { LineTerms } from "./terms.ts";
import type { PromotionForecast } from "./types.ts";
import type { UnitOutcome } from "./unitOutcome.ts";

/**
 * What a promotion changes in the accounts of both sides, expected, ex tax: units of the window less what would have sold,
 * less the dip, and what other products win or lose. What the firm sells more is what the retailer pays more for goods.
 * Null where a promoted product's price or cost is not known. Other products of unknown cost or price count as nothing.
 */
export function statementOf(
  units: UnitOutcome,
  lines: readonly LineTerms[],
  others: readonly LineTerms[],
  fixed: number,
  tax: number,
): PromotionForecast["statement"] {
  let [netSales, profit, allowances] = [0, 0, 0];
  let [sales, goods] = [0, 0];
  let [pricesKnown, costsKnown] = [true, true];
  for (const [k, line] of lines.entries()) {
    const window = units.promoted[k]!;
    const after = units.after[k]!;
    const dip = Math.max(0, after.without - after.with);
    const gain = window.with - window.without - dip;
    if (line.net === null || line.allowance === null) return null;
    netSales += line.net * gain;
    goods += line.net * gain;
    allowances += line.allowance * window.with;
    if (line.margin === null) costsKnown = false;
    else profit += line.margin * gain;
    if (line.everyday === null || line.promoted === null) pricesKnown = false;
    else sales += (window.with * line.promoted - (window.without + dip) * line.everyday) / tax;
  }
  for (const [k, other] of others.entries()) {
    const change = units.others[k]!.with - units.others[k]!.without;
    if (other.margin !== null) {
      netSales += (other.net ?? 0) * change;
      profit += other.margin * change;
    }
    if (other.everyday !== null && other.net !== null) {
      sales += (change * other.everyday) / tax;
      goods += change * other.net;
    }
  }
  const paid = allowances + fixed;
  return {
    net_sales: netSales,
    allowances,
    fixed_spend: fixed,
    manufacturer: costsKnown
      ? { cost_of_goods: netSales - profit, profit_before_spend: profit, net_profit: profit - paid }
      : null,
    retailer: pricesKnown ? { sales, profit_before_support: sales - goods, profit: sales - goods + paid } : null,
  };
}
