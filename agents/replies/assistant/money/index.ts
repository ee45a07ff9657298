import type { Composer } from "../../say.ts";
import { composeBookAccruals } from "./bookAccruals.ts";
import { composeLedgerEntries } from "./ledgerEntries.ts";
import { composeSetFund } from "./setFund.ts";

/** The replies about the books and the funds themselves, by tool. */
export const moneyComposers: Readonly<Record<string, Composer>> = {
  ledger_entries: composeLedgerEntries,
  book_accruals: composeBookAccruals,
  set_fund: composeSetFund,
};
