import type { ContractRow } from "../../data/contracts/contracts.repo.ts";
import { unitMargin } from "../../data/contracts/margin.ts";

export type Terms = Pick<ContractRow, "account_id" | "start" | "end" | "off_invoice_rate" | "rebate_rate">;

/** The contract that holds on a date, else the latest one before it, else the first; undefined where there is none. */
export function contractOn<T extends Pick<ContractRow, "account_id" | "start" | "end">>(
  contracts: readonly T[],
  accountId: number,
  date: string,
): T | undefined {
  const own = contracts.filter((c) => c.account_id === accountId);
  return own.find((c) => c.start <= date && date <= c.end) ?? own.findLast((c) => c.start <= date) ?? own[0];
}

/** Unit margins of products under the contract that holds on a date, major units; null where not known. */
export function unitMargins(
  products: readonly Parameters<typeof unitMargin>[0][],
  contracts: readonly Terms[],
  accountId: number,
  date: string,
): (number | null)[] {
  const terms = contractOn(contracts, accountId, date);
  return products.map((product) => unitMargin(product, terms));
}
