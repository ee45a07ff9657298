import { type AuditHead, examineAudit } from "../../../data/audit/verify.service.ts";
import { KamError } from "../../../data/common/errors.ts";
import { closeStore, openStore } from "../../../data/store/open.ts";
import { type Invocation, text } from "../command.ts";

/**
 * Walks the audit log. It prints how far the log goes (entries and hash): whoever keeps that elsewhere can hold the log against
 * it later, also where somebody cut or wrote anew both the log and what guards it.
 * @returns 1 where the log is not whole
 */
export async function audit({ values, positionals, config, io }: Invocation): Promise<number> {
  if (positionals[0] !== "verify") throw new KamError("usage", `kam audit can verify, not "${positionals[0] ?? ""}".`);
  const noted = headOf(text(values.head));
  const store = await openStore({ path: config.db, today: config.today, mustExist: true, migrate: false });
  try {
    const { head, fault } = await examineAudit(store, noted);
    const end = `${head.entries}:${head.hash}`;
    if (values.json)
      io.out(JSON.stringify({ whole: fault === null, fault, head: end, entries: head.entries, hash: head.hash }));
    else if (fault) io.out(`The audit log is not whole: ${fault.says}.`);
    else
      io.out(
        `The audit log is whole. It ends at ${end}; keep that elsewhere, and hold the log against it with --head.`,
      );
    return fault ? 1 : 0;
  } finally {
    await closeStore(store);
  }
}

/** @throws KamError usage */
function headOf(said: string | undefined): AuditHead | null {
  if (said === undefined) return null;
  const found = /^(\d+):([0-9a-f]{64})$/.exec(said);
  if (!found) throw new KamError("usage", "--head takes what kam audit verify printed: a number, a colon and a hash.");
  return { entries: Number(found[1]), hash: found[2]! };
}
