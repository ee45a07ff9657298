import type { Period } from "../common/dates.ts";
import { idsOrNone } from "../store/ids.ts";
import type { Store } from "../store/open.ts";

/** What limits the journals that are read; what is undefined does not. */
export interface HistoryFilter {
  readonly accountIds: readonly number[];
  readonly promotionId?: number | undefined;
  readonly claimId?: number | undefined;
  readonly fundId?: number | undefined;
  readonly period?: Period | undefined;
}

/** Postings of some accounts (v_ledger), by journal. */
export function ledgerLines(store: Store, filter: HistoryFilter) {
  const { accountIds, promotionId, claimId, fundId, period } = filter;
  let query = store.db.selectFrom("v_ledger").selectAll().where("account_id", "in", idsOrNone(accountIds));
  if (promotionId !== undefined) query = query.where("promotion_id", "=", promotionId);
  if (claimId !== undefined) query = query.where("claim_id", "=", claimId);
  if (fundId !== undefined) query = query.where("fund_id", "=", fundId);
  if (period) query = query.where("date", ">=", period.from).where("date", "<=", period.to);
  return query.orderBy("date").orderBy("journal").orderBy("line").execute();
}
export type LedgerLine = Awaited<ReturnType<typeof ledgerLines>>[number];
