import type { Insertable, Selectable } from "kysely";
import type { Store } from "../store/open.ts";
import type {
  ForecastFigureTable,
  ForecastTable,
  ForecastUseTable,
  PlanOverrideTable,
} from "../store/schema/forecasts.ts";

export type ForecastRow = Selectable<ForecastTable>;
export type FigureRow = Selectable<ForecastFigureTable>;
export type FigureValues = Omit<FigureRow, "forecast_id">;

export const idOfDigest = async (store: Store, digest: string): Promise<number | undefined> =>
  (await store.db.selectFrom("forecast").select("id").where("digest", "=", digest).executeTakeFirst())?.id;

/** @returns the id of the new row */
export async function insertForecast(
  store: Store,
  row: Insertable<ForecastTable>,
  figures: readonly FigureValues[],
): Promise<number> {
  const { id } = await store.db.insertInto("forecast").values(row).returning("id").executeTakeFirstOrThrow();
  await store.db
    .insertInto("forecast_figure")
    .values(figures.map((figure) => ({ ...figure, forecast_id: id })))
    .execute();
  return id;
}

/** The newest forecast of a promotion as it is written down, on this version of the data by this method. */
export const newestForecast = (
  store: Store,
  of: Pick<ForecastRow, "account_id" | "start" | "spec" | "data_version" | "method">,
) =>
  store.db
    .selectFrom("forecast")
    .select("id")
    .where("account_id", "=", of.account_id)
    .where("start", "=", of.start)
    .where("spec", "=", of.spec)
    .where("data_version", "=", of.data_version)
    .where("method", "=", of.method)
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();

export const insertUse = (store: Store, row: Insertable<ForecastUseTable>) =>
  store.db.insertInto("forecast_use").values(row).execute();

export const lastUse = (store: Store, promotionId: number) =>
  store.db
    .selectFrom("forecast_use")
    .selectAll()
    .where("promotion_id", "=", promotionId)
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();

/** Whether the promotion was ever drafted with a forecast beside it: its planned units are then the program's. */
export const wasDrafted = async (store: Store, promotionId: number): Promise<boolean> =>
  (await store.db
    .selectFrom("forecast_use")
    .select("id")
    .where("promotion_id", "=", promotionId)
    .where("step", "=", "draft")
    .limit(1)
    .executeTakeFirst()) !== undefined;

export const insertOverride = (store: Store, row: Insertable<PlanOverrideTable>) =>
  store.db.insertInto("plan_override").values(row).execute();

export const lastOverride = (store: Store, promotionId: number) =>
  store.db
    .selectFrom("plan_override")
    .selectAll()
    .where("promotion_id", "=", promotionId)
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();

/** Forecasts that promotions were made with, in the order of their use. */
export const usedForecasts = (store: Store) =>
  store.db
    .selectFrom("forecast_use as u")
    .innerJoin("forecast as f", "f.id", "u.forecast_id")
    .select(["u.promotion_id", "u.step", "u.forecast_id", "f.account_id", "f.mechanic", "f.depth"])
    .orderBy("u.id")
    .execute();

/** The forecast that a promotion was approved with, else that of its last draft. */
export const toldForecastOf = (store: Store, promotionId: number) =>
  store.db
    .selectFrom("forecast_use as u")
    .innerJoin("forecast as f", "f.id", "u.forecast_id")
    .select(["u.step", "f.id", "f.made"])
    .where("u.promotion_id", "=", promotionId)
    .orderBy("u.step")
    .orderBy("u.id", "desc")
    .limit(1)
    .executeTakeFirst();

export const figuresOf = (store: Store, forecastIds: readonly number[]) =>
  store.db
    .selectFrom("forecast_figure")
    .selectAll()
    .where("forecast_id", "in", [...forecastIds])
    .execute();

/** What people planned with in the place of forecasts, in the order in which they said it. */
export const overrides = (store: Store) =>
  store.db.selectFrom("plan_override").select(["promotion_id", "units"]).orderBy("id").execute();

/** Promotions that ran whole by a day and are measured, with their products. */
export const measuredPromotions = (store: Store, until: string) =>
  store.db
    .selectFrom("promotion as p")
    .innerJoin("promotion_result as r", "r.promotion_id", "p.id")
    .innerJoin("promotion_line as l", "l.promotion_id", "p.id")
    .select(["p.id as promotion_id", "r.units", "r.true_incremental", "l.product_id", "l.planned_units"])
    .where("p.status", "in", ["approved", "running", "ended", "closed"])
    .where("p.end", "<=", until)
    .orderBy("p.id")
    .orderBy("l.product_id")
    .execute();
