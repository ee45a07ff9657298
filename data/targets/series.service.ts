import type { VisibleAccount } from "../accounts/accounts.service.ts";
import type { Store } from "../store/open.ts";
import { weeklyCategory, weeklySell } from "./series.repo.ts";

/** Sell-out of an account by week, all of it or of one category. `VisibleAccount` is the right to see it. */
export const sellByWeek = (store: Store, account: VisibleAccount, categoryId: number | null) =>
  weeklySell(store, account.id, categoryId);

/** A category's value at an account by week, and our part of it. */
export const categoryByWeek = (store: Store, account: VisibleAccount, categoryId: number) =>
  weeklyCategory(store, account.id, categoryId);
