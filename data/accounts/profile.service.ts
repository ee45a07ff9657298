import { latestActivities, openNextSteps } from "../activities/activities.repo.ts";
import { addDays } from "../common/dates.ts";
import { contractOf } from "../contracts/contracts.service.ts";
import { fundBalances } from "../funds/funds.repo.ts";
import type { Store } from "../store/open.ts";
import type { VisibleAccount } from "./accounts.service.ts";
import { contactsOf, listingsByBrand, openPromotionsByStatus } from "./profile.repo.ts";

const TALKS = 3;
const STEPS = 5;

/**
 * Everything that the store knows about how an account is worked with, as of today. A `VisibleAccount` is the right to see it.
 * `contract` is the one in force, else the next, else the last; the first start that its notice allows is `earliest_start`.
 */
export async function accountProfile(store: Store, account: VisibleAccount) {
  const { today } = store;
  const contract = await contractOf(store, account, today);
  return {
    account,
    contract: contract && {
      ...contract,
      in_force: contract.start <= today && today <= contract.end,
      earliest_start: addDays(today, contract.notice_days),
      blackouts: contract.blackouts.filter((b) => b.end >= today),
    },
    contacts: await contactsOf(store, account.id),
    /** Those that are not over. */
    funds: (await fundBalances(store, [account.id])).filter((fund) => fund.end >= today),
    listings: await listingsByBrand(store, account.id, today),
    promotions: await openPromotionsByStatus(store, account.id),
    talks: await latestActivities(store, account.id, TALKS),
    next_steps: await openNextSteps(store, account.id, STEPS),
  };
}

/** The people of an account, those who decide first. */
export const contactsFor = (store: Store, account: VisibleAccount) => contactsOf(store, account.id);
