import type { ContractRow } from "../../data/contracts/contracts.repo.ts";

export type Terms = Pick<ContractRow, "account_id" | "start" | "end" | "off_invoice_rate" | "rebate_rate">;
interface Priced {
  readonly cost_minor: number | null;
  readonly list_price_minor: number | null;
}

/** The contract that holds on a date, else the latest one before it, else the first; undefined where there is none. */
export function contractOn<T extends Pick<ContractRow, "account_id" | "start" | "end">>(
  contracts: readonly T[],
  accountId: number,
  date: string,
): T | undefined {
  const own = contracts.filter((c) => c.account_id === accountId);
  return own.find((c) => c.start <= date && date <= c.end) ?? own.findLast((c) => c.start <= date) ?? own[0];
}

/** What the firm is left with of a list price after the everyday terms (off-invoice and rebate rates), major units. */
export function netPrice(product: Priced | undefined, terms: Terms | undefined): number | null {
  if (product?.list_price_minor == null) return null;
  return (product.list_price_minor / 100) * (1 - (terms?.off_invoice_rate ?? 0) - (terms?.rebate_rate ?? 0));
}

/** Margin a unit before promotion spend: net price after everyday terms less cost of goods, major units; null where not known. */
export function unitMargin(product: Priced | undefined, terms: Terms | undefined): number | null {
  const net = netPrice(product, terms);
  return net === null || product?.cost_minor == null ? null : net - product.cost_minor / 100;
}

export function unitMargins(
  products: readonly (Priced | undefined)[],
  contracts: readonly Terms[],
  accountId: number,
  date: string,
): (number | null)[] {
  const terms = contractOn(contracts, accountId, date);
  return products.map((product) => unitMargin(product, terms));
}
