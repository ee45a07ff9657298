import type { Period } from "../../../data/common/dates.ts";
import { daysBetween } from "../../../data/common/dates.ts";
import { type GivenWindows, movedWindows } from "../../../data/promotions/draft.ts";
import { optional, period } from "../../args.ts";

/** The windows beside the in-store dates; each follows from those where it is left out. */
export const windowArgs = {
  buy_in: optional(
    period.describe("buy-in window: when the retailer takes the goods in; by default the 14 days before"),
  ),
  scan: optional(period.describe("scan window: when consumption is measured; by default the in-store dates")),
};

/**
 * The windows of a promotion whose start may have moved: what is said anew, else what was given before, moved by as many days.
 */
export function windowsAfter(
  before: GivenWindows & { readonly start: string },
  start: string,
  said: { readonly buy_in?: Period | undefined; readonly scan?: Period | undefined },
): { windows: GivenWindows; assumptions: string[] } {
  const days = daysBetween(before.start, start);
  const kept = movedWindows(before, days);
  const moved = [
    ...(kept.buy_in && !said.buy_in ? ["buy-in window"] : []),
    ...(kept.scan && !said.scan ? ["scan window"] : []),
  ];
  return {
    windows: { buy_in: said.buy_in ?? kept.buy_in, scan: said.scan ?? kept.scan },
    assumptions: days !== 0 && moved.length ? [`the ${moved.join(" and the ")} moved with the start`] : [],
  };
}
