import { type Kysely, sql } from "kysely";

/** The promotion store: every table of the first release. STRICT, foreign keys on, money in minor units, dates ISO text, rates fractions. */
const TABLES = `
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

CREATE TABLE person (
  id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE,
  role TEXT NOT NULL CHECK (role IN ('kam', 'manager', 'finance', 'reader'))
) STRICT;

CREATE TABLE account (
  id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE, name TEXT NOT NULL UNIQUE COLLATE NOCASE,
  channel TEXT, country TEXT, currency TEXT NOT NULL DEFAULT 'EUR',
  vat_rate REAL NOT NULL DEFAULT 0 CHECK (vat_rate >= 0 AND vat_rate < 1),
  calendar TEXT NOT NULL DEFAULT 'iso' CHECK (calendar IN ('iso', 'nrf454', 'own')), own_week1 TEXT,
  owner_id TEXT REFERENCES person (id)
) STRICT;
CREATE TABLE account_alias (alias TEXT PRIMARY KEY COLLATE NOCASE, account_id INTEGER NOT NULL REFERENCES account (id)) STRICT;

CREATE TABLE contract (
  id INTEGER PRIMARY KEY, account_id INTEGER NOT NULL REFERENCES account (id), start TEXT NOT NULL, "end" TEXT NOT NULL,
  off_invoice_rate REAL NOT NULL DEFAULT 0, rebate_rate REAL NOT NULL DEFAULT 0, payment_days INTEGER NOT NULL DEFAULT 30,
  usual_payment TEXT NOT NULL DEFAULT 'bill_back' CHECK (usual_payment IN ('off_invoice', 'bill_back', 'scan_back', 'lump_sum', 'slotting', 'mdf')),
  max_discount REAL NOT NULL CHECK (max_discount > 0 AND max_discount < 1), notice_days INTEGER NOT NULL DEFAULT 14,
  CHECK (start <= "end"), UNIQUE (account_id, start)
) STRICT;
CREATE TABLE contract_mechanic (contract_id INTEGER NOT NULL REFERENCES contract (id), mechanic TEXT NOT NULL, PRIMARY KEY (contract_id, mechanic)) STRICT;
CREATE TABLE contract_blackout (id INTEGER PRIMARY KEY, contract_id INTEGER NOT NULL REFERENCES contract (id), start TEXT NOT NULL, "end" TEXT NOT NULL, reason TEXT NOT NULL, UNIQUE (contract_id, start)) STRICT;
CREATE TABLE contact (
  id INTEGER PRIMARY KEY, account_id INTEGER NOT NULL REFERENCES account (id), name TEXT NOT NULL, title TEXT NOT NULL,
  email TEXT, influence TEXT NOT NULL CHECK (influence IN ('decides', 'influences', 'informed')), UNIQUE (account_id, name)
) STRICT;

CREATE TABLE category (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE COLLATE NOCASE) STRICT;
CREATE TABLE brand (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE COLLATE NOCASE, category_id INTEGER NOT NULL REFERENCES category (id)) STRICT;
CREATE TABLE product (
  id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE, name TEXT NOT NULL UNIQUE COLLATE NOCASE, brand_id INTEGER NOT NULL REFERENCES brand (id),
  pack_size REAL, pack_unit TEXT, cost_minor INTEGER CHECK (cost_minor >= 0), list_price_minor INTEGER CHECK (list_price_minor >= 0),
  currency TEXT NOT NULL DEFAULT 'EUR', launched TEXT, delisted TEXT
) STRICT;
CREATE TABLE listing (
  account_id INTEGER NOT NULL REFERENCES account (id), product_id INTEGER NOT NULL REFERENCES product (id), start TEXT NOT NULL, "end" TEXT,
  PRIMARY KEY (account_id, product_id, start)
) STRICT;

-- A measured average shelf price is a rate (money a unit, incl. tax), so it is a real number in major units; amounts are minor integers.
CREATE TABLE sales_week (
  account_id INTEGER NOT NULL REFERENCES account (id), product_id INTEGER NOT NULL REFERENCES product (id), week TEXT NOT NULL,
  units REAL NOT NULL CHECK (units >= 0), retail_value_minor INTEGER, net_sales_minor INTEGER,
  price REAL CHECK (price > 0), base_price REAL CHECK (base_price > 0), base_units REAL,
  promoted INTEGER NOT NULL DEFAULT 0 CHECK (promoted IN (0, 1)), feature REAL NOT NULL DEFAULT 0, display REAL NOT NULL DEFAULT 0,
  distribution REAL, out_of_stock REAL NOT NULL DEFAULT 0 CHECK (out_of_stock BETWEEN 0 AND 1),
  PRIMARY KEY (account_id, product_id, week)
) STRICT, WITHOUT ROWID;
CREATE INDEX sales_week_product ON sales_week (product_id, week);
CREATE TABLE shipment_week (
  account_id INTEGER NOT NULL REFERENCES account (id), product_id INTEGER NOT NULL REFERENCES product (id), week TEXT NOT NULL,
  units REAL NOT NULL CHECK (units >= 0), ordered REAL, PRIMARY KEY (account_id, product_id, week)
) STRICT, WITHOUT ROWID;
CREATE TABLE category_week (
  account_id INTEGER NOT NULL REFERENCES account (id), category_id INTEGER NOT NULL REFERENCES category (id), week TEXT NOT NULL,
  volume REAL NOT NULL, value_minor INTEGER NOT NULL, own_share REAL NOT NULL, competitor_share REAL NOT NULL, private_label_share REAL NOT NULL,
  price_index REAL NOT NULL, PRIMARY KEY (account_id, category_id, week)
) STRICT, WITHOUT ROWID;
CREATE TABLE holiday (date TEXT NOT NULL, name TEXT NOT NULL, country TEXT NOT NULL, PRIMARY KEY (date, country, name)) STRICT;

CREATE TABLE fund (
  id INTEGER PRIMARY KEY, account_id INTEGER NOT NULL REFERENCES account (id), name TEXT NOT NULL, start TEXT NOT NULL, "end" TEXT NOT NULL,
  amount_minor INTEGER NOT NULL CHECK (amount_minor >= 0), currency TEXT NOT NULL DEFAULT 'EUR', UNIQUE (account_id, name, start)
) STRICT;
CREATE TABLE fund_transfer (
  id INTEGER PRIMARY KEY, from_fund INTEGER NOT NULL REFERENCES fund (id), to_fund INTEGER NOT NULL REFERENCES fund (id),
  amount_minor INTEGER NOT NULL CHECK (amount_minor > 0), status TEXT NOT NULL CHECK (status IN ('requested', 'done', 'rejected')),
  requested_by TEXT NOT NULL REFERENCES person (id), decided_by TEXT REFERENCES person (id), date TEXT NOT NULL, note TEXT
) STRICT;

CREATE TABLE promotion (
  id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE, series TEXT, account_id INTEGER NOT NULL REFERENCES account (id), name TEXT NOT NULL,
  mechanic TEXT NOT NULL CHECK (mechanic IN ('tpr', 'multibuy', 'loyalty_price', 'coupon', 'edlp')),
  discount REAL CHECK (discount >= 0 AND discount < 1), price_off_minor INTEGER, get_n INTEGER, pay_n INTEGER, redemption REAL,
  feature INTEGER NOT NULL CHECK (feature IN (0, 1)), display INTEGER NOT NULL CHECK (display IN (0, 1)),
  payment TEXT NOT NULL CHECK (payment IN ('off_invoice', 'bill_back', 'scan_back', 'lump_sum', 'slotting', 'mdf')),
  fixed_spend_minor INTEGER NOT NULL DEFAULT 0 CHECK (fixed_spend_minor >= 0), currency TEXT NOT NULL DEFAULT 'EUR',
  status TEXT NOT NULL CHECK (status IN ('draft', 'submitted', 'approved', 'running', 'ended', 'closed', 'cancelled')),
  start TEXT NOT NULL, "end" TEXT NOT NULL, buy_in_start TEXT, buy_in_end TEXT, scan_start TEXT, scan_end TEXT,
  fund_id INTEGER REFERENCES fund (id), note TEXT, created_by TEXT NOT NULL REFERENCES person (id), created_at TEXT NOT NULL,
  version INTEGER NOT NULL DEFAULT 1, CHECK (start <= "end")
) STRICT;
CREATE INDEX promotion_account ON promotion (account_id, start);
-- allowance: what the firm pays a promoted unit (p of the formulas), in minor units, ex tax; planned_units and planned_baseline are the plan's when it was made.
CREATE TABLE promotion_line (
  promotion_id INTEGER NOT NULL REFERENCES promotion (id) ON DELETE CASCADE, product_id INTEGER NOT NULL REFERENCES product (id),
  allowance_minor REAL NOT NULL DEFAULT 0, planned_units REAL, planned_baseline REAL, PRIMARY KEY (promotion_id, product_id)
) STRICT;
CREATE TABLE promotion_history (
  id INTEGER PRIMARY KEY, promotion_id INTEGER NOT NULL REFERENCES promotion (id) ON DELETE CASCADE, at TEXT NOT NULL,
  from_status TEXT, to_status TEXT NOT NULL, by TEXT NOT NULL REFERENCES person (id), reason TEXT
) STRICT;
-- What a promotion takes from its fund, by state; the four exclude one another, so their sum is what the fund no longer has.
CREATE TABLE promotion_spend (
  promotion_id INTEGER NOT NULL REFERENCES promotion (id) ON DELETE CASCADE, fund_id INTEGER NOT NULL REFERENCES fund (id),
  state TEXT NOT NULL CHECK (state IN ('planned', 'committed', 'accrued', 'settled')), amount_minor INTEGER NOT NULL,
  PRIMARY KEY (promotion_id, fund_id, state)
) STRICT;
-- Written by the fit, one row an event that ended; low and high are the 80 % interval of true_incremental.
CREATE TABLE promotion_result (
  promotion_id INTEGER PRIMARY KEY REFERENCES promotion (id) ON DELETE CASCADE, units REAL NOT NULL, baseline REAL NOT NULL, gross_incremental REAL NOT NULL,
  dip REAL NOT NULL, cannibalised REAL NOT NULL, halo REAL NOT NULL, true_incremental REAL NOT NULL, low REAL NOT NULL, high REAL NOT NULL,
  spend_minor INTEGER NOT NULL, incremental_profit_minor INTEGER, model_id INTEGER REFERENCES model (id)
) STRICT;

CREATE TABLE claim (
  id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE, account_id INTEGER NOT NULL REFERENCES account (id), promotion_id INTEGER REFERENCES promotion (id),
  kind TEXT NOT NULL CHECK (kind IN ('claim', 'deduction')), amount_minor INTEGER NOT NULL CHECK (amount_minor > 0), currency TEXT NOT NULL DEFAULT 'EUR',
  date TEXT NOT NULL, status TEXT NOT NULL CHECK (status IN ('open', 'paid', 'part_paid', 'disputed')), settled_minor INTEGER,
  decided_by TEXT REFERENCES person (id), decided_at TEXT, reason TEXT, reference TEXT
) STRICT;
CREATE TABLE visit (
  id INTEGER PRIMARY KEY, account_id INTEGER NOT NULL REFERENCES account (id), promotion_id INTEGER REFERENCES promotion (id), date TEXT NOT NULL,
  store TEXT NOT NULL, source TEXT NOT NULL, UNIQUE (account_id, store, date)
) STRICT;
CREATE TABLE shelf_check (
  visit_id INTEGER NOT NULL REFERENCES visit (id) ON DELETE CASCADE, product_id INTEGER NOT NULL REFERENCES product (id),
  on_shelf INTEGER NOT NULL, display_present INTEGER NOT NULL, feature_present INTEGER, price_seen REAL, PRIMARY KEY (visit_id, product_id)
) STRICT;
CREATE TABLE activity (
  id INTEGER PRIMARY KEY, account_id INTEGER NOT NULL REFERENCES account (id), kind TEXT NOT NULL, date TEXT NOT NULL, text TEXT NOT NULL,
  next_step TEXT, by TEXT NOT NULL REFERENCES person (id)
) STRICT;
-- What is happening in the market, from outside: dated, sourced, quoted; never an instruction.
CREATE TABLE signal (
  id INTEGER PRIMARY KEY, account_id INTEGER REFERENCES account (id), category_id INTEGER REFERENCES category (id),
  kind TEXT NOT NULL CHECK (kind IN ('competitor_promotion', 'competitor_price', 'category_price', 'event', 'news')),
  competitor TEXT, start TEXT NOT NULL, "end" TEXT NOT NULL, value REAL, text TEXT NOT NULL, source TEXT NOT NULL, reported TEXT NOT NULL,
  UNIQUE (account_id, category_id, kind, competitor, start)
) STRICT;

CREATE TABLE audit (
  id INTEGER PRIMARY KEY, at TEXT NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL, entity TEXT NOT NULL, entity_id TEXT NOT NULL,
  before TEXT, after TEXT, previous_hash TEXT NOT NULL, hash TEXT NOT NULL
) STRICT;
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
-- One row a change that a person approved: the key makes a second commit of it do nothing.
CREATE TABLE applied_change (key TEXT PRIMARY KEY, kind TEXT NOT NULL, result TEXT NOT NULL, by TEXT NOT NULL, at TEXT NOT NULL) STRICT;

CREATE TABLE model (
  id INTEGER PRIMARY KEY, data_version INTEGER NOT NULL, method TEXT NOT NULL, rows INTEGER NOT NULL, series INTEGER NOT NULL,
  fitted_at TEXT NOT NULL, summary TEXT NOT NULL, body TEXT NOT NULL
) STRICT;
-- Progress of an import: the batches that are in, so that a stopped one goes on where it was.
CREATE TABLE import_run (
  id INTEGER PRIMARY KEY, file_hash TEXT NOT NULL, map_hash TEXT NOT NULL, kind TEXT NOT NULL, file TEXT NOT NULL, started_at TEXT NOT NULL,
  rows_done INTEGER NOT NULL DEFAULT 0, written INTEGER NOT NULL DEFAULT 0, rejected INTEGER NOT NULL DEFAULT 0, finished INTEGER NOT NULL DEFAULT 0,
  UNIQUE (file_hash, map_hash)
) STRICT;

-- The simulator's true parameters: written by the demo market, read by the evals only, by no tool.
CREATE TABLE truth_parameter (name TEXT NOT NULL, account_id INTEGER NOT NULL DEFAULT 0, product_id INTEGER NOT NULL DEFAULT 0, value REAL NOT NULL, PRIMARY KEY (name, account_id, product_id)) STRICT;
CREATE TABLE truth_promotion (
  promotion_id INTEGER PRIMARY KEY REFERENCES promotion (id) ON DELETE CASCADE, baseline REAL NOT NULL, gross_incremental REAL NOT NULL, dip REAL NOT NULL, cannibalised REAL NOT NULL,
  halo REAL NOT NULL, true_incremental REAL NOT NULL, cause TEXT
) STRICT;
CREATE TABLE truth_baseline (
  account_id INTEGER NOT NULL, product_id INTEGER NOT NULL, week TEXT NOT NULL, baseline REAL NOT NULL, PRIMARY KEY (account_id, product_id, week)
) STRICT, WITHOUT ROWID;

INSERT INTO meta (key, value) VALUES ('data_version', '1');
INSERT INTO person (id, name, role) VALUES ('dan', 'Dan', 'manager'), ('system', 'System', 'reader');
`;

