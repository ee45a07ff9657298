import { visibleAccounts } from "../../../data/accounts/accounts.service.ts";
import type { Period } from "../../../data/common/dates.ts";
import { categoryValue } from "../../../data/sales/sales.service.ts";
import type { ToolContext } from "../../define.ts";
import { sumBy } from "../frames.ts";
import type { Scope } from "../scope.ts";

/** What our share of a category at one account is worth beside our share at the person's other accounts. */
export interface FairShare {
  /** Our share of the category's value at the other accounts together. */
  readonly share: number;
  readonly accounts: number;
  /** Our share here over that: 1 is fair. */
  readonly index: number;
  /** Category value here times what is missing to it; below zero where we hold more. */
  readonly gap_value: number;
}

/** By category; none where no single account is asked about or it is the only one with the category. */
export async function fairShares(
  context: ToolContext,
  scope: Scope,
  period: Period,
): Promise<ReadonlyMap<string, FairShare>> {
  const out = new Map<string, FairShare>();
  if (!scope.account) return out;
  const seen = (await visibleAccounts(context.actor, context.store)).filter((a) => a.currency === scope.currency);
  const rows = await categoryValue(context.actor, context.store, {
    accountIds: seen.map((a) => a.id),
    categoryIds: scope.categoryIds,
    period,
  });
  const columns = { value: (r: (typeof rows)[number]) => r.value, own: (r: (typeof rows)[number]) => r.own_value };
  const here = await sumBy(
    rows.filter((r) => r.account === scope.account?.name),
    (r) => r.category,
    columns,
  );
  const there = await sumBy(
    rows.filter((r) => r.account !== scope.account?.name),
    (r) => r.category,
    columns,
  );
  for (const { key, sums } of here) {
    const others = there.find((group) => group.key === key);
    if (!others || !(others.sums.value! > 0) || !(others.sums.own! > 0) || !(sums.value! > 0)) continue;
    const share = others.sums.own! / others.sums.value!;
    const own = sums.own! / sums.value!;
    out.set(key, { share, accounts: others.n, index: own / share, gap_value: (share - own) * sums.value! });
  }
  return out;
}
