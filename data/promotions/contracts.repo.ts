import { addDays, type Period } from "../common/dates.ts";
import type { Store } from "../store/open.ts";
import type { PromotionTable } from "../store/schema.ts";

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
  const all = await store.db
    .selectFrom("contract")
    .selectAll()
    .where("account_id", "=", accountId)
    .orderBy("start")
    .execute();
  const first = all[0];
  const last = all.at(-1);
  if (!first || !last) return null;
  const touching = all.filter((c) => c.start <= period.to && c.end >= period.from);
  const taken = touching.length ? touching : [period.to < first.start ? first : last];
  const ids = taken.map((c) => c.id);
  const mechanics = await store.db
    .selectFrom("contract_mechanic")
    .selectAll()
    .where("contract_id", "in", ids)
    .execute();
  const allowed = (id: number): Set<string> =>
    new Set(mechanics.filter((m) => m.contract_id === id).map((m) => m.mechanic));
  const blackouts = await store.db
    .selectFrom("contract_blackout")
    .select(["start", "end", "reason"])
    .where("contract_id", "in", ids)
    .where("start", "<=", period.to)
    .where("end", ">=", period.from)
    .orderBy("start")
    .execute();
  return {
    covered: coversEveryDay(touching, period),
    mechanics: [...allowed(ids[0] as number)].filter((m) => ids.every((id) => allowed(id).has(m))).sort(),
    max_discount: Math.min(...taken.map((c) => c.max_discount)),
    notice_days: Math.max(...taken.map((c) => c.notice_days)),
    usual_payment: taken[0]!.usual_payment,
    off_invoice_rate: taken[0]!.off_invoice_rate,
    rebate_rate: taken[0]!.rebate_rate,
    blackouts,
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
