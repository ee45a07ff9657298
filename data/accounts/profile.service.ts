import { latestActivities, openNextSteps } from "../activities/activities.repo.ts";
import { addDays } from "../common/dates.ts";
import type { Store } from "../store/open.ts";
import type { VisibleAccount } from "./accounts.service.ts";
import { contactsOf, contractOf, fundsOf, listingsByBrand, openPromotionsByStatus } from "./profile.repo.ts";

const TALKS = 3;
const STEPS = 5;

/**
 * Everything that the store knows about how an account is worked with, as of today. A `VisibleAccount` is the right to see it.
 * `contract` is the one in force, else the next, else the last; the first start that its notice allows is `earliest_start`.
 */
export async function accountProfile(store: Store, account: VisibleAccount) {
  const { today } = store;
  const contract = await contractOf(store, account.id, today);
  return {
    account,
    contract: contract && {
      ...contract,
      in_force: contract.start <= today && today <= contract.end,
      earliest_start: addDays(today, contract.notice_days),
      blackouts: contract.blackouts.filter((b) => b.end >= today),
    },
    contacts: await contactsOf(store, account.id),
    funds: await fundsOf(store, account.id, today),
    listings: await listingsByBrand(store, account.id, today),
    promotions: await openPromotionsByStatus(store, account.id),
    talks: await latestActivities(store, account.id, TALKS),
    next_steps: await openNextSteps(store, account.id, STEPS),
  };
}

export type AccountProfile = Awaited<ReturnType<typeof accountProfile>>;
