import { type Kysely, sql } from "kysely";

/**
 * What each turn asked of a language model, a log beside the business. Tokens are null where the service did not count
 * them; the cost, in millionths of `currency`, where no price was set. `finished` is 0 where the built-in planner took over.
 */
const TABLE = `CREATE TABLE model_use (
  id INTEGER PRIMARY KEY, day TEXT NOT NULL, person_id TEXT NOT NULL REFERENCES person (id), thread TEXT NOT NULL,
  model TEXT NOT NULL, calls INTEGER NOT NULL CHECK (calls > 0), prompt_tokens INTEGER, completion_tokens INTEGER,
  cost_micro INTEGER, currency TEXT, ms INTEGER NOT NULL, finished INTEGER NOT NULL CHECK (finished IN (0, 1)),
  CHECK ((cost_micro IS NULL) = (currency IS NULL))
) STRICT`;
const VIEW = `CREATE VIEW v_model_use AS
  SELECT u.id AS turn, u.day, p.name AS person, u.person_id, u.thread, u.model, u.calls, u.prompt_tokens,
    u.completion_tokens, u.cost_micro / 1000000.0 AS cost, u.currency, u.ms, u.finished
  FROM model_use u JOIN person p ON p.id = u.person_id`;

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [TABLE, "CREATE INDEX model_use_day ON model_use (day)", VIEW])
    await sql.raw(statement).execute(db);
}
