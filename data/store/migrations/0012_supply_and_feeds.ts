import { type Kysely, sql } from "kysely";

/** Orders from the systems that take them, packs a case, and where signals come from when a feed brought them. */
const STATEMENTS = [
  "ALTER TABLE product ADD COLUMN units_per_case INTEGER CHECK (units_per_case > 0)",
  `CREATE TABLE supply_order (
  id INTEGER PRIMARY KEY, source TEXT NOT NULL CHECK (source IN ('erp', 'dms', 'b2b_shop')), code TEXT NOT NULL,
  line TEXT NOT NULL DEFAULT '', account_id INTEGER NOT NULL REFERENCES account (id), product_id INTEGER NOT NULL REFERENCES product (id),
  promotion_id INTEGER REFERENCES promotion (id), ordered_on TEXT NOT NULL, requested TEXT NOT NULL, confirmed TEXT,
  ordered REAL NOT NULL CHECK (ordered > 0), confirmed_units REAL CHECK (confirmed_units >= 0),
  delivered REAL NOT NULL DEFAULT 0 CHECK (delivered >= 0),
  status TEXT NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'closed', 'cancelled')),
  UNIQUE (source, code, line, product_id), CHECK (requested >= ordered_on)
) STRICT`,
  "CREATE INDEX supply_order_account ON supply_order (account_id, status, requested)",
  `CREATE VIEW v_open_order AS
  SELECT o.source, o.code AS "order", o.line, a.name AS account, o.account_id, p.name AS product, o.product_id, q.code AS promotion,
    o.promotion_id, o.ordered_on, o.requested, o.confirmed, o.ordered, o.confirmed_units, o.delivered,
    CASE WHEN o.confirmed_units IS NOT NULL AND o.confirmed_units < o.ordered THEN o.confirmed_units ELSE o.ordered END - o.delivered AS due
  FROM supply_order o JOIN account a ON a.id = o.account_id JOIN product p ON p.id = o.product_id
    LEFT JOIN promotion q ON q.id = o.promotion_id
  WHERE o.status = 'open'`,
  `CREATE TABLE feed (
  name TEXT PRIMARY KEY, url TEXT NOT NULL, hosts TEXT NOT NULL, mapping TEXT NOT NULL, etag TEXT, modified TEXT, fetched_at TEXT,
  outcome TEXT CHECK (outcome IN ('fetched', 'unchanged', 'failed')), message TEXT
) STRICT`,
  "ALTER TABLE signal ADD COLUMN feed TEXT REFERENCES feed (name)",
  "ALTER TABLE signal ADD COLUMN guid TEXT",
  "ALTER TABLE signal ADD COLUMN url TEXT",
  "CREATE UNIQUE INDEX signal_of_feed ON signal (feed, guid)",
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
