import { type Kysely, sql } from "kysely";

/** A rule that stands in the way of a promotion, passed over by a person who may, with her reason; never changed or taken away, only ended. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `CREATE TABLE policy_override (
  id INTEGER PRIMARY KEY, promotion_id INTEGER NOT NULL REFERENCES promotion (id), rule TEXT NOT NULL, reason TEXT NOT NULL,
  by TEXT NOT NULL REFERENCES person (id), date TEXT NOT NULL, ended TEXT
) STRICT`,
    )
    .execute(db);
  await sql.raw("CREATE INDEX policy_override_promotion ON policy_override (promotion_id, rule)").execute(db);
}
