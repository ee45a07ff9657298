import { type Kysely, sql } from "kysely";

/**
 * What field systems and image recognition say of a visit beyond yes and no, the id that their record has at the sender, and the stores of an account. Two systems
 * may see one store on one day, so the source is part of a visit's key; SQLite changes a key by making the table anew.
 */
const STATEMENTS = [
  `CREATE TABLE account_store (
  id INTEGER PRIMARY KEY, account_id INTEGER NOT NULL REFERENCES account (id), name TEXT NOT NULL, code TEXT, UNIQUE (account_id, name)
) STRICT`,
  `CREATE TABLE visit_next (
  id INTEGER PRIMARY KEY, account_id INTEGER NOT NULL REFERENCES account (id), promotion_id INTEGER REFERENCES promotion (id), date TEXT NOT NULL,
  store TEXT NOT NULL, source TEXT NOT NULL, external_id TEXT, UNIQUE (account_id, store, date, source), UNIQUE (source, external_id)
) STRICT`,
  `INSERT INTO visit_next (id, account_id, promotion_id, date, store, source)
  SELECT id, account_id, promotion_id, date, store, source FROM visit`,
  `CREATE TABLE shelf_check_next (
  visit_id INTEGER NOT NULL REFERENCES visit_next (id) ON DELETE CASCADE, product_id INTEGER NOT NULL REFERENCES product (id),
  on_shelf INTEGER NOT NULL, display_present INTEGER NOT NULL, feature_present INTEGER, price_seen REAL,
  confidence REAL CHECK (confidence BETWEEN 0 AND 1), facings INTEGER CHECK (facings >= 0), availability REAL CHECK (availability BETWEEN 0 AND 1),
  display_type TEXT, photo TEXT, PRIMARY KEY (visit_id, product_id)
) STRICT`,
  `INSERT INTO shelf_check_next (visit_id, product_id, on_shelf, display_present, feature_present, price_seen)
  SELECT visit_id, product_id, on_shelf, display_present, feature_present, price_seen FROM shelf_check`,
  "DROP TABLE shelf_check",
  "DROP TABLE visit",
  "ALTER TABLE visit_next RENAME TO visit",
  "ALTER TABLE shelf_check_next RENAME TO shelf_check",
  "CREATE INDEX visit_promotion ON visit (promotion_id)",
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
