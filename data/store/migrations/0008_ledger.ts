import { type Kysely, sql } from "kysely";

/**
 * Double-entry books under every fund. What a promotion holds was a table that was changed in place; it is a view of postings
 * now, and so is the budget. Older stores get opening journals: a grant a fund, the transfers, what each promotion holds.
 * A fund may have a parent that its money comes out of, a scope, and instead of a sum a rate of net sales.
 */
const BOOKS = [
  `CREATE TABLE journal (
  id INTEGER PRIMARY KEY, date TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('opening', 'grant', 'transfer', 'plan', 'commit', 'accrue', 'true_up', 'claim', 'settle', 'release', 'reverse')),
  promotion_id INTEGER REFERENCES promotion (id), claim_id INTEGER REFERENCES claim (id), transfer_id INTEGER,
  week TEXT, reverses INTEGER UNIQUE REFERENCES journal (id), memo TEXT, by TEXT NOT NULL REFERENCES person (id)
) STRICT`,
  `CREATE TABLE posting (
  id INTEGER PRIMARY KEY, journal_id INTEGER NOT NULL REFERENCES journal (id),
  ledger TEXT NOT NULL CHECK (ledger IN ('granted', 'allocated', 'available', 'planned', 'committed', 'accrued', 'claimed', 'settled', 'expense', 'liability', 'payable', 'paid')),
  fund_id INTEGER REFERENCES fund (id), promotion_id INTEGER REFERENCES promotion (id), claim_id INTEGER REFERENCES claim (id),
  amount_minor INTEGER NOT NULL CHECK (amount_minor <> 0), currency TEXT NOT NULL,
  CHECK (fund_id IS NOT NULL OR ledger IN ('expense', 'paid'))
) STRICT`,
  "CREATE INDEX posting_journal ON posting (journal_id)",
  "CREATE INDEX posting_fund ON posting (fund_id, ledger, amount_minor)",
  "CREATE INDEX posting_promotion ON posting (promotion_id, fund_id, ledger, amount_minor)",
  "CREATE INDEX posting_claim ON posting (claim_id)",
  "CREATE INDEX journal_promotion ON journal (promotion_id)",
];

/** Opening journals; the fund that a `grant` is for stands in its memo until its postings are made. */
const OPENING = [
  `INSERT INTO journal (date, kind, transfer_id, memo, by) SELECT start, 'grant', id, 'opening', 'system' FROM fund_before WHERE amount_minor > 0 ORDER BY id`,
  `INSERT INTO posting (journal_id, ledger, fund_id, amount_minor, currency)
  SELECT j.id, 'granted', f.id, -f.amount_minor, f.currency FROM journal j JOIN fund_before f ON f.id = j.transfer_id WHERE j.kind = 'grant'
  UNION ALL SELECT j.id, 'available', f.id, f.amount_minor, f.currency FROM journal j JOIN fund_before f ON f.id = j.transfer_id WHERE j.kind = 'grant'`,
  "UPDATE journal SET transfer_id = NULL WHERE kind = 'grant'",
  `INSERT INTO journal (date, kind, transfer_id, memo, by) SELECT date, 'transfer', id, note, coalesce(decided_by, requested_by) FROM fund_transfer WHERE status = 'done' ORDER BY id`,
  ...(
    [
      ["granted", "from_fund", "t.amount_minor"],
      ["available", "from_fund", "-t.amount_minor"],
      ["granted", "to_fund", "-t.amount_minor"],
      ["available", "to_fund", "t.amount_minor"],
    ] as const
  ).map(
    ([ledger, fund, amount]) => `INSERT INTO posting (journal_id, ledger, fund_id, amount_minor, currency)
  SELECT j.id, '${ledger}', t.${fund}, ${amount}, f.currency FROM journal j JOIN fund_transfer t ON t.id = j.transfer_id JOIN fund_before f ON f.id = t.${fund}`,
  ),
  `INSERT INTO journal (date, kind, promotion_id, by) SELECT q.created_at, 'opening', q.id, 'system' FROM promotion q
  WHERE EXISTS (SELECT 1 FROM spend_before s WHERE s.promotion_id = q.id AND s.amount_minor <> 0) ORDER BY q.id`,
  ...(
    [
      ["'available'", "-s.amount_minor", ""],
      ["s.state", "s.amount_minor", ""],
      ["'expense'", "s.amount_minor", "AND s.state IN ('accrued', 'settled')"],
      [
        "CASE s.state WHEN 'accrued' THEN 'liability' ELSE 'paid' END",
        "-s.amount_minor",
        "AND s.state IN ('accrued', 'settled')",
      ],
    ] as const
  ).map(
    ([
      ledger,
      amount,
      where,
    ]) => `INSERT INTO posting (journal_id, ledger, fund_id, promotion_id, amount_minor, currency)
  SELECT j.id, ${ledger}, s.fund_id, s.promotion_id, ${amount}, f.currency FROM spend_before s
    JOIN journal j ON j.promotion_id = s.promotion_id AND j.kind = 'opening' JOIN fund_before f ON f.id = s.fund_id
  WHERE s.amount_minor <> 0 ${where} ORDER BY j.id`,
  ),
];

