import { toMajor } from "../common/money.ts";
import { heldOf } from "../ledger/ledger.repo.ts";
import type { Store } from "../store/open.ts";
import type { PromotionApprovalTable } from "../store/schema/policies.ts";
import { approvalsOf } from "./approvals.repo.ts";
import { limitsFor } from "./policies.service.ts";

export type Approver = PromotionApprovalTable["role"];

/** Whose approval a promotion needs, whose it has, and whose is missing, in the order in which they are asked. */
export interface Approvals {
  readonly needed: readonly Approver[];
  readonly given: readonly {
    readonly role: Approver;
    readonly by: string;
    readonly person: string;
    readonly at: string;
  }[];
  readonly missing: readonly Approver[];
  /** Spend above which finance has to approve too, major units; null where it never has to. */
  readonly second_above: number | null;
}

/**
 * The approvals of a promotion by the policy of its account: a manager's above one amount, finance's besides above another.
 * Below both a manager's is needed all the same: nothing is approved by nobody.
 */
export async function approvalsFor(
  store: Store,
  promotion: { readonly id: number; readonly account_id: number },
): Promise<Approvals> {
  const limits = await limitsFor(store, { accountId: promotion.account_id, productIds: [] });
  const held = await heldOf(store, promotion.id);
  const spend = toMajor(held.reduce((sum, h) => sum + h.amount_minor, 0));
  const finance = limits.approval("finance");
  const asked = finance !== null && finance.severity !== "off";
  const needed: Approver[] = asked && spend > finance.value ? ["manager", "finance"] : ["manager"];
  const given = await approvalsOf(store, promotion.id);
  return {
    needed,
    given,
    missing: needed.filter((role) => !given.some((g) => g.role === role)),
    second_above: asked ? finance.value : null,
  };
}
