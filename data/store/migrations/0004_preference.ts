import { type Kysely, sql } from "kysely";

/** What a person wants shown her way, one row a kind; `value` is JSON, `said` the words by which she asked for it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `CREATE TABLE preference (
  person_id TEXT NOT NULL REFERENCES person (id), kind TEXT NOT NULL, value TEXT NOT NULL CHECK (json_valid(value)),
  since TEXT NOT NULL, said TEXT NOT NULL, PRIMARY KEY (person_id, kind)
) STRICT, WITHOUT ROWID`,
    )
    .execute(db);
}
