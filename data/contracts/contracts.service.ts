import type { VisibleAccount } from "../accounts/accounts.service.ts";
import { addDays, type Period } from "../common/dates.ts";
import type { Store } from "../store/open.ts";
import type { PromotionTable } from "../store/schema/promotions.ts";
import { type Actor, seenIds } from "../users/actor.ts";
import { blackoutsOf, contractsOf, contractsOn, lumpSumsOf, mechanicsOf, tiersOf } from "./contracts.repo.ts";

export type { ContractInForce } from "./contracts.repo.ts";

/** The contract of each of the actor's accounts that holds on a day. */
export const contractsFor = (actor: Actor, store: Store, accountIds: readonly number[], day = store.today) =>
  contractsOn(store, seenIds(actor, accountIds), day);

/** Days on which accounts of the actor take no promotions, that touch a period. */
export const blackouts = (actor: Actor, store: Store, accountIds: readonly number[], period: Period) =>
  blackoutsOf(store, seenIds(actor, accountIds), period);

/** The contract of an account in force on a day, else the next one to come, else the last one, with its mechanics and blackouts. */
export async function contractOf(store: Store, account: VisibleAccount, day: string) {
  const all = await contractsOf(store, account.id);
  const contract = all.find((c) => c.start <= day && day <= c.end) ?? all.find((c) => c.start > day) ?? all.at(-1);
  if (!contract) return null;
  const mechanics = await mechanicsOf(store, [contract.id]);
  const own = (await blackoutsOf(store, [account.id])).filter((b) => b.contract_id === contract.id);
  return {
    ...contract,
    mechanics: mechanics.map((m) => m.mechanic),
    blackouts: own.map(({ start, end, reason }) => ({ start, end, reason })),
    tiers: await tiersOf(store, [contract.id]),
    lump_sums: await lumpSumsOf(store, [contract.id]),
  };
}

/** Every contract of an account, by start: what held when. A `VisibleAccount` is the right to see them. */
export const allTerms = (store: Store, account: VisibleAccount) => contractsOf(store, account.id);

/** The terms that hold over a whole period: of two contracts that share it, the stricter. */
export interface PlanningTerms {
  /** False where a day of the period lies outside every contract. */
  readonly covered: boolean;
  readonly mechanics: readonly string[];
  readonly max_discount: number;
  readonly notice_days: number;
  readonly usual_payment: PromotionTable["payment"];
  /** Rates off the list price at any time, fractions. */
  readonly off_invoice_rate: number;
  readonly rebate_rate: number;
  readonly blackouts: readonly { readonly start: string; readonly end: string; readonly reason: string }[];
  /** First and last day that the account's contracts know. */
  readonly known: Period;
}

/**
 * What the account's contracts say of a period; where none covers it, the terms of the nearest one.
 * @returns null where the account has no contract at all
 */
export async function planningTerms(store: Store, accountId: number, period: Period): Promise<PlanningTerms | null> {
  const all = await contractsOf(store, accountId);
  const first = all[0];
  const last = all.at(-1);
  if (!first || !last) return null;
  const touching = all.filter((c) => c.start <= period.to && c.end >= period.from);
  const taken = touching.length ? touching : [period.to < first.start ? first : last];
  const ids = taken.map((c) => c.id);
  const mechanics = await mechanicsOf(store, ids);
  const allowed = (id: number): Set<string> =>
    new Set(mechanics.filter((m) => m.contract_id === id).map((m) => m.mechanic));
  const blackouts = (await blackoutsOf(store, [accountId], period)).filter((b) => ids.includes(b.contract_id));
  return {
    covered: coversEveryDay(touching, period),
    mechanics: [...allowed(ids[0] as number)].filter((m) => ids.every((id) => allowed(id).has(m))).sort(),
    max_discount: Math.min(...taken.map((c) => c.max_discount)),
    notice_days: Math.max(...taken.map((c) => c.notice_days)),
    usual_payment: taken[0]!.usual_payment,
    off_invoice_rate: taken[0]!.off_invoice_rate,
    rebate_rate: taken[0]!.rebate_rate,
    blackouts: blackouts.map(({ start, end, reason }) => ({ start, end, reason })),
    known: {
      from: first.start,
      to: all
        .map((c) => c.end)
        .sort()
        .at(-1) as string,
    },
  };
}

/** Contracts are in order of their start; a gap of a day between two is a gap. */
function coversEveryDay(contracts: readonly { start: string; end: string }[], period: Period): boolean {
  let reached = period.from;
  for (const contract of contracts) {
    if (contract.start > reached) return false;
    if (contract.end >= period.to) return true;
    const next = addDays(contract.end, 1);
    if (next > reached) reached = next;
  }
  return false;
}
