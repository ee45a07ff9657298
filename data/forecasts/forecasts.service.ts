import { createHash } from "node:crypto";
import { KamError, toKamError } from "../common/errors.ts";
import type { Store } from "../store/open.ts";
import { inShortTransaction } from "../store/shortTransaction.repo.ts";
import { type Actor, seesAccount } from "../users/actor.ts";
import {
  type FigureRow,
  type FigureValues,
  type ForecastRow,
  figuresOf,
  idOfDigest,
  insertForecast,
  insertOverride,
  insertUse,
  lastOverride,
  lastUse,
  measuredPromotions,
  newestForecast,
  overrides,
  toldForecastOf,
  usedForecasts,
  wasDrafted,
} from "./forecasts.repo.ts";

export type { FigureValues };
export type Figure = FigureRow["figure"];

/** A forecast as it was told; `spec` is the promotion in one fixed form, so that the same one is known again. */
export interface NewForecast extends Omit<ForecastRow, "id" | "digest" | "made" | "made_by"> {
  readonly figures: readonly FigureValues[];
}

const NOT_WRITABLE = new Set(["store_read_only", "store_locked", "store_full"]);

/**
 * Keeps forecasts as they were made. The same forecast told again is kept once. It is a log and no change of the business:
 * nothing waits for it, the data version stays, and a store that cannot be written now goes without.
 * @returns their ids in order; null where the store could not be written
 * @throws KamError no_right for an account that the actor does not see
 */
export async function logForecasts(
  actor: Actor,
  store: Store,
  made: readonly NewForecast[],
): Promise<readonly number[] | null> {
  if (made.some((one) => !seesAccount(actor, one.account_id)))
    throw new KamError("no_right", `${actor.name} cannot see that account.`);
  const rows = made.map(({ figures, ...row }) => ({ row, figures, digest: digestOf(row, figures) }));
  const known = await Promise.all(rows.map(({ digest }) => idOfDigest(store, digest)));
  if (known.every((id) => id !== undefined)) return known;
  try {
    return await inShortTransaction(store, async (tx) => {
      const ids: number[] = [];
      for (const { row, figures, digest } of rows)
        ids.push(
          (await idOfDigest(tx, digest)) ??
            (await insertForecast(tx, { ...row, digest, made: tx.today, made_by: actor.id }, figures)),
        );
      return ids;
    });
  } catch (thrown) {
    const error = toKamError(thrown, store.path);
    // Inside a change that a person approved the whole of it stands or falls together.
    if (store.db.isTransaction || !NOT_WRITABLE.has(error.code)) throw error;
    return null;
  }
}

/** One hash of all that makes a forecast the same; who asked, when and through which door does not. */
function digestOf(row: Omit<NewForecast, "figures">, figures: readonly FigureValues[]): string {
  const of = [row.account_id, row.spec, row.data_version, row.method, row.currency, figures.map(valuesOf)];
  return createHash("sha256").update(JSON.stringify(of)).digest("hex");
}

const valuesOf = (f: FigureValues) => [f.figure, f.mean, f.q025, f.q10, f.q90, f.q975];

/** The id of the newest forecast of this very promotion on these data; null where none was kept. */
export const loggedForecast = async (
  store: Store,
  of: Pick<NewForecast, "account_id" | "start" | "spec" | "data_version" | "method">,
): Promise<number | null> => (await newestForecast(store, of))?.id ?? null;

/** Ties a promotion to the forecast that it was drafted or approved with; call it in the transaction of that change. */
export async function recordUse(
  actor: Actor,
  tx: Store,
  use: { readonly promotion_id: number; readonly forecast_id: number; readonly step: "draft" | "approved" },
): Promise<void> {
  const last = await lastUse(tx, use.promotion_id);
  if (last?.forecast_id === use.forecast_id && last.step === use.step) return;
  await insertUse(tx, { ...use, at: tx.today, by: actor.id });
}

/**
 * Keeps the units that a person plans with instead of the forecast that she was shown, null where she goes by the forecast
 * (again); what stands already is no news.
 */
