import { advancePromotions } from "../data/promotions/promotions.service.ts";
import type { Store } from "../data/store/open.ts";
import { loadActor, SYSTEM_PERSON } from "../data/users/actor.ts";

/** Once a day: approved promotions whose start has come run, and those whose end has passed have ended. */
export function calendarKeeper(): (store: Store) => Promise<void> {
  let day = "";
  return async (store) => {
    if (day === store.today) return;
    day = store.today;
    await advancePromotions(await loadActor(store, SYSTEM_PERSON), store);
  };
}
