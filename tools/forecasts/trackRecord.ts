import { addDays, weekFromIndex, weekIndex } from "../../data/common/dates.ts";
import { toKamError } from "../../data/common/errors.ts";
import { dataVersion } from "../../data/meta/dataVersion.repo.ts";
import type { AgreedPromotion } from "../../data/models/fitInput.repo.ts";
import { findTrackRecord, measuredGains, saveTrackRecord } from "../../data/models/models.repo.ts";
import type { Store } from "../../data/store/open.ts";
import { forecast, type Plan } from "../../forecasting/index.ts";
import { eventChances } from "../fitting/eventSpread.ts";
import { measureEvent, windowWeeks } from "../fitting/events.ts";
import { fitPanel, readLedger } from "../fitting/fitStore.ts";
import type { FittedModels } from "../fitting/fittedModels.ts";
import { DISCOUNT_SEEN, SUPPORT_SEEN, SUPPORTS } from "../fitting/ground.ts";
import { withIndex } from "../fitting/storeModel.ts";
import { panelOfStore, type StorePanel } from "../fitting/storePanel.ts";
import { type ForecastGround, readForecastGround } from "./forecastGround.ts";
import { depthOf } from "./offerOfSpec.ts";
import { FORM, type TrackRecord } from "./record/kept.ts";
import type { Scored } from "./record/scored.ts";
import { specOfPromotion } from "./storedSpec.ts";
import { unitOutcome } from "./unitOutcome.ts";
import { unitTotals } from "./unitTotals.ts";

/** Trials a promotion store is given: quarters over the last year; an imported panel: four weeks at a time. */
const TRIALS = 4;
const PROMOTION_WEEKS = 13;
const PANEL_WEEKS = 4;
/** Promoted weeks that a trial takes of a large panel: the record is read with every forecast. */
const MOST_WEEKS = 1_000;

/**
 * How good the forecasts of this store were: for each of some past days a model is fitted to what was known then and asked
 * about the promotions of the weeks that followed. Kept with the model, since it costs several fits.
 */
export async function trackRecord(store: Store, models: FittedModels): Promise<TrackRecord> {
  const fit = `${FORM} ${await dataVersion(store)}`;
  const known = await findTrackRecord(store);
  if (known?.fit === fit) return JSON.parse(known.record) as TrackRecord;
  const made = await makeTrackRecord(store, models);
  try {
    await saveTrackRecord(store, fit, JSON.stringify(made));
  } catch (thrown) {
    const { code } = toKamError(thrown, store.path);
    if (code !== "store_read_only" && code !== "store_locked" && code !== "store_full") throw thrown;
  }
  return made;
}

async function makeTrackRecord(store: Store, models: FittedModels): Promise<TrackRecord> {
  const ground = await readForecastGround(store, models);
  const whole = await panelOfStore(store);
  const ledger = await readLedger(store, whole);
  const promotions = ground.past.length > 0;
  const results = new Map((await measuredGains(store)).map((row) => [row.promotion_id, row.true_incremental]));
  const block = promotions ? PROMOTION_WEEKS : PANEL_WEEKS;
  const end = weekIndex(whole.lastWeek) + 1;
  const origins: string[] = [];
  const tried: Scored[] = [];
  for (let k = TRIALS; k >= 1; k--) {
    const from = end - k * block;
    if (from <= whole.panel.week.reduce((first, w) => Math.min(first, w), from) + block) continue;
    const monday = weekFromIndex(from);
    const before = await panelOfStore(store, monday);
    const model = fitPanel(before);
    const known = ground.past
      .filter((p) => p.end < monday)
      .flatMap((promotion) => {
        const row = measureEvent(model, before, promotion, ledger);
        return row ? [{ promotion, baseline: row.baseline }] : [];
      });
    const chances = eventChances(model, before, known);
    const fitted = withIndex(0, { ...before, model, ground: { ...before.ground, ...chances } });
    origins.push(monday);
    if (promotions) tried.push(...promotionTrials({ ...ground, fitted }, whole, from, from + block, results));
    else tried.push(...weekTrials(fitted.model, whole, from, from + block));
  }
  return { of: promotions ? "promotions" : "weeks", origins, tried };
}

