import { resolveAccount, type VisibleAccount } from "../accounts/accounts.service.ts";
import { doneSince } from "../changes/changes.repo.ts";
import { KamError } from "../common/errors.ts";
import { approvalsFor } from "../policies/approvals.service.ts";
import type { Store } from "../store/open.ts";
import type { Actor } from "../users/actor.ts";
import { promotionOfCode } from "./promotions.repo.ts";

declare const plannable: unique symbol;
/** An account on which the actor may plan: only `planAccount` makes one. */
export type PlannableAccount = VisibleAccount & { readonly [plannable]: true };

const ROLE_WORDS: Readonly<Record<Actor["role"], string>> = {
  kam: "is a key account manager",
  manager: "is a manager",
  finance: "works in finance",
  reader: "may only read",
};

/**
 * The account that a person means, as one she may plan on: a KAM on her own, a manager on all.
 * @throws KamError unknown_name, ambiguous_name; no_right naming the owner, for a colleague's account or a role that does not plan
 */
export async function planAccount(actor: Actor, store: Store, ref: string | number): Promise<PlannableAccount> {
  const account = await resolveAccount(actor, store, ref);
  if (actor.role === "kam" || actor.role === "manager") return account as PlannableAccount;
  throw new KamError(
    "no_right",
    `${actor.name} ${ROLE_WORDS[actor.role]} and cannot plan promotions; ${account.owner ?? "a manager"} plans for ${account.name}.`,
    { account: account.name, owner: account.owner, role: actor.role },
  );
}

/**
 * Managers decide on submitted promotions, finance too where the policy asks for its approval besides, and nobody on her own: neither on one that she made nor on one whose terms are
 * hers since she changed it last. What was taken back does not count.
 * @throws KamError no_right
 */
export async function mayDecide(
  actor: Actor,
  store: Store,
  promotion: { readonly code: string; readonly name: string; readonly created_by: string },
): Promise<void> {
  const label = `${promotion.code}, ${promotion.name}`;
  if (actor.role !== "manager" && !(actor.role === "finance" && (await asksFinance(store, promotion.code))))
    throw new KamError("no_right", `${actor.name} ${ROLE_WORDS[actor.role]}; only a manager decides on ${label}.`, {
      promotion: promotion.code,
      right: "manager",
    });
  await mayLetPass(actor, store, promotion);
}

/**
 * Nobody decides on terms of her own, nor lets them pass a check: neither of a promotion that she made nor of one that she
 * changed last. What was taken back does not count.
 * @throws KamError no_right
 */
export async function mayLetPass(
  actor: Actor,
  store: Store,
  promotion: { readonly code: string; readonly name: string; readonly created_by: string },
): Promise<void> {
  const label = `${promotion.code}, ${promotion.name}`;
  if (promotion.created_by === actor.id)
    throw new KamError(
      "no_right",
      `${actor.name} made ${label}; nobody decides on a promotion of her own, so another manager has to.`,
      { promotion: promotion.code, right: "another manager" },
    );
  const done = await doneSince(store, { entity: "promotion", entity_id: promotion.code }, 0);
  if (done.findLast(({ action }) => CHANGES.includes(action))?.actor === actor.id)
    throw new KamError(
      "no_right",
      `${actor.name} changed ${label} last; nobody decides on terms of her own, so another manager has to.`,
      { promotion: promotion.code, right: "another manager" },
    );
}

/** Whether the policy asks for an approval of finance besides the manager's. */
async function asksFinance(store: Store, code: string): Promise<boolean> {
  const row = await promotionOfCode(store, code);
  return row !== undefined && (await approvalsFor(store, row)).needed.includes("finance");
}

/** What makes the terms of a promotion somebody's. */
const CHANGES = ["create", "update"];

/**
 * Who may move money: finance moves it, a KAM or a manager asks finance to.
 * @throws KamError no_right for a reader
 */
export function transferRight(actor: Actor): "move" | "request" {
  if (actor.role === "finance") return "move";
  if (actor.role === "reader")
    throw new KamError("no_right", `${actor.name} may only read; finance moves funds, at a KAM's request.`, {
      right: "finance",
    });
  return "request";
}
