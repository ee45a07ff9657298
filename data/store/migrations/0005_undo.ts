import { type Kysely, sql } from "kysely";

/**
 * What an applied change did stands in the audit log, and the change knows which entries are its own: that is what it is
 * taken back by. Changes of before this migration have none and cannot be.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const column of ["batch TEXT", "first_audit INTEGER", "last_audit INTEGER", "undone_at TEXT"])
    await sql.raw(`ALTER TABLE applied_change ADD COLUMN ${column}`).execute(db);
  await sql.raw("CREATE INDEX applied_change_last ON applied_change (by, last_audit)").execute(db);
  await sql.raw("CREATE INDEX audit_entity ON audit (entity, entity_id)").execute(db);
}
