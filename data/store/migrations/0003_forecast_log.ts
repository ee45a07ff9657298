import { type Kysely, sql } from "kysely";

/**
 * What the program forecast, kept as it was made: a log beside the audit log, append-only, that no view of the business
 * shows. `forecast_use` says which promotion a forecast became part of and at which step, `plan_override` which units a
 * person planned with instead (null where she took them back). Net profit is in major units of `currency`.
 */
const TABLES = [
  `CREATE TABLE forecast (
  id INTEGER PRIMARY KEY, digest TEXT NOT NULL UNIQUE, made TEXT NOT NULL, made_by TEXT NOT NULL REFERENCES person (id),
  door TEXT NOT NULL CHECK (door IN ('reply', 'scenario', 'plan', 'draft', 'promotion')),
  data_version INTEGER NOT NULL, method TEXT NOT NULL, account_id INTEGER NOT NULL REFERENCES account (id),
  start TEXT NOT NULL, "end" TEXT NOT NULL, mechanic TEXT NOT NULL, depth REAL NOT NULL, spec TEXT NOT NULL, currency TEXT NOT NULL
) STRICT`,
  "CREATE INDEX forecast_spec ON forecast (account_id, start, spec)",
  `CREATE TABLE forecast_figure (
  forecast_id INTEGER NOT NULL REFERENCES forecast (id),
  figure TEXT NOT NULL CHECK (figure IN ('baseline', 'units', 'true_incremental', 'net_profit')),
  mean REAL NOT NULL, q025 REAL NOT NULL, q10 REAL NOT NULL, q90 REAL NOT NULL, q975 REAL NOT NULL, PRIMARY KEY (forecast_id, figure)
) STRICT, WITHOUT ROWID`,
  `CREATE TABLE forecast_use (
  id INTEGER PRIMARY KEY, promotion_id INTEGER NOT NULL REFERENCES promotion (id), forecast_id INTEGER NOT NULL REFERENCES forecast (id),
  step TEXT NOT NULL CHECK (step IN ('draft', 'approved')), at TEXT NOT NULL, by TEXT NOT NULL REFERENCES person (id)
) STRICT`,
  "CREATE INDEX forecast_use_promotion ON forecast_use (promotion_id)",
  `CREATE TABLE plan_override (
  id INTEGER PRIMARY KEY, promotion_id INTEGER NOT NULL REFERENCES promotion (id), forecast_id INTEGER REFERENCES forecast (id),
  units REAL CHECK (units >= 0), at TEXT NOT NULL, by TEXT NOT NULL REFERENCES person (id)
) STRICT`,
  "CREATE INDEX plan_override_promotion ON plan_override (promotion_id)",
];
const LOGS = ["forecast", "forecast_figure", "forecast_use", "plan_override"];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const table of TABLES) await sql.raw(table).execute(db);
  for (const log of LOGS)
    for (const change of ["UPDATE", "DELETE"])
      await sql
        .raw(
          `CREATE TRIGGER ${log}_no_${change.toLowerCase()} BEFORE ${change} ON ${log} BEGIN SELECT RAISE(ABORT, 'the log of forecasts is append-only'); END`,
        )
        .execute(db);
}
