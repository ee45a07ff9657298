import type { VisibleAccount } from "../accounts/accounts.service.ts";
import { recordAudit } from "../audit/audit.service.ts";
import { KamError } from "../common/errors.ts";
import { inTransaction, type Store } from "../store/open.ts";
import { type Actor, seenIds } from "../users/actor.ts";
import { type ActivityFilter, findActivityRows, insertActivity, openNextSteps } from "./activities.repo.ts";

export type Activity = Awaited<ReturnType<typeof findActivityRows>>[number];

/** Talks, visits and notes with accounts that the actor sees, latest first. */
export const findActivities = (actor: Actor, store: Store, filter: ActivityFilter): Promise<Activity[]> =>
  findActivityRows(store, { ...filter, accountIds: seenIds(actor, filter.accountIds) });

/** The next steps that were agreed with an account and are not done, the latest first. */
export const nextSteps = (store: Store, account: VisibleAccount, limit: number): Promise<Activity[]> =>
  openNextSteps(store, account.id, limit);

/** What was said or done with an account on a day. */
export interface NewActivity {
  readonly kind: string;
  readonly date: string;
  readonly text: string;
  readonly next_step: string | null;
  /** When the next step falls due. */
  readonly due?: string | null;
}

/** The day that a next step names as its own: "Send the calendar by 2026-12-05". */
export const dueIn = (step: string | null): string | null =>
  /\b(?:by|until|before|due) (\d{4}-\d{2}-\d{2})\b/.exec(step ?? "")?.[1] ?? null;

/** @throws KamError no_right where the actor only reads. */
export function mayLog(actor: Actor): void {
  if (actor.role === "reader") {
    throw new KamError(
      "no_right",
      `${actor.name} only reads: notes are logged by the account's manager, sales or finance.`,
    );
  }
}

/** True where the same note stands already, so that a second one is said to be a second one. */
export async function isLogged(store: Store, account: VisibleAccount, activity: NewActivity): Promise<boolean> {
  const sameDay = await findActivityRows(store, {
    accountIds: [account.id],
    kind: activity.kind,
    from: activity.date,
    to: activity.date,
  });
  return sameDay.some((row) => row.text === activity.text);
}

/**
 * Writes a note about an account, with its trace in the audit log. @returns its id
 * @throws KamError no_right
 */
export async function logActivity(
  actor: Actor,
  store: Store,
  account: VisibleAccount,
  activity: NewActivity,
): Promise<number> {
  mayLog(actor);
  return inTransaction(store, async (tx) => {
    const { id } = await insertActivity(tx, {
      ...activity,
      due: activity.due ?? null,
      account_id: account.id,
      by: actor.id,
    });
    await recordAudit(actor, tx, {
      action: "log",
      entity: "activity",
      entityId: String(id),
      after: { account: account.name, ...activity },
    });
    return id;
  });
}
