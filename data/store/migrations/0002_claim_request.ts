import { type Kysely, sql } from "kysely";

/** What a KAM asks finance to do with a claim; finance settles, and the request stays as the trace of who asked. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `CREATE TABLE claim_request (
  id INTEGER PRIMARY KEY, claim_id INTEGER NOT NULL REFERENCES claim (id),
  decision TEXT NOT NULL CHECK (decision IN ('pay', 'dispute', 'part_pay')), amount_minor INTEGER CHECK (amount_minor > 0),
  reason TEXT, status TEXT NOT NULL CHECK (status IN ('requested', 'done', 'replaced')),
  requested_by TEXT NOT NULL REFERENCES person (id), date TEXT NOT NULL
) STRICT`,
    )
    .execute(db);
  await sql.raw("CREATE INDEX claim_request_claim ON claim_request (claim_id, status)").execute(db);
}
