/** What a journal did, in words. */
export const KINDS: Readonly<Record<string, string>> = {
  opening: "opening balance",
  grant: "grant",
  transfer: "transfer",
  plan: "plan",
  commit: "approval",
  accrue: "accrual",
  true_up: "true-up",
  claim: "claim",
  settle: "payment",
  release: "release",
  reverse: "taken back",
};
/** What a ledger account is called. */
export const LEDGERS: Readonly<Record<string, string>> = {
  granted: "the budget",
  allocated: "funds below",
  available: "left",
  expense: "expense",
  liability: "accrued liability",
  payable: "payable",
  paid: "paid",
};
export const ledgerName = (ledger: string): string => LEDGERS[ledger] ?? ledger;
