import type { Store } from "../store/open.ts";
import { auditHead, auditRows, auditTriggers, lastAuditOfChanges } from "./audit.repo.ts";
import { GENESIS, hashOf } from "./audit.service.ts";

/** What does not fit in the log, and the entry at which it shows first; null where that entry is gone. */
export interface AuditFault {
  readonly entry: number | null;
  readonly says: string;
}

/** How far the log goes: somebody who wrote this down elsewhere can tell later whether it was cut or written anew. */
export interface AuditHead {
  readonly entries: number;
  readonly hash: string;
}

export interface AuditFinding {
  readonly head: AuditHead;
  readonly fault: AuditFault | null;
}

const GUARDS = ["audit_no_update", "audit_no_delete", "audit_head_grows", "audit_head_stays"];

/**
 * Walks the chain from the first entry, and holds its end against the head that every entry moves on, against the entries that
 * applied changes call their own, and against what was noted elsewhere.
 * @param noted a head that was written down before: the log must still hold it
 */
export async function examineAudit(store: Store, noted: AuditHead | null = null): Promise<AuditFinding> {
  const rows = await auditRows(store);
  const head = { entries: rows.length, hash: rows.at(-1)?.hash ?? GENESIS };
  const found = (entry: number | null, says: string): AuditFinding => ({ head, fault: { entry, says } });
  let previous = GENESIS;
  for (const [i, row] of rows.entries()) {
    if (row.hash !== hashOf(row)) return found(row.id, `entry ${row.id} was changed: its hash is not that of its text`);
    if (row.previous_hash !== previous)
      return found(
        row.id,
        i
          ? `entry ${row.id} does not follow entry ${rows[i - 1]!.id}: one between them was taken out, or one was put in`
          : `entry ${row.id} is not the first: those before it were taken out`,
      );
    previous = row.hash;
  }
  const kept = await auditHead(store);
  if (!kept) return found(null, "the head of the log is gone");
  if (kept.entries > head.entries)
    return found(
      null,
      `the log ends after entry ${rows.at(-1)?.id ?? 0}: ${kept.entries - head.entries} at its end were taken out`,
    );
  if (kept.entries < head.entries || kept.hash !== head.hash)
    return found(rows.at(-1)?.id ?? null, "the end of the log is not the one that its head names");
  const owned = await lastAuditOfChanges(store);
  if (owned > (rows.at(-1)?.id ?? 0)) return found(null, `entry ${owned}, which an applied change names, is gone`);
  if (noted) {
    const then = noted.entries === 0 ? GENESIS : rows[noted.entries - 1]?.hash;
    if (then !== noted.hash)
      return found(
        rows[noted.entries - 1]?.id ?? null,
        "the log is not the one whose head was noted: it was cut or written anew",
      );
  }
  const guards = new Set(await auditTriggers(store));
  const missing = GUARDS.filter((name) => !guards.has(name));
  return {
    head,
    fault: missing.length ? { entry: null, says: `the log is not guarded: ${missing.join(", ")} was dropped` } : null,
  };
}

/** What does not fit in the log; null where it is whole. */
export const verifyAudit = async (store: Store): Promise<AuditFault | null> => (await examineAudit(store)).fault;
