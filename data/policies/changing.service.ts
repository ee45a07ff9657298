import { recordAudit } from "../audit/audit.service.ts";
import { KamError } from "../common/errors.ts";
import { inTransaction, type Store } from "../store/open.ts";
import type { PolicyTable } from "../store/schema/policies.ts";
import type { Actor } from "../users/actor.ts";
import {
  decidePolicyRow,
  insertPolicy,
  lastVersion,
  type NamedPolicy,
  policiesNamed,
  policyOfId,
} from "./policies.repo.ts";

/** A policy as somebody wants it to be. */
export interface PolicyWish {
  readonly rule: string;
  readonly role: PolicyTable["role"];
  readonly scope: PolicyTable["scope"];
  readonly scope_id: number;
  readonly value: number;
  readonly severity: PolicyTable["severity"];
  readonly from_date: string;
  readonly reason: string | null;
}

/** @throws KamError no_right for anybody but a manager and finance */
export function mayChangePolicy(actor: Actor): void {
  if (actor.role === "manager" || actor.role === "finance") return;
  throw new KamError(
    "no_right",
    `${actor.name} cannot change a policy: a manager or finance proposes it, and another of them puts it in force.`,
    { right: "manager or finance" },
  );
}

const SAME = ["rule", "role", "scope", "scope_id", "value", "severity"] as const;

/** A proposal of somebody else's that says just this and waits; confirming it puts it in force. */
export async function openProposal(actor: Actor, store: Store, wish: PolicyWish): Promise<NamedPolicy | null> {
  const open = (await policiesNamed(store)).filter((p) => p.status === "proposed" && p.proposed_by !== actor.id);
  return open.find((p) => SAME.every((key) => p[key] === wish[key])) ?? null;
}

/**
 * Leaves a new version of a policy as a proposal. It limits nothing until another person puts it in force.
 * @throws KamError no_right
 */
export async function proposePolicy(
  actor: Actor,
  store: Store,
  wish: PolicyWish,
): Promise<{ id: number; version: number }> {
  mayChangePolicy(actor);
  return inTransaction(store, async (tx) => {
    const version = (await lastVersion(tx, wish)) + 1;
    const id = await insertPolicy(tx, {
      ...wish,
      version,
      status: "proposed",
      proposed_by: actor.id,
      proposed_at: tx.today,
      decided_by: null,
      decided_at: null,
    });
    await recordAudit(actor, tx, {
      action: "propose",
      entity: "policy",
      entityId: String(id),
      after: { ...wish, version },
    });
    return { id, version };
  });
}

/**
 * Puts a proposed policy in force, or turns it down; its maker may only withdraw it.
 * @throws KamError no_right, not_found, wrong_state
 */
export async function decidePolicy(
  actor: Actor,
  store: Store,
  id: number,
  decision: "approve" | "reject",
): Promise<{ id: number; version: number; rule: string }> {
  return inTransaction(store, async (tx) => {
    const row = await proposalToDecide(actor, tx, id, decision);
    const status = decision === "approve" ? "in_force" : "rejected";
    const to = { status, decided_by: actor.id, decided_at: tx.today } as const;
    if (!(await decidePolicyRow(tx, id, "proposed", to))) throw decidedAlready(id);
    await recordAudit(actor, tx, {
      action: decision,
      entity: "policy",
      entityId: String(id),
      before: { status: "proposed" },
      after: { status, rule: row.rule, value: row.value, severity: row.severity, version: row.version },
    });
    return { id, version: row.version, rule: row.rule };
  });
}

/** @throws KamError no_right, not_found, wrong_state */
export async function proposalToDecide(actor: Actor, store: Store, id: number, decision: "approve" | "reject") {
  mayChangePolicy(actor);
  const row = await policyOfId(store, id);
  if (!row) throw new KamError("not_found", `There is no policy ${id}.`, { policy: id });
  if (row.status !== "proposed") throw decidedAlready(id);
  if (decision === "approve" && row.proposed_by === actor.id)
    throw new KamError("no_right", `${actor.name} proposed that policy; another manager or finance puts it in force.`, {
      right: "another manager or finance",
    });
  return row;
}

const decidedAlready = (id: number): KamError =>
  new KamError("wrong_state", `Policy ${id} was decided already.`, { policy: id });
