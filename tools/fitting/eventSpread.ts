import { weekIndex } from "../../data/common/dates.ts";
import type { AgreedPromotion } from "../../data/models/fitInput.repo.ts";
import { type Model, seriesStats } from "../../forecasting/index.ts";
import { windowWeeks } from "./events.ts";
import type { Ground } from "./ground.ts";
import type { StorePanel } from "./storePanel.ts";

/** Fewer events than this say nothing of how events differ. */
const LEAST_EVENTS = 8;
/** A single residual counts for no more than this, so that one disaster does not widen every range. */
const MOST = 0.8;
/** Responses below this are taken for it: what a weak promotion missed by is not all its response. */
const LEAST_RESPONSE = 0.25;
const MOST_SPREAD = 0.6;
/** The fit has seen these events and bent towards them; of unseen ones, rolling origins on generated markets showed more. */
const UNSEEN = 2;
/** Weeks after which an event counts for half, and what one of another account counts for. */
const HALF_LIFE = 39;
const ELSEWHERE = 0.25;
/** Quantiles kept of an account's deviations. */
const QUANTILES = 40;

interface Deviation {
  readonly account: number;
  /** What it counts for by its age. */
  readonly weight: number;
  /** ln(sold / expected) beyond what its weeks' noise explains, as a share of the ln response. */
  readonly value: number;
}

/**
 * How the response to whole promotions differs from the model's, as a share of its ln response: the root mean square, and by
 * account the quantiles of it in units of that. Displays that do not stand, empty shelves and competitors are in it as often, and as
 * large, as the account's history shows them, the other accounts' beside it: far more below than above.
 */
export function eventChances(
  model: Model,
  panel: StorePanel,
  ended: readonly { readonly promotion: AgreedPromotion; readonly baseline: number }[],
): Pick<Ground, "eventSpread" | "eventShape"> {
  const found = ended.flatMap(({ promotion, baseline }) => deviationOf(model, panel, promotion, baseline) ?? []);
  const weights = found.reduce((sum, one) => sum + one.weight, 0);
  const squares = found.reduce((sum, one) => sum + one.weight * one.value ** 2, 0);
  if (found.length < LEAST_EVENTS || squares === 0) return { eventSpread: 0, eventShape: [] };
  const scale = Math.sqrt(squares / weights);
  return {
    eventSpread: Math.min(MOST_SPREAD, UNSEEN * scale),
    eventShape: panel.accountIds.map((_, account) =>
      quantilesOf(
        found.map((one) => ({ ...one, weight: one.weight * (one.account === account ? 1 : ELSEWHERE) })),
        scale,
      ),
    ),
  };
}

function deviationOf(model: Model, panel: StorePanel, promotion: AgreedPromotion, baseline: number): Deviation | null {
  const seen = residualOf(model, panel, promotion);
  if (!seen || !(baseline > 0)) return null;
  const residual = Math.max(-MOST, Math.min(MOST, seen.residual));
  const beyond = residual === 0 ? 0 : residual * Math.max(0, 1 - seen.variance / residual ** 2);
  const age = Math.max(0, weekIndex(panel.lastWeek) - weekIndex(promotion.end));
  return {
    account: panel.accountIds.indexOf(promotion.account_id),
    weight: 0.5 ** (age / HALF_LIFE),
    value: beyond / Math.max(LEAST_RESPONSE, Math.log(seen.expected / baseline)),
  };
}

/** Weighted quantiles at the middles of equal shares, in units of `scale`. */
function quantilesOf(deviations: readonly Deviation[], scale: number): number[] {
  const sorted = deviations.toSorted((a, b) => a.value - b.value);
  const whole = sorted.reduce((sum, one) => sum + one.weight, 0);
  const out: number[] = [];
  let below = 0;
  for (const one of sorted) {
    below += one.weight;
    while (out.length < QUANTILES && (out.length + 0.5) / QUANTILES <= below / whole) out.push(one.value / scale);
  }
  while (out.length < QUANTILES) out.push(sorted.at(-1)!.value / scale);
  return out;
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
