import type { AgreedPromotion } from "../../data/models/fitInput.repo.ts";
import { type Model, seriesStats } from "../../forecasting/index.ts";
import { windowWeeks } from "./events.ts";
import type { StorePanel } from "./storePanel.ts";

/** Fewer events than this say nothing of how events differ. */
const LEAST_EVENTS = 8;
/** A single residual counts for no more than this, so that one disaster does not widen every range. */
const MOST = 0.7;
const MOST_SPREAD = 0.6;
/** The fit has seen these events and bent towards them: of unseen ones, rolling origins on the demo market showed half as much again. */
const UNSEEN = 1.5;

/**
 * How much the response to whole promotions differs from the model's, as a share of its ln response: with κ² r² the variance
 * of ln(sold / expected) over past events beyond that of their weeks' own noise, r being ln(expected / baseline) of each.
 * Failures are in it, as they are in the future.
 */
export function eventSpread(
  model: Model,
  panel: StorePanel,
  ended: readonly { readonly promotion: AgreedPromotion; readonly baseline: number }[],
): number {
  let squares = 0;
  let noise = 0;
  let responses = 0;
  let events = 0;
  for (const { promotion, baseline } of ended) {
    const seen = residualOf(model, panel, promotion);
    if (!seen || !(baseline > 0)) continue;
    squares += Math.min(MOST, Math.abs(seen.residual)) ** 2;
    noise += seen.variance;
    responses += Math.max(0, Math.log(seen.expected / baseline)) ** 2;
    events++;
  }
  if (events < LEAST_EVENTS || responses <= 0) return 0;
  return Math.min(MOST_SPREAD, UNSEEN * Math.sqrt(Math.max(0, squares - noise) / responses));
}

/** ln(sold / expected) of a promotion's products in its weeks, and the variance that independent weeks give it. */
function residualOf(
  model: Model,
  panel: StorePanel,
  promotion: AgreedPromotion,
): { residual: number; variance: number; expected: number } | null {
  const account = panel.accountIds.indexOf(promotion.account_id);
  const weeks = new Set(windowWeeks(promotion).map((w) => w.index));
  let sold = 0;
  let expected = 0;
  let variance = 0;
  for (const line of panel.book.linesOf.get(promotion.id) ?? []) {
    const stats = seriesStats(model, account, panel.productIds.indexOf(line.product_id));
    stats?.week.forEach((week, i) => {
      if (!weeks.has(week) || Number.isNaN(stats.residual[i]!)) return;
      sold += stats.units[i]!;
      expected += stats.expected[i]!;
      variance += (stats.expected[i]! * stats.sigmaPromoted) ** 2;
    });
  }
  return sold > 0 && expected > 0
    ? { residual: Math.log(sold / expected), variance: variance / expected ** 2, expected }
    : null;
}
