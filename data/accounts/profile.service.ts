import { latestActivities, openNextSteps } from "../activities/activities.repo.ts";
import { addDays } from "../common/dates.ts";
import { bonusStanding } from "../contracts/bonus.service.ts";
import { allTerms, contractOf } from "../contracts/contracts.service.ts";
import { fundBalances } from "../funds/funds.repo.ts";
import type { Store } from "../store/open.ts";
import type { VisibleAccount } from "./accounts.service.ts";
import { contactsOf, listingsByBrand, openPromotionsByStatus } from "./profile.repo.ts";

const TALKS = 3;
const STEPS = 5;

/**
 * Everything that the store knows about how an account is worked with. A `VisibleAccount` is the right to see it.
 * @param day as of when: terms, listings, funds and talks of that day. Contacts, promotions and next steps are today's.
 *
 * `contract` is the one in force, else the next, else the last; the first start that its notice allows is `earliest_start`.
 */
export async function accountProfile(store: Store, account: VisibleAccount, day: string = store.today) {
  const contract = await contractOf(store, account, day);
  return {
    account,
    contract: contract && {
      ...contract,
      in_force: contract.start <= day && day <= contract.end,
      earliest_start: addDays(day, contract.notice_days),
      blackouts: contract.blackouts.filter((b) => b.end >= day),
      /** Those of the day's year, and what is still to come. */
      lump_sums: contract.lump_sums.filter((sum) => sum.due >= `${day.slice(0, 4)}-01-01`),
    },
    terms: await allTerms(store, account),
    bonus: contract && (await bonusStanding(store, account, contract, day)),
    contacts: await contactsOf(store, account.id),
    /** Those that are not over. */
    funds: (await fundBalances(store, [account.id])).filter((fund) => fund.end >= day),
    listings: await listingsByBrand(store, account.id, day),
    promotions: await openPromotionsByStatus(store, account.id),
    talks: await latestActivities(store, account.id, TALKS, day),
    next_steps: await openNextSteps(store, account.id, STEPS),
  };
}

/** The people of an account, those who decide first. */
export const contactsFor = (store: Store, account: VisibleAccount) => contactsOf(store, account.id);
