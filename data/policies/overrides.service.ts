import { recordAudit } from "../audit/audit.service.ts";
import { KamError } from "../common/errors.ts";
import { either } from "../common/words.ts";
import { inTransaction, type Store } from "../store/open.ts";
import type { Actor } from "../users/actor.ts";
import { insertOverride } from "./overrides.repo.ts";
import { OVERRIDDEN_BY } from "./rules.ts";

/**
 * Whether somebody may let a check pass.
 * @throws KamError bad_input where nobody may, no_right where her role may not
 */
export function mayOverride(actor: Actor, rule: string): void {
  const roles = OVERRIDDEN_BY[rule];
  if (!roles)
    throw new KamError(
      "bad_input",
      `The check "${rule.replaceAll("_", " ")}" cannot be overridden: change the promotion instead.`,
      {
        rule,
        possible: Object.keys(OVERRIDDEN_BY),
      },
    );
  if (!roles.some((role) => role === actor.role))
    throw new KamError(
      "no_right",
      `${actor.name} cannot override the check "${rule.replaceAll("_", " ")}"; that is for ${either(roles.map((r) => (r === "manager" ? "a manager" : "finance")))}.`,
      { rule, right: roles.join(" or ") },
    );
}

/** Writes an override of a promotion's version, with its audit entry. The caller has looked at the rights. */
export async function recordOverride(
  actor: Actor,
  store: Store,
  of: { promotionId: number; code: string; version: number; rule: string; reason: string },
): Promise<number> {
  return inTransaction(store, async (tx) => {
    const id = await insertOverride(tx, {
      promotion_id: of.promotionId,
      rule: of.rule,
      promotion_version: of.version,
      reason: of.reason,
      by: actor.id,
      date: tx.today,
      ended: null,
    });
    await recordAudit(actor, tx, {
      action: "override",
      entity: "policy_override",
      entityId: String(id),
      after: { promotion: of.code, version: of.version, rule: of.rule, reason: of.reason },
    });
    return id;
  });
}
