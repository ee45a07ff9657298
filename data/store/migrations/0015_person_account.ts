import { type Kysely, sql } from "kysely";

/** Accounts that a reader is shown; one without a row is shown all of them. What a KAM sees is what she owns. */
const TABLE = `CREATE TABLE person_account (
  person_id TEXT NOT NULL REFERENCES person (id),
  account_id INTEGER NOT NULL REFERENCES account (id),
  PRIMARY KEY (person_id, account_id)
) STRICT`;

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(TABLE).execute(db);
}
