import type { Tool } from "../../define.ts";
import { bookAccruals } from "./bookAccruals.ts";
import { ledgerEntries } from "./ledgerEntries.ts";
import { setFund } from "./setFund.ts";

/** The books and the funds themselves. */
export const moneyTools: readonly Tool[] = [ledgerEntries, bookAccruals, setFund];
