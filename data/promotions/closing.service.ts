import { recordAudit } from "../audit/audit.service.ts";
import { KamError } from "../common/errors.ts";
import { heldOf } from "../ledger/ledger.repo.ts";
import { releaseSpend } from "../ledger/spend.service.ts";
import { inTransaction, type Store } from "../store/open.ts";
import type { Actor } from "../users/actor.ts";
import { closeRequestsOf, endRequests, insertCloseRequest, undecidedClaims } from "./closing.repo.ts";
import { findPromotionRow } from "./promotions.repo.ts";
import { type Changed, step } from "./promotions.service.ts";
import type { PromotionRow } from "./reading.service.ts";
import { planAccount } from "./rights.service.ts";
import { nextStatus } from "./states.ts";

/** What closing a promotion would do. */
export interface Closing {
  /** Finance and managers close; a KAM asks them to. */
  readonly status: "closed" | "requested";
  /** Claims that nobody has decided on, and those that are disputed. */
  readonly open: readonly { readonly code: string; readonly status: string }[];
  readonly disputed: readonly { readonly code: string; readonly status: string }[];
  /** Money of its funds that it does not need any more, and money that it paid; minor units. */
  readonly released_minor: number;
  readonly settled_minor: number;
  readonly claimed_minor: number;
  /** Who asked for it. */
  readonly requester: string | null;
}

/** States of money that goes back to the fund when a promotion is closed. */
const NOT_NEEDED = ["planned", "committed", "accrued"] as const;

/** @throws KamError no_right for anybody but finance and managers */
export function mayClose(actor: Actor, promotion: { readonly code: string; readonly name: string }): void {
  if (actor.role === "manager" || actor.role === "finance") return;
  throw new KamError(
    "no_right",
    `${actor.name} cannot close ${promotion.code}, ${promotion.name}; finance or a manager closes it, and a KAM asks them to.`,
    { promotion: promotion.code, right: "finance or manager" },
  );
}

/**
 * What closing would do, without doing it.
 * @throws KamError no_right, wrong_state (it has not ended, or is closed)
 */
export async function planClosing(actor: Actor, store: Store, row: PromotionRow): Promise<Closing> {
  if (actor.role === "kam") await planAccount(actor, store, row.account_id);
  else mayClose(actor, row);
  nextStatus(row, "close");
  const claims = await undecidedClaims(store, row.id);
  const held = await heldOf(store, row.id);
  const sum = (states: readonly string[]): number =>
    held.filter((h) => states.includes(h.state)).reduce((total, h) => total + h.amount_minor, 0);
  return {
    status: actor.role === "kam" ? "requested" : "closed",
    open: claims.filter((c) => c.status === "open"),
    disputed: claims.filter((c) => c.status === "disputed"),
    released_minor: sum(NOT_NEEDED),
    settled_minor: sum(["settled"]),
    claimed_minor: sum(["claimed"]),
    requester: (await closeRequestsOf(store, row.id)).at(-1)?.person ?? null,
  };
}

/** Why it cannot be closed now, in a sentence; null where it can. */
export const closingBlock = (row: { readonly code: string; readonly name: string }, plan: Closing): string | null =>
  plan.open.length || plan.claimed_minor > 0
    ? `${row.code}, ${row.name} has claims that nobody has decided on: pay or dispute them first.`
    : null;

/**
 * Closes a promotion that has ended: money that it did not need goes back to its fund. A KAM leaves the request instead.
 * @throws KamError no_right, wrong_state, blocked
 */
export async function closePromotion(
  actor: Actor,
  store: Store,
  id: number,
  reason: string | null,
): Promise<Changed & { readonly requested: boolean }> {
  return inTransaction(store, async (tx) => {
    const row = await findPromotionRow(tx, id);
    if (!row) throw new KamError("not_found", `There is no promotion ${id} in the store.`, { promotion: id });
    const plan = await planClosing(actor, tx, row);
    if (plan.status === "requested") {
      await endRequests(tx, id, "replaced");
      await insertCloseRequest(tx, {
        promotion_id: id,
        requested_by: actor.id,
        date: tx.today,
        reason,
        status: "open",
      });
      await recordAudit(actor, tx, {
        action: "request_close",
        entity: "promotion",
        entityId: row.code,
        after: { status: row.status, reason },
      });
      const { code, name, status, version } = row;
      return { id, code, name, status, version, requested: true };
    }
    const block = closingBlock(row, plan);
    if (block)
      throw new KamError("blocked", block, {
        rule: "open_claims",
        promotion: row.code,
        claims: plan.open.map((c) => c.code),
      });
    const journals = await releaseSpend(actor, tx, id, NOT_NEEDED);
    await endRequests(tx, id, "done");
    return { ...(await step(tx, actor, row, "close", reason, {}, { journals })), requested: false };
  });
}
