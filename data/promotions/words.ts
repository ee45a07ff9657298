import type { PromotionTable } from "../store/schema/promotions.ts";

/** How people name a mechanic: in a sentence, in the plural, and in a table or a label. */
export const MECHANIC_WORDS: Readonly<
  Record<PromotionTable["mechanic"], { readonly one: string; readonly plural: string; readonly short: string }>
> = {
  tpr: { one: "temporary price reduction (TPR)", plural: "price reductions (TPR)", short: "TPR" },
  multibuy: { one: "multibuy", plural: "multibuys", short: "multibuy" },
  loyalty_price: { one: "loyalty-card price", plural: "loyalty-card prices", short: "loyalty-card price" },
  coupon: { one: "coupon", plural: "coupons", short: "coupon" },
  edlp: { one: "everyday low price (EDLP)", plural: "everyday low prices (EDLP)", short: "EDLP" },
};

export const PAYMENT_WORDS: Readonly<Record<PromotionTable["payment"], string>> = {
  off_invoice: "off-invoice",
  bill_back: "bill-back",
  scan_back: "scan-back",
  lump_sum: "lump sum",
  slotting: "slotting fee",
  mdf: "market development fund (MDF)",
};

/** "display and feature", "display", "no support" */
export const supportWords = (support: { readonly feature: boolean; readonly display: boolean }): string =>
  [support.display && "display", support.feature && "feature"].filter(Boolean).join(" and ") || "no support";

/** "Albion Fresh's", "Bramley Stores'" */
export const possessive = (name: string): string => (name.endsWith("s") ? `${name}'` : `${name}'s`);
