import type { Store } from "../store/open.ts";
import { type Actor, seenIds, seesAccount } from "../users/actor.ts";
import { activitiesIn, blackoutsIn, contractsOn, fundsOn, holidaysIn, shipmentsAt } from "./standing.repo.ts";

export type { ContractRow, FundRow } from "./standing.repo.ts";
export type Talk = Awaited<ReturnType<typeof activitiesIn>>[number];

/** Funds of the actor's accounts that run today. */
export const fundsNow = (actor: Actor, store: Store, accountIds: readonly number[]) =>
  fundsOn(store, seenIds(actor, accountIds), store.today);

/** Meetings, calls and notes of the actor's accounts, newest first. */
export const talksOf = (
  actor: Actor,
  store: Store,
  accountIds: readonly number[],
  period: { from: string; to: string },
): Promise<Talk[]> => activitiesIn(store, seenIds(actor, accountIds), period);

/** The contract of each of the actor's accounts that holds on a day. */
export const contractsFor = (actor: Actor, store: Store, accountIds: readonly number[], day = store.today) =>
  contractsOn(store, seenIds(actor, accountIds), day);

/** Days on which an account takes no promotions; none for an account that the actor does not see. */
export const blackouts = async (actor: Actor, store: Store, accountId: number, period: { from: string; to: string }) =>
  seesAccount(actor, accountId) ? blackoutsIn(store, accountId, period) : [];

export const holidays = (store: Store, period: { from: string; to: string }) => holidaysIn(store, period);

/** Units shipped by product to one account; none for an account that the actor does not see. */
export const shipped = async (actor: Actor, store: Store, accountId: number, period: { from: string; to: string }) =>
  seesAccount(actor, accountId) ? shipmentsAt(store, accountId, period) : [];
