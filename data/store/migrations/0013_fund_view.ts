import { type Kysely, sql } from "kysely";

/** Every fund with its place among the others, its scope, and the money that came to it, went to the funds below it and is left. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `CREATE VIEW v_fund AS
SELECT f.name AS fund, f.id AS fund_id, a.name AS account, f.account_id, u.name AS parent, f.parent_id, b.name AS brand, f.brand_id,
  c.name AS category, f.category_id, f.rate, f.start, f."end",
  coalesce(-sum(CASE WHEN p.ledger = 'granted' THEN p.amount_minor END), 0) / 100.0 AS granted,
  coalesce(sum(CASE WHEN p.ledger = 'allocated' THEN p.amount_minor END), 0) / 100.0 AS allocated,
  coalesce(sum(CASE WHEN p.ledger = 'available' THEN p.amount_minor END), 0) / 100.0 AS "left", f.currency
FROM fund f LEFT JOIN account a ON a.id = f.account_id LEFT JOIN fund u ON u.id = f.parent_id LEFT JOIN brand b ON b.id = f.brand_id
  LEFT JOIN category c ON c.id = f.category_id LEFT JOIN posting p ON p.fund_id = f.id
GROUP BY f.id, f.name, a.name, f.account_id, u.name, f.parent_id, b.name, f.brand_id, c.name, f.category_id, f.rate, f.start, f."end", f.currency`,
    )
    .execute(db);
}
