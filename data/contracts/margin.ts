import { toMajor } from "../common/money.ts";

interface Priced {
  readonly cost_minor: number | null;
  readonly list_price_minor: number | null;
}
/** Everyday terms: rates off the list price at any time, fractions. */
interface EverydayTerms {
  readonly off_invoice_rate: number;
  readonly rebate_rate: number;
}

/** What the firm is left with of a list price after the everyday terms, major units; null where no list price is known. */
export const netPrice = (product: Priced | undefined, terms: EverydayTerms | null | undefined): number | null =>
  product?.list_price_minor == null
    ? null
    : toMajor(product.list_price_minor) * (1 - (terms?.off_invoice_rate ?? 0) - (terms?.rebate_rate ?? 0));

/** Margin a unit before promotion spend (terms.md): net price after everyday terms less cost of goods, major units; null where not known. */
export function unitMargin(product: Priced | undefined, terms: EverydayTerms | null | undefined): number | null {
  const net = netPrice(product, terms);
  return net === null || product?.cost_minor == null ? null : net - toMajor(product.cost_minor);
}
