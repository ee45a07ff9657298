import type { Store } from "../store/open.ts";

/** What the results of the ended promotions say beside what is true, in units; for evals that score estimates, never for a tool. */
export const resultsBesideTruth = (store: Store) =>
  store.db
    .selectFrom("promotion_result as r")
    .innerJoin("truth_promotion as t", "t.promotion_id", "r.promotion_id")
    .innerJoin("promotion as p", "p.id", "r.promotion_id")
    .select(["r.promotion_id", "p.account_id", "p.start", "p.end", "r.units", "r.baseline", "r.gross_incremental"])
    .select(["r.dip", "r.cannibalised", "r.halo", "r.true_incremental", "r.low", "r.high", "t.cause"])
    .select(["t.baseline as truth_baseline", "t.gross_incremental as truth_gross", "t.dip as truth_dip"])
    .select(["t.cannibalised as truth_cannibalised", "t.halo as truth_halo", "t.true_incremental as truth"])
    .orderBy("r.promotion_id")
    .execute();

export type ResultBesideTruth = Awaited<ReturnType<typeof resultsBesideTruth>>[number];

/** The promotions that the simulator made fail, with the cause that it planted; for evals as well. */
export const plantedCauses = (store: Store) =>
  store.db
    .selectFrom("truth_promotion as t")
    .innerJoin("promotion as p", "p.id", "t.promotion_id")
    .where("t.cause", "is not", null)
    .select(["p.code as promotion"])
    .select((eb) => eb.ref("t.cause").$notNull().as("cause"))
    .orderBy("p.id")
    .execute();
