import type { VisibleAccount } from "../accounts/accounts.service.ts";
import { recordAudit } from "../audit/audit.service.ts";
import type { Period } from "../common/dates.ts";
import { KamError } from "../common/errors.ts";
import { toMinor } from "../common/money.ts";
import { inTransaction, type Store } from "../store/open.ts";
import type { TargetMeasure } from "../store/schema/targets.ts";
import type { Actor } from "../users/actor.ts";
import { insertTarget, standingTarget, type Target, targetsTouching, updateTarget } from "./targets.repo.ts";

export type { Target } from "./targets.repo.ts";

/** What was agreed: money in major units of the account's currency, a rate as a fraction, units. */
export interface NewTarget {
  readonly measure: TargetMeasure;
  readonly period: Period;
  readonly value: number;
  readonly category: { readonly id: number; readonly name: string } | null;
  readonly note: string | null;
}

/** Measures that are a part of a whole. */
const FRACTIONS: ReadonlySet<TargetMeasure> = new Set(["share", "distribution", "spend_rate"]);

/** Targets of accounts that touch a period. `VisibleAccount` is the right to see them. */
export const targetsIn = (store: Store, accounts: readonly VisibleAccount[], period: Period): Promise<Target[]> =>
  targetsTouching(
    store,
    accounts.map((account) => account.id),
    period,
  );

/** @throws KamError no_right where the actor neither looks after the account nor manages sales */
export function maySetTargets(actor: Actor): void {
  if (actor.role !== "kam" && actor.role !== "manager")
    throw new KamError(
      "no_right",
      `Targets are agreed by the account's manager and sales management; ${actor.name} cannot set one.`,
      { right: "target" },
    );
}

/** @throws KamError bad_input where a value cannot be one of its measure */
export function checkTarget({ measure, value, period, category }: NewTarget): void {
  const bad = (why: string): never => {
    throw new KamError("bad_input", why, { measure });
  };
  if (period.to < period.from) bad(`The target's period ends on ${period.to}, before it begins.`);
  if (FRACTIONS.has(measure) && !(value > 0 && value < 1))
    bad("A share, a distribution or a spend rate is between 0 % and 100 %; say it as a percentage.");
  if ((measure === "net_sales" || measure === "units") && !(value > 0)) bad("A target has to be more than nothing.");
  if (measure === "net_roi" && !(value > -1)) bad("A return on promotions cannot be below -100 %.");
  if (measure === "share" && category === null) bad("A share is of one category: name the category that is meant.");
}

/** The target that a new one of the same measure and days would replace. */
export const replacedBy = (store: Store, account: VisibleAccount, target: NewTarget): Promise<Target | undefined> =>
  standingTarget(store, keyOf(account, target));

const keyOf = (account: VisibleAccount, { measure, period, category }: NewTarget) => ({
  account_id: account.id,
  measure,
  start: period.from,
  end: period.to,
  category_id: category?.id ?? null,
});

/**
 * Agrees a target, in place of one of the same measure, days and category. @returns its id
 * @throws KamError no_right, bad_input
 */
export async function setTarget(
  actor: Actor,
  store: Store,
  account: VisibleAccount,
  target: NewTarget,
): Promise<number> {
  maySetTargets(actor);
  checkTarget(target);
  return inTransaction(store, async (tx) => {
    const before = await standingTarget(tx, keyOf(account, target));
    const money = target.measure === "net_sales";
    const values = {
      value: money ? null : target.value,
      value_minor: money ? toMinor(target.value) : null,
      currency: money ? account.currency : null,
      set_by: actor.id,
      set_at: tx.today,
      note: target.note,
    };
    let id = before?.id;
    if (id === undefined) id = (await insertTarget(tx, { ...keyOf(account, target), ...values })).id;
    else await updateTarget(tx, id, values);
    await recordAudit(actor, tx, {
      action: before ? "update" : "set",
      entity: "target",
      entityId: String(id),
      before: before ? valuesOf(before) : null,
      after: { account: account.name, measure: target.measure, ...target.period, ...values },
    });
    return id;
  });
}

const valuesOf = ({ value, value_minor, currency, set_by, set_at, note }: Target) => ({
  value,
  value_minor,
  currency,
  set_by,
  set_at,
  note,
});