/** Promotions that started in the block and were measured to their end, as they were planned. */
function promotionTrials(
  ground: ForecastGround,
  whole: StorePanel,
  from: number,
  to: number,
  results: ReadonlyMap<number, number>,
): Scored[] {
  const day = weekFromIndex(from);
  const then = { ...ground, past: ground.past.filter((p) => p.end < day) };
  return ground.past
    .filter((p) => p.start >= day && p.start < weekFromIndex(to) && p.end <= addDays(whole.lastWeek, 6))
    .flatMap((promotion) => {
      const lines = ground.book.linesOf.get(promotion.id) ?? [];
      const actual = soldUnits(whole, promotion, new Set(lines.map((l) => l.product_id)));
      if (!lines.length || actual === null) return [];
      const spec = specOfPromotion(
        promotion,
        lines.map((l) => l.product_id),
      );
      const totals = unitTotals(unitOutcome(then, spec));
      const gained = results.get(promotion.id);
      return [
        {
          promotion_id: promotion.id,
          account_id: promotion.account_id,
          product_ids: spec.product_ids,
          mechanic: promotion.mechanic,
          depth: depthOf(then, spec),
          source: "tried" as const,
          units: { ...totals.units.range, wide: totals.units.wide, actual },
          gain: gained === undefined ? null : { ...totals.gain.range, wide: totals.gain.wide, actual: gained },
          planned: lines.every((l) => l.planned_units !== null)
            ? lines.reduce((sum, l) => sum + (l.planned_units ?? 0), 0)
            : null,
          overridden: false,
        },
      ];
    });
}

/** Units sold in a window, part weeks by their days; null where a week of a product is missing. */
function soldUnits(whole: StorePanel, promotion: AgreedPromotion, products: ReadonlySet<number>): number | null {
  const share = new Map(windowWeeks(promotion).map((w) => [w.index, w.share]));
  const account = whole.accountIds.indexOf(promotion.account_id);
  const { panel } = whole;
  let sum = 0;
  let rows = 0;
  for (let i = 0; i < panel.week.length; i++) {
    const part = share.get(panel.week[i]!);
    if (part === undefined || panel.account[i] !== account || !products.has(whole.productIds[panel.product[i]!]!))
      continue;
    sum += part * panel.units[i]!;
    rows++;
  }
  return rows === share.size * products.size ? sum : null;
}

/** So many of a list, as evenly over it as can be; the whole of a shorter one. */
const spreadOver = (all: readonly number[], most: number): readonly number[] =>
  all.length <= most ? all : Array.from({ length: most }, (_, k) => all[Math.floor((k * all.length) / most)]!);

/** Promoted weeks of the block one by one, as their prices and support were. */
function weekTrials(model: Parameters<typeof forecast>[0], whole: StorePanel, from: number, to: number): Scored[] {
  const { panel } = whole;
  const everyday = whole.ground.series;
  const all: number[] = [];
  const baseOf = (i: number): number =>
    everyday[panel.account[i]! * whole.productIds.length + panel.product[i]!]?.everyday ?? Number.NaN;
  const depthOfWeek = (i: number): number | null => {
    const cut = 1 - panel.price[i]! / baseOf(i);
    return Number.isNaN(cut) ? null : cut < DISCOUNT_SEEN ? 0 : cut;
  };
  for (let i = 0; i < panel.week.length; i++) {
    if (panel.week[i]! < from || panel.week[i]! >= to) continue;
    const base = baseOf(i);
    const supported = SUPPORTS.some((s) => panel.drivers.find((d) => d.name === s)!.values[i]! >= SUPPORT_SEEN);
    if (supported || panel.price[i]! < (1 - DISCOUNT_SEEN) * base) all.push(i);
  }
  const rows = spreadOver(all, MOST_WEEKS);
  const ints = (values: Int32Array) => Int32Array.from(rows, (i) => values[i]!);
  const floats = (values: Float64Array) => Float64Array.from(rows, (i) => values[i]!);
  const plan: Plan = {
    account: ints(panel.account),
    product: ints(panel.product),
    week: ints(panel.week),
    price: floats(panel.price),
    basePrice: floats(panel.basePrice),
    drivers: panel.drivers.map((d) => ({ ...d, values: floats(d.values) })),
  };
  const made = forecast(model, plan);
  return rows.map((i, k) => ({
    promotion_id: null,
    account_id: whole.accountIds[panel.account[i]!]!,
    product_ids: [whole.productIds[panel.product[i]!]!],
    mechanic: null,
    depth: depthOfWeek(i),
    source: "tried" as const,
    units: {
      mean: made.mean[k]!,
      low: made.q10[k]!,
      high: made.q90[k]!,
      wide: { low: made.q025[k]!, high: made.q975[k]! },
      actual: panel.units[i]!,
    },
    gain: null,
    planned: null,
    overridden: false,
  }));
}
