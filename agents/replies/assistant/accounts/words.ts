/** The words for what the store keeps as short keys. */
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

/** "Missing: a; b." for what a result is silent about. */
export const sentence = (label: string, items: readonly string[]): string =>
  items.length ? `${label}: ${items.join("; ")}.` : "";
