import { type Kysely, sql } from "kysely";

/** How many pieces of a model's words in a turn nothing in the results stood behind; none of them reached the person. */
const COLUMN = "ALTER TABLE model_use ADD COLUMN untraced INTEGER NOT NULL DEFAULT 0 CHECK (untraced >= 0)";
const VIEW = `CREATE VIEW v_model_use AS
  SELECT u.id AS turn, u.day, p.name AS person, u.person_id, u.thread, u.model, u.calls, u.prompt_tokens,
    u.completion_tokens, u.cost_micro / 1000000.0 AS cost, u.currency, u.ms, u.finished, u.untraced
  FROM model_use u JOIN person p ON p.id = u.person_id`;

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of ["DROP VIEW v_model_use", COLUMN, VIEW]) await sql.raw(statement).execute(db);
}
