import { type Kysely, sql } from "kysely";

/**
 * Guardrails and approval rules as rows with versions, what was let pass in spite of them, the approvals that a promotion has
 * so far, what people put into its file (comments, proofs, the wish that it be closed), and where the audit log ends (so that a log that lost its last rows is found out).
 */
const STATEMENTS = [
  `CREATE TABLE policy (
  id INTEGER PRIMARY KEY, rule TEXT NOT NULL, role TEXT NOT NULL DEFAULT '' CHECK (role IN ('', 'manager', 'finance')),
  scope TEXT NOT NULL CHECK (scope IN ('all', 'account', 'category', 'brand')), scope_id INTEGER NOT NULL DEFAULT 0,
  value REAL NOT NULL CHECK (value >= 0), severity TEXT NOT NULL CHECK (severity IN ('warn', 'block', 'off')),
  from_date TEXT NOT NULL, version INTEGER NOT NULL CHECK (version > 0),
  status TEXT NOT NULL CHECK (status IN ('proposed', 'in_force', 'rejected')),
  proposed_by TEXT NOT NULL REFERENCES person (id), proposed_at TEXT NOT NULL,
  decided_by TEXT REFERENCES person (id), decided_at TEXT, reason TEXT,
  UNIQUE (rule, role, scope, scope_id, version), CHECK ((scope = 'all') = (scope_id = 0))
) STRICT`,
  "ALTER TABLE policy_override ADD COLUMN promotion_version INTEGER",
  `CREATE TABLE promotion_approval (
  promotion_id INTEGER NOT NULL REFERENCES promotion (id) ON DELETE CASCADE, role TEXT NOT NULL CHECK (role IN ('manager', 'finance')),
  by TEXT NOT NULL REFERENCES person (id), at TEXT NOT NULL, PRIMARY KEY (promotion_id, role)
) STRICT`,
  `CREATE TABLE close_request (
  id INTEGER PRIMARY KEY, promotion_id INTEGER NOT NULL REFERENCES promotion (id) ON DELETE CASCADE,
  requested_by TEXT NOT NULL REFERENCES person (id), date TEXT NOT NULL, reason TEXT,
  status TEXT NOT NULL CHECK (status IN ('open', 'done', 'replaced'))
) STRICT`,
  `CREATE TABLE promotion_comment (
  id INTEGER PRIMARY KEY, promotion_id INTEGER NOT NULL REFERENCES promotion (id) ON DELETE CASCADE, at TEXT NOT NULL,
  by TEXT NOT NULL REFERENCES person (id), text TEXT NOT NULL
) STRICT`,
  "CREATE INDEX promotion_comment_promotion ON promotion_comment (promotion_id)",
  `CREATE TABLE promotion_evidence (
  id INTEGER PRIMARY KEY, promotion_id INTEGER NOT NULL REFERENCES promotion (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('leaflet', 'photo', 'scan_report', 'invoice', 'mail', 'other')), title TEXT NOT NULL,
  content_hash TEXT, media_type TEXT, bytes INTEGER CHECK (bytes > 0), url TEXT, note TEXT, at TEXT NOT NULL,
  by TEXT NOT NULL REFERENCES person (id), CHECK ((content_hash IS NULL) <> (url IS NULL)), UNIQUE (promotion_id, content_hash)
) STRICT`,
  "CREATE TABLE audit_head (id INTEGER PRIMARY KEY CHECK (id = 1), entries INTEGER NOT NULL, hash TEXT NOT NULL) STRICT",
  `INSERT INTO audit_head (id, entries, hash)
  SELECT 1, count(*), coalesce((SELECT hash FROM audit ORDER BY id DESC LIMIT 1), '${"0".repeat(64)}') FROM audit`,
  `CREATE TRIGGER audit_head_grows BEFORE UPDATE ON audit_head WHEN NEW.entries <> OLD.entries + 1
  BEGIN SELECT RAISE(ABORT, 'the head of the audit log only grows'); END`,
  "CREATE TRIGGER audit_head_stays BEFORE DELETE ON audit_head BEGIN SELECT RAISE(ABORT, 'the head of the audit log stays'); END",
];

/** The limits of the checks as they were before they were rows, and the rules that came with them. */
const SEED: readonly (readonly [rule: string, role: string, value: number, severity: string])[] = [
  ["depth", "", 0.6, "block"],
  ["margin", "", 0, "warn"],
  ["roi", "", 0, "warn"],
  ["retailer_margin", "", 0.001, "warn"],
  ["spend_rate", "", 0.6, "warn"],
  ["overlap", "", 0, "block"],
  ["near_days", "", 14, "warn"],
  ["edlp_floor", "", 0.02, "block"],
  ["budget", "", 1, "block"],
  ["budget_share", "", 0.9, "warn"],
  ["out_of_stock", "", 0.05, "warn"],
  ["fill_rate", "", 0.9, "warn"],
  ["stock_weeks", "", 4, "warn"],
  ["stock_ahead_days", "", 56, "warn"],
  ["approval", "manager", 0, "block"],
  ["approval", "finance", 250_000, "block"],
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  for (const [rule, role, value, severity] of SEED)
    await sql`INSERT INTO policy (rule, role, scope, scope_id, value, severity, from_date, version, status, proposed_by, proposed_at, decided_by, decided_at)
      VALUES (${rule}, ${role}, 'all', 0, ${value}, ${severity}, '2000-01-01', 1, 'in_force', 'system', '2000-01-01', 'system', '2000-01-01')`.execute(
      db,
    );
}
