import type { EventResult } from "../../../data/results/results.service.ts";
import {
  alternativeBaselines,
  netRoi,
  placeboEvents,
  type SimpleBaseline,
  uplift,
} from "../../../forecasting/index.ts";
import { DIP_WEEKS, windowWeeks } from "../../fitting/events.ts";
import type { StoreModel } from "../../fitting/storeModel.ts";
import { LEVEL, middleOf } from "../../statistics.ts";

/** Placebo windows needed before their spread says anything. */
const ENOUGH = 5;

/** What the promotion looks like under one baseline. Units of the window; null where the baseline or the money is not known. */
interface UnderBaseline {
  readonly kind: "model" | SimpleBaseline;
  /** Different weeks it rests on; null for the model, which rests on all. */
  readonly weeks: number | null;
  readonly baseline: number | null;
  readonly uplift: number | null;
  readonly true_incremental: number | null;
  readonly net_roi: number | null;
  /** Whether the sign stays that of the measured result. */
  readonly same_sign: boolean | null;
}

/**
 * Does a verdict depend on how the baseline is made? The result under the model's and five simple baselines, dip and effects on
 * other products as measured, and what quiet windows of the same products look like when measured as if they had been it.
 * The sign is that of net ROI, where money is known, else that of true incremental units.
 */
export function stressOf(fitted: StoreModel, event: EventResult, productIds: readonly number[]) {
  const account = fitted.accountIndex.get(event.account_id);
  const products = productIds.flatMap((id) => fitted.productIndex.get(id) ?? []);
  if (account === undefined || !products.length) return null;
  const weeks = windowWeeks(event).map(({ index, share }) => ({ week: index, share }));
  const measured = under(event, "model", null, event.baseline);
  const others = alternativeBaselines(fitted.model, account, products, weeks).map(({ kind, units, weeks: rests }) =>
    under(event, kind, rests, units),
  );
  const known = [measured, ...others].filter((one) => one.same_sign !== null);
  const asked = { account, products, weeks: weeks.map(({ week }) => week), postWeeks: DIP_WEEKS };
  const found = placeboEvents(fitted.model, asked);
  return {
    sign_of: event.net_roi === null ? ("true_incremental" as const) : ("net_roi" as const),
    gain: signOf(event.net_roi ?? event.true_incremental) > 0,
    baselines: [measured, ...others],
    tested: known.length,
    held: known.filter((one) => one.same_sign).length,
    placebo:
      found.length < ENOUGH
        ? null
        : {
            windows: found.length,
            weeks: weeks.length,
            as_large: found.filter((one) => event.uplift !== null && one.uplift >= event.uplift).length,
            uplift: middleOf(found.map((one) => one.uplift)),
            interval: LEVEL,
            holds_zero: found.filter((one) => one.holds80).length,
          },
  };
}

/** The same promotion with other units for its baseline: what it sold, its dip and its spend stay. */
function under(
  event: EventResult,
  kind: UnderBaseline["kind"],
  weeks: number | null,
  baseline: number | null,
): UnderBaseline {
  if (baseline === null)
    return { kind, weeks, baseline, uplift: null, true_incremental: null, net_roi: null, same_sign: null };
  const incremental = event.true_incremental + event.baseline - baseline;
  const margin =
    event.incremental_profit === null || event.true_incremental === 0
      ? null
      : event.incremental_profit / event.true_incremental;
  const roi = event.net_roi === null || margin === null ? null : netRoi(incremental * margin, event.spend);
  return {
    kind,
    weeks,
    baseline,
    uplift: uplift(event.units - baseline, baseline),
    true_incremental: incremental,
    net_roi: roi,
    same_sign:
      event.net_roi === null
        ? signOf(incremental) === signOf(event.true_incremental)
        : roi === null
          ? null
          : signOf(roi) === signOf(event.net_roi),
  };
}

const signOf = (value: number): number => (value >= 0 ? 1 : -1);