/** Read-only views: documented in README.md, so that any figure can be checked by hand. */
const VIEWS = `
CREATE VIEW v_sales_week AS
SELECT a.name AS account, s.account_id, p.name AS product, s.product_id, b.name AS brand, p.brand_id, c.name AS category, b.category_id,
  s.week, s.units, s.net_sales_minor / 100.0 AS net_sales, s.price, s.base_price, s.promoted,
  s.feature, s.display, s.out_of_stock, s.distribution, a.currency
FROM sales_week s JOIN account a ON a.id = s.account_id JOIN product p ON p.id = s.product_id
  JOIN brand b ON b.id = p.brand_id JOIN category c ON c.id = b.category_id;

CREATE VIEW v_promotion AS
SELECT q.code AS promotion, q.id AS promotion_id, a.name AS account, q.account_id, q.name, q.mechanic, q.discount, q.start, q."end", q.status, q.feature, q.display, q.payment,
  CASE WHEN l.categories = 1 THEN l.category END AS category, CASE WHEN l.categories = 1 THEN l.category_id END AS category_id,
  CASE WHEN l.brands = 1 THEN l.brand END AS brand, CASE WHEN l.brands = 1 THEN l.brand_id END AS brand_id,
  l.products, u.name AS owner, a.owner_id, q.price_off_minor / 100.0 AS price_off, q.get_n, q.pay_n, q.redemption, q.fixed_spend_minor / 100.0 AS fixed_spend, q.currency, q.series, q.created_by
FROM promotion q JOIN account a ON a.id = q.account_id LEFT JOIN person u ON u.id = a.owner_id
LEFT JOIN (
  SELECT p.promotion_id, count(DISTINCT b.id) AS brands, count(DISTINCT c.id) AS categories, min(b.name) AS brand, min(b.id) AS brand_id,
    min(c.name) AS category, min(c.id) AS category_id, group_concat(p.name, '; ') AS products
  FROM (SELECT l.promotion_id, p.name, p.brand_id FROM promotion_line l JOIN product p ON p.id = l.product_id ORDER BY l.promotion_id, p.name) p
    JOIN brand b ON b.id = p.brand_id JOIN category c ON c.id = b.category_id GROUP BY p.promotion_id
) l ON l.promotion_id = q.id;

CREATE VIEW v_promotion_result AS
SELECT q.code AS promotion, r.promotion_id, r.units, r.baseline, r.gross_incremental, r.dip, r.cannibalised, r.halo, r.true_incremental, r.low, r.high,
  r.spend_minor / 100.0 AS spend, r.incremental_profit_minor / 100.0 AS incremental_profit,
  CASE WHEN r.spend_minor > 0 THEN (r.incremental_profit_minor - r.spend_minor) * 1.0 / r.spend_minor END AS net_roi,
  CASE WHEN r.spend_minor > 0 THEN r.incremental_profit_minor * 1.0 / r.spend_minor END AS gross_roi,
  CASE WHEN r.baseline > 0 THEN r.gross_incremental / r.baseline END AS uplift
FROM promotion_result r JOIN promotion q ON q.id = r.promotion_id;

CREATE VIEW v_budget AS
SELECT a.name AS account, f.account_id, f.name AS fund, f.id AS fund_id, f.start || '/' || f."end" AS period,
  (f.amount_minor + coalesce(t.moved, 0)) / 100.0 AS amount, coalesce(s.planned, 0) / 100.0 AS planned, coalesce(s.committed, 0) / 100.0 AS committed,
  coalesce(s.accrued, 0) / 100.0 AS accrued, coalesce(s.settled, 0) / 100.0 AS settled,
  (f.amount_minor + coalesce(t.moved, 0) - coalesce(s.planned + s.committed + s.accrued + s.settled, 0)) / 100.0 AS "left", f.currency
FROM fund f JOIN account a ON a.id = f.account_id
LEFT JOIN (
  SELECT fund_id, sum(CASE WHEN state = 'planned' THEN amount_minor ELSE 0 END) AS planned, sum(CASE WHEN state = 'committed' THEN amount_minor ELSE 0 END) AS committed,
    sum(CASE WHEN state = 'accrued' THEN amount_minor ELSE 0 END) AS accrued, sum(CASE WHEN state = 'settled' THEN amount_minor ELSE 0 END) AS settled
  FROM promotion_spend GROUP BY fund_id
) s ON s.fund_id = f.id
LEFT JOIN (
  SELECT fund_id, sum(amount) AS moved FROM (
    SELECT to_fund AS fund_id, amount_minor AS amount FROM fund_transfer WHERE status = 'done'
    UNION ALL SELECT from_fund, -amount_minor FROM fund_transfer WHERE status = 'done'
  ) GROUP BY fund_id
) t ON t.fund_id = f.id;
`;

/** Splits on the semicolons that end statements; triggers hold one inside, so they are kept whole. */
function statements(text: string): string[] {
  const lines = text.split("\n").filter((line) => !line.trimStart().startsWith("--"));
  return lines
    .join("\n")
    .split(/;\s*\n/)
    .map((s) => s.trim())
    .filter(Boolean);
}

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [...statements(TABLES), ...statements(VIEWS)]) await sql.raw(statement).execute(db);
}