const FUND = `CREATE TABLE fund (
  id INTEGER PRIMARY KEY, account_id INTEGER REFERENCES account (id), parent_id INTEGER REFERENCES fund (id), name TEXT NOT NULL,
  start TEXT NOT NULL, "end" TEXT NOT NULL, brand_id INTEGER REFERENCES brand (id), category_id INTEGER REFERENCES category (id),
  rate REAL CHECK (rate > 0 AND rate < 1), currency TEXT NOT NULL DEFAULT 'EUR', CHECK (start <= "end"), UNIQUE (account_id, name, start)
) STRICT`;

const VIEWS = [
  `CREATE VIEW promotion_spend AS
SELECT promotion_id, fund_id, CASE ledger WHEN 'claimed' THEN 'accrued' ELSE ledger END AS state, sum(amount_minor) AS amount_minor
FROM posting WHERE promotion_id IS NOT NULL AND ledger IN ('planned', 'committed', 'accrued', 'claimed', 'settled')
GROUP BY promotion_id, fund_id, CASE ledger WHEN 'claimed' THEN 'accrued' ELSE ledger END HAVING sum(amount_minor) <> 0`,
  `CREATE VIEW v_budget AS
SELECT a.name AS account, f.account_id, f.name AS fund, f.id AS fund_id, f.start || '/' || f."end" AS period,
  coalesce(-sum(CASE WHEN p.ledger IN ('granted', 'allocated') THEN p.amount_minor END), 0) / 100.0 AS amount,
  coalesce(sum(CASE WHEN p.ledger = 'planned' THEN p.amount_minor END), 0) / 100.0 AS planned,
  coalesce(sum(CASE WHEN p.ledger = 'committed' THEN p.amount_minor END), 0) / 100.0 AS committed,
  coalesce(sum(CASE WHEN p.ledger IN ('accrued', 'claimed') THEN p.amount_minor END), 0) / 100.0 AS accrued,
  coalesce(sum(CASE WHEN p.ledger = 'settled' THEN p.amount_minor END), 0) / 100.0 AS settled,
  coalesce(sum(CASE WHEN p.ledger = 'available' THEN p.amount_minor END), 0) / 100.0 AS "left", f.currency,
  coalesce(sum(CASE WHEN p.ledger = 'claimed' THEN p.amount_minor END), 0) / 100.0 AS claimed
FROM fund f JOIN account a ON a.id = f.account_id LEFT JOIN posting p ON p.fund_id = f.id
GROUP BY f.id, a.name, f.account_id, f.name, f.start, f."end", f.currency`,
  `CREATE VIEW v_ledger AS
SELECT j.id AS journal, p.id AS line, j.date, j.kind, p.ledger, p.amount_minor / 100.0 AS amount, p.currency, f.name AS fund, p.fund_id,
  a.name AS account, coalesce(f.account_id, c.account_id) AS account_id, q.code AS promotion, p.promotion_id, c.code AS claim, p.claim_id,
  j.week, j.reverses, j.memo, u.name AS by
FROM posting p JOIN journal j ON j.id = p.journal_id JOIN person u ON u.id = j.by
  LEFT JOIN fund f ON f.id = p.fund_id LEFT JOIN promotion q ON q.id = p.promotion_id LEFT JOIN claim c ON c.id = p.claim_id
  LEFT JOIN account a ON a.id = coalesce(f.account_id, c.account_id)`,
];

const APPEND_ONLY = ["journal", "posting"].flatMap((table) =>
  ["UPDATE", "DELETE"].map(
    (verb) =>
      `CREATE TRIGGER ${table}_no_${verb.toLowerCase()} BEFORE ${verb} ON ${table} BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END`,
  ),
);

export async function up(db: Kysely<unknown>): Promise<void> {
  const run = (statement: string) => sql.raw(statement).execute(db);
  // Promotions and transfers point at funds: they are looked at again when the transaction ends.
  await run("PRAGMA defer_foreign_keys = ON");
  await run("DROP VIEW v_budget");
  await run("CREATE TABLE fund_before AS SELECT * FROM fund");
  await run("CREATE TABLE spend_before AS SELECT * FROM promotion_spend");
  await run("DROP TABLE promotion_spend");
  await run("DROP TABLE fund");
  await run(FUND);
  await run(
    `INSERT INTO fund (id, account_id, name, start, "end", currency) SELECT id, account_id, name, start, "end", currency FROM fund_before`,
  );
  for (const statement of [...BOOKS, ...OPENING]) await run(statement);
  await run("DROP TABLE fund_before");
  await run("DROP TABLE spend_before");
  for (const statement of [...VIEWS, ...APPEND_ONLY]) await run(statement);
}
