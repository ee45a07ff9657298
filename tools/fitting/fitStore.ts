import { weekFromIndex } from "../../data/common/dates.ts";
import { KamError, toKamError } from "../../data/common/errors.ts";
import { allContracts } from "../../data/contracts/contracts.repo.ts";
import { dataVersion } from "../../data/meta/dataVersion.repo.ts";
import { buyInUnits } from "../../data/models/fitInput.repo.ts";
import { findModel, replaceModel } from "../../data/models/models.repo.ts";
import type { Store } from "../../data/store/open.ts";
import { ForecastError, fitModel, type Model, seriesStats } from "../../forecasting/index.ts";
import { median, Z80 } from "../statistics.ts";
import { eventChances } from "./eventSpread.ts";
import { type EventLedger, type EventRow, hasEnded, measureEvent } from "./events.ts";
import { packModel, unpackModel } from "./savedModel.ts";
import type { StoreModel } from "./storeModel.ts";
import { withIndex } from "./storeModel.ts";
import { panelOfStore, type StorePanel } from "./storePanel.ts";

/** Name of the way a store is fitted; a model of another method is not taken for this one's. */
export const METHOD = "hierarchical-7";

/** What a fit has to say of itself. Shares are fractions; residuals are of ln units. */
export interface FitSummary {
  readonly rows: number;
  readonly series: number;
  readonly accounts: number;
  readonly products: number;
  readonly first_week: string;
  readonly last_week: string;
  /** Median over series of the standard deviation of a quiet week. */
  readonly residual_sigma: number;
  /** Share of the fitted weeks inside the model's own 80 % band. */
  readonly coverage: number;
  readonly events: number;
  /** Ended promotions without a measured week. */
  readonly events_not_measured: number;
}

export interface FitOutcome {
  readonly model: StoreModel;
  readonly summary: FitSummary;
}

/**
 * Fits the store, measures every promotion that ended and writes both in one transaction.
 * @throws KamError no_data, store_locked, store_read_only, store_full
 */
export async function fitStore(store: Store): Promise<FitOutcome> {
  const version = await dataVersion(store);
  const made = await makeFit(store);
  const id = await replaceModel(
    store,
    {
      data_version: version,
      method: METHOD,
      rows: made.summary.rows,
      series: made.summary.series,
      fitted_at: store.today,
      summary: JSON.stringify(made.summary),
      body: packModel(made.fitted),
    },
    made.results,
  );
  return { model: withIndex(id, made.fitted), summary: made.summary };
}

/** The version of the store's data, and how to come by its model: from the table, else by a fit that is kept where it can be. */
export async function currentModel(store: Store): Promise<{ version: number; load: () => Promise<StoreModel> }> {
  const version = await dataVersion(store);
  return { version, load: () => loadOrFit(store, version) };
}

async function loadOrFit(store: Store, version: number): Promise<StoreModel> {
  const row = await findModel(store, version, METHOD);
  const known = row && tryUnpack(row.id, row.body);
  if (known) return known;
  try {
    return (await fitStore(store)).model;
  } catch (thrown) {
    const error = toKamError(thrown, store.path);
    if (error.code !== "store_read_only" && error.code !== "store_locked" && error.code !== "store_full") throw error;
    return withIndex(0, (await makeFit(store)).fitted);
  }
}

/** A body that a former version wrote is no error: it is fitted again. */
function tryUnpack(id: number, body: string): StoreModel | null {
  try {
    return unpackModel(id, body);
  } catch {
    return null;
  }
}

async function makeFit(store: Store): Promise<{
  fitted: Omit<StoreModel, "id">;
  results: EventRow[];
  summary: FitSummary;
}> {
  const panel = await panelOfStore(store);
  const model = fitPanel(panel);
  const ledger = await readLedger(store, panel);
  const ended = panel.book.promotions.filter((promotion) => hasEnded(promotion, store.today));
  const measured = ended.flatMap((promotion) => {
    const row = measureEvent(model, panel, promotion, ledger);
    return row ? [{ promotion, row, baseline: row.baseline }] : [];
  });
  const ground = { ...panel.ground, ...eventChances(model, panel, measured) };
  return {
    fitted: withIndex(0, { ...panel, model, ground }),
    results: measured.map((m) => m.row),
    summary: summarise(panel, model, measured.length, ended.length - measured.length),
  };
}

/** @throws KamError bad_input, with the module's reason, for sales that cannot be fitted */
export function fitPanel(panel: StorePanel): Model {
  try {
    return fitModel(panel.panel);
  } catch (thrown) {
    if (thrown instanceof ForecastError)
      throw new KamError("bad_input", `These sales cannot be fitted: ${thrown.message}`, { code: thrown.code }, thrown);
    throw thrown;
  }
}

/** Lines, contracts and shipments, as an evaluation of events needs them. */
export async function readLedger(store: Store, panel: StorePanel): Promise<EventLedger> {
  return {
    lines: panel.book.linesOf,
    contracts: await allContracts(store),
    shipped: new Map((await buyInUnits(store)).map((row) => [`${row.promotion_id}|${row.product_id}`, row.units])),
  };
}

function summarise(panel: StorePanel, model: Model, events: number, notMeasured: number): FitSummary {
  const sigmas: number[] = [];
  let inside = 0;
  let fitted = 0;
  panel.ground.series.forEach((facts, key) => {
    if (!facts) return;
    const stats = seriesStats(model, Math.floor(key / panel.productIds.length), key % panel.productIds.length);
    if (!stats) return;
    sigmas.push(stats.sigma);
    for (const z of stats.z) {
      if (Number.isNaN(z)) continue;
      fitted++;
      if (Math.abs(z) <= Z80) inside++;
    }
  });
  const weeks = panel.panel.week;
  const used = (of: "account" | "product") => new Set(panel.panel[of]).size;
  return {
    rows: weeks.length,
    series: sigmas.length,
    accounts: used("account"),
    products: used("product"),
    first_week: weekFromIndex(weeks.reduce((first, w) => Math.min(first, w), weeks[0]!)),
    last_week: panel.lastWeek,
    residual_sigma: median(sigmas) ?? 0,
    coverage: fitted > 0 ? inside / fitted : 0,
    events,
    events_not_measured: notMeasured,
  };
}
