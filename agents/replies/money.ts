import type { Say } from "./say.ts";

/** What a result says of a past promotion's return; ranges are the 80 % ones. */
export interface Money {
  readonly net_roi: number | null;
  readonly gross_roi: number | null;
  readonly net_roi_range: { readonly low: number; readonly high: number } | null;
  readonly gross_roi_range: { readonly low: number; readonly high: number } | null;
  readonly probability_of_loss: number | null;
}

/** "a net ROI of 0.2 (range −0.1 to 0.5), a gross ROI of 1.2 (…)"; empty where it is not known. */
export function roiWords(say: Say, at: string, money: Money): string {
  const one = (kind: "net" | "gross"): string => {
    if (money[`${kind}_roi`] === null) return "";
    const range = money[`${kind}_roi_range`] ? ` (${say.range(`${at}/${kind}_roi_range`, "ratio")})` : "";
    return `a ${kind} ROI of ${say.fig(`${at}/${kind}_roi`, "ratio")}${range}`;
  };
  return [one("net"), one("gross")].filter(Boolean).join(", ");
}

/** Shares that are said as sure: a probability of 0 % or 100 % is never quite meant. */
const HARDLY = 0.005;

/** How likely it is that the promotion lost money; empty where costs are not known. */
export function lossWords(say: Say, at: string, money: Money): string {
  const chance = money.probability_of_loss;
  if (chance === null) return "";
  if (chance < HARDLY) return "It hardly can have lost money.";
  if (chance > 1 - HARDLY) return "It lost money, as good as surely.";
  return `It lost money with ${say.fig(`${at}/probability_of_loss`, "%")} probability.`;
}
