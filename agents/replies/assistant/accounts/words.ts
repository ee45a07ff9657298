/** The words for what the store keeps as short keys. */
export const MECHANICS: Readonly<Record<string, string>> = {
  tpr: "TPR (price off)",
  multibuy: "multibuy",
  loyalty_price: "loyalty-card price",
  coupon: "coupon",
  edlp: "EDLP",
};

export const PAYMENTS: Readonly<Record<string, string>> = {
  off_invoice: "off-invoice",
  bill_back: "bill-back",
  scan_back: "scan-back",
  lump_sum: "lump sum",
  slotting: "slotting",
  mdf: "MDF",
};

export const CLAIM_STATES: Readonly<Record<string, string>> = {
  open: "open",
  paid: "paid",
  part_paid: "partly paid",
  disputed: "disputed",
};

export const DECISIONS: Readonly<Record<string, string>> = { pay: "pay", part_pay: "partly pay", dispute: "dispute" };

export const INFLUENCE: Readonly<Record<string, string>> = {
  decides: "decides",
  influences: "influences",
  informed: "is informed",
};

/** "a, b and c" */
export const listed = (items: readonly string[]): string =>
  items.length < 2 ? (items[0] ?? "") : `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;

export const upper = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** "Missing: a; b." for what a result is silent about. */
export const sentence = (label: string, items: readonly string[]): string =>
  items.length ? `${label}: ${items.join("; ")}.` : "";
