import { type Kysely, sql } from "kysely";

/**
 * A claim may be for several promotions, and a promotion have several claims. A claim that nobody matched is for the promotion that it names, whole: the view
 * says so, so that what older stores hold is carried over as it is. Letters are kept as they were approved.
 */
const STATEMENTS = [
  `CREATE TABLE claim_allocation (
  claim_id INTEGER NOT NULL REFERENCES claim (id) ON DELETE CASCADE, promotion_id INTEGER NOT NULL REFERENCES promotion (id),
  amount_minor INTEGER NOT NULL CHECK (amount_minor > 0), currency TEXT NOT NULL, PRIMARY KEY (claim_id, promotion_id)
) STRICT`,
  "CREATE INDEX claim_allocation_promotion ON claim_allocation (promotion_id)",
  `CREATE VIEW v_claim_allocation AS
SELECT c.code AS claim, x.claim_id, q.code AS promotion, x.promotion_id, x.amount_minor / 100.0 AS amount, x.amount_minor, c.currency, x.matched
FROM (
  SELECT claim_id, promotion_id, amount_minor, 1 AS matched FROM claim_allocation
  UNION ALL
  SELECT n.id, n.promotion_id, n.amount_minor, 0 FROM claim n
  WHERE n.promotion_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM claim_allocation a WHERE a.claim_id = n.id)
) x JOIN claim c ON c.id = x.claim_id JOIN promotion q ON q.id = x.promotion_id`,
  `CREATE TABLE claim_letter (
  id INTEGER PRIMARY KEY, claim_id INTEGER NOT NULL REFERENCES claim (id) ON DELETE CASCADE,
  decision TEXT NOT NULL CHECK (decision IN ('pay', 'dispute', 'part_pay')), recipient TEXT NOT NULL, body TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('requested', 'approved', 'withdrawn')), written_by TEXT NOT NULL REFERENCES person (id), date TEXT NOT NULL
) STRICT`,
  "CREATE INDEX claim_letter_claim ON claim_letter (claim_id, status)",
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
