import { type Kysely, sql } from "kysely";

const TABLES = [
  // A bonus that the year's volume earns: from the threshold on (minor units of money, or units), the rate of the whole year's net sales.
  `CREATE TABLE contract_tier (
    contract_id INTEGER NOT NULL REFERENCES contract (id), measure TEXT NOT NULL CHECK (measure IN ('net_sales', 'units')),
    threshold INTEGER NOT NULL CHECK (threshold > 0), rate REAL NOT NULL CHECK (rate > 0 AND rate < 1),
    PRIMARY KEY (contract_id, measure, threshold)
  ) STRICT`,
  `CREATE TABLE contract_lump_sum (
    contract_id INTEGER NOT NULL REFERENCES contract (id), due TEXT NOT NULL, what TEXT NOT NULL,
    amount_minor INTEGER NOT NULL CHECK (amount_minor > 0), PRIMARY KEY (contract_id, due, what)
  ) STRICT`,
  // The year's plan of an account by month, in minor units of its currency; a part that was not planned is null.
  `CREATE TABLE plan_month (
    account_id INTEGER NOT NULL REFERENCES account (id), month TEXT NOT NULL CHECK (length(month) = 7), units REAL CHECK (units >= 0),
    gross_sales_minor INTEGER NOT NULL CHECK (gross_sales_minor >= 0), off_invoice_minor INTEGER, promotion_spend_minor INTEGER,
    terms_minor INTEGER, cost_minor INTEGER, PRIMARY KEY (account_id, month)
  ) STRICT`,
  // What was agreed for an account and a period: money in value_minor, a fraction or units in value.
  `CREATE TABLE target (
    id INTEGER PRIMARY KEY, account_id INTEGER NOT NULL REFERENCES account (id),
    measure TEXT NOT NULL CHECK (measure IN ('net_sales', 'units', 'share', 'net_roi', 'distribution', 'spend_rate')),
    start TEXT NOT NULL, "end" TEXT NOT NULL, category_id INTEGER REFERENCES category (id),
    value REAL, value_minor INTEGER, currency TEXT, set_by TEXT NOT NULL REFERENCES person (id), set_at TEXT NOT NULL, note TEXT,
    CHECK (start <= "end"), CHECK ((measure = 'net_sales') = (value_minor IS NOT NULL)), CHECK ((value IS NULL) = (value_minor IS NOT NULL))
  ) STRICT`,
  `CREATE INDEX target_account ON target (account_id, start)`,
  `ALTER TABLE activity ADD COLUMN due TEXT`,
  `ALTER TABLE activity ADD COLUMN done_at TEXT`,
  `ALTER TABLE activity ADD COLUMN done_by TEXT REFERENCES person (id)`,
];

/** A next step that was noted with the day that it is due by says so at its end. */
const DUE = /\bby (\d{4}-\d{2}-\d{2})\s*\.?$/;

/** Terms over time, the year's plan, targets, and next steps that fall due and are done; the days that notes name become due days. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const table of TABLES) await sql.raw(table).execute(db);
  const steps = await sql<{ id: number; next_step: string }>`
    SELECT id, next_step FROM activity WHERE next_step IS NOT NULL`.execute(db);
  for (const { id, next_step } of steps.rows) {
    const due = DUE.exec(next_step)?.[1];
    if (due) await sql`UPDATE activity SET due = ${due} WHERE id = ${id}`.execute(db);
  }
}
