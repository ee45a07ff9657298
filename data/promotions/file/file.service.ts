import { basename } from "node:path";
import { recordAudit } from "../../audit/audit.service.ts";
import { KamError } from "../../common/errors.ts";
import { inTransaction, type Store } from "../../store/open.ts";
import type { PromotionEvidenceTable } from "../../store/schema/promotions.ts";
import { type Actor, seesAccount } from "../../users/actor.ts";
import { findPromotionRow } from "../promotions.repo.ts";
import { commentsOf, evidenceOf, insertComment, insertEvidence } from "./file.repo.ts";
import { keepProof, readProof } from "./keepFile.ts";

/** The promotion's row, where the actor sees it and does more than read. @throws KamError no_right, not_found */
export async function mayWriteInFile(actor: Actor, store: Store, promotionId: number) {
  const row = await findPromotionRow(store, promotionId);
  if (!row || !seesAccount(actor, row.account_id))
    throw new KamError("not_found", "There is no such promotion in the store.", {});
  if (actor.role === "reader")
    throw new KamError(
      "no_right",
      `${actor.name} may only read; a KAM of the account, a manager or finance writes there.`,
      {
        right: "kam, manager or finance",
      },
    );
  return row;
}

/** Adds a comment to a promotion. @throws KamError no_right, not_found */
export async function addComment(
  actor: Actor,
  store: Store,
  of: { promotionId: number; text: string },
): Promise<{ id: number; code: string; name: string }> {
  return inTransaction(store, async (tx) => {
    const row = await mayWriteInFile(actor, tx, of.promotionId);
    const id = await insertComment(tx, { promotion_id: row.id, at: tx.today, by: actor.id, text: of.text });
    await recordAudit(actor, tx, {
      action: "comment",
      entity: "promotion_comment",
      entityId: String(id),
      after: { promotion: row.code, text: of.text },
    });
    return { id, code: row.code, name: row.name };
  });
}

/** A proof as somebody puts it in: a file that this computer can read, or a link. */
export interface Proof {
  readonly kind: PromotionEvidenceTable["kind"];
  readonly file: string | null;
  readonly url: string | null;
  readonly note: string | null;
}

/**
 * Looks at a proof without keeping it.
 * @throws KamError file_missing, file_kind, bad_input (neither or both of file and link, a link that is none)
 */
export async function lookAtProof(
  proof: Proof,
): Promise<{ title: string; hash: string | null; media_type: string | null; bytes: number | null }> {
  if ((proof.file === null) === (proof.url === null))
    throw new KamError("bad_input", "Attach either a file or a link, one of the two.", { slot: "file" });
  if (proof.file !== null) {
    const { hash, media_type, bytes } = await readProof(proof.file);
    return { title: basename(proof.file), hash, media_type, bytes };
  }
  const url = URL.canParse(proof.url ?? "") ? new URL(proof.url as string) : null;
  if (!url || (url.protocol !== "https:" && url.protocol !== "http:") || url.username || url.password)
    throw new KamError("bad_input", "That is no link to a web page; give one that begins with https.", { slot: "url" });
  return { title: url.host.slice(0, 200), hash: null, media_type: null, bytes: null };
}

/**
 * Puts a proof into a promotion's file. Of a file the name and a copy are kept, not where it lay; a link is kept, not fetched.
 * @throws KamError as `lookAtProof`; no_right, not_found; wrong_state where it holds that very file already
 */
export async function attachProof(
  actor: Actor,
  store: Store,
  promotionId: number,
  proof: Proof,
): Promise<{ id: number; code: string; name: string; title: string }> {
  return inTransaction(store, async (tx) => {
    const row = await mayWriteInFile(actor, tx, promotionId);
    const seen = await lookAtProof(proof);
    if (seen.hash !== null && (await evidenceOf(tx, row.id)).some((e) => e.content_hash === seen.hash))
      throw new KamError("wrong_state", `${row.code}, ${row.name} holds that file already.`, { promotion: row.code });
    if (proof.file !== null) await keepProof(tx, await readProof(proof.file));
    const id = await insertEvidence(tx, {
      promotion_id: row.id,
      kind: proof.kind,
      title: seen.title,
      content_hash: seen.hash,
      media_type: seen.media_type,
      bytes: seen.bytes,
      url: proof.url,
      note: proof.note,
      at: tx.today,
      by: actor.id,
    });
    await recordAudit(actor, tx, {
      action: "attach",
      entity: "promotion_evidence",
      entityId: String(id),
      after: { promotion: row.code, kind: proof.kind, title: seen.title, content_hash: seen.hash, url: proof.url },
    });
    return { id, code: row.code, name: row.name, title: seen.title };
  });
}

/** What people put into a promotion's file. The caller got the promotion from a service. */
export const promotionFile = async (store: Store, promotionId: number) => ({
  comments: await commentsOf(store, promotionId),
  evidence: await evidenceOf(store, promotionId),
});