export async function recordOverride(
  actor: Actor,
  tx: Store,
  said: { readonly promotion_id: number; readonly forecast_id: number | null; readonly units: number | null },
): Promise<void> {
  const last = await lastOverride(tx, said.promotion_id);
  if (!last && said.units === null) return;
  if (last?.units === said.units && last.forecast_id === said.forecast_id) return;
  await insertOverride(tx, { ...said, at: tx.today, by: actor.id });
}

/** A promotion that ran whole, with the forecast of its approval (else of its last draft) and what a person planned with instead. */
export interface UsedForecast {
  readonly promotion_id: number;
  readonly account_id: number;
  readonly product_ids: readonly number[];
  readonly mechanic: ForecastRow["mechanic"];
  readonly depth: number;
  readonly figures: Readonly<Partial<Record<Figure, FigureValues>>>;
  /** What it sold, and what of it was truly incremental as it was measured afterwards. */
  readonly sold: number;
  readonly gained: number;
  /** Units of a person's own plan, made without the forecast or set against it; null where she took the forecast. */
  readonly planned: number | null;
  /** That plan was set against the forecast. */
  readonly overridden: boolean;
}

/**
 * What became of the forecasts that promotions were made with, of those that ended by a day and are measured: for scores over
 * the accounts that an actor sees, which the caller picks; no row of another's may be shown or counted.
 */
export async function measuredForecasts(store: Store, until: string): Promise<UsedForecast[]> {
  const uses = new Map<number, Awaited<ReturnType<typeof usedForecasts>>[number]>();
  const drafted = new Set<number>();
  for (const use of await usedForecasts(store)) {
    if (use.step === "draft") drafted.add(use.promotion_id);
    // A draft that was changed after a rejection is approved anew, so the last approval is the one that counts.
    if (use.step === "approved" || uses.get(use.promotion_id)?.step !== "approved") uses.set(use.promotion_id, use);
  }
  if (uses.size === 0) return [];
  const measured = Map.groupBy(await measuredPromotions(store, until), (row) => row.promotion_id);
  const wanted = [...uses.values()].filter((use) => measured.has(use.promotion_id));
  const figures = Map.groupBy(
    await figuresOf(
      store,
      wanted.map((use) => use.forecast_id),
    ),
    (row) => row.forecast_id,
  );
  const said = new Map((await overrides(store)).map((row) => [row.promotion_id, row.units]));
  return wanted.map((use) => {
    const lines = measured.get(use.promotion_id)!;
    return {
      promotion_id: use.promotion_id,
      account_id: use.account_id,
      product_ids: lines.map((line) => line.product_id),
      mechanic: use.mechanic,
      depth: use.depth,
      figures: byFigure(figures.get(use.forecast_id) ?? []),
      sold: lines[0]!.units,
      gained: lines[0]!.true_incremental,
      planned:
        drafted.has(use.promotion_id) || said.has(use.promotion_id)
          ? (said.get(use.promotion_id) ?? null)
          : sumOf(lines),
      overridden: (said.get(use.promotion_id) ?? null) !== null,
    };
  });
}

/** The forecast that a promotion was approved with, else that of its last draft; null where it had none. The caller got the promotion from its service. */
export async function toldForecast(store: Store, promotionId: number) {
  const told = await toldForecastOf(store, promotionId);
  if (!told) return null;
  const figures = await figuresOf(store, [told.id]);
  return { made: told.made, step: told.step, figures: byFigure(figures) };
}

const byFigure = (rows: readonly FigureRow[]): UsedForecast["figures"] =>
  Object.fromEntries(rows.map((row) => [row.figure, row]));

type Lines = readonly { readonly planned_units: number | null }[];

/**
 * The units that a person plans a promotion with: what she set against its forecast, or planned before there was one (an
 * imported plan); null where its lines hold the forecast.
 */
export async function ownUnits(store: Store, promotionId: number, lines: Lines): Promise<number | null> {
  const last = await lastOverride(store, promotionId);
  if (last) return last.units;
  return (await wasDrafted(store, promotionId)) ? null : sumOf(lines);
}

/** Null where the units of a line are not known. */
const sumOf = (lines: Lines): number | null =>
  lines.length > 0 && lines.every((line) => line.planned_units !== null)
    ? Math.round(10 * lines.reduce((sum, line) => sum + line.planned_units!, 0)) / 10
    : null;
