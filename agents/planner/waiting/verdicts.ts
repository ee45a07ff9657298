/** Words that approve what waits, and words that throw it away. */
export const APPROVES = new Set([
  "yes",
  "ok",
  "okay",
  "approve",
  "confirm",
  "accept",
  "save",
  "book",
  "create",
  "ja",
  "oui",
]);
export const REFUSES = new Set([
  "no",
  "reject",
  "discard",
  "drop",
  "cancel",
  "forget",
  "delete",
  "remove",
  "skip",
  "scrap",
]);
