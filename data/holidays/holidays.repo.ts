import type { Period } from "../common/dates.ts";
import type { Store } from "../store/open.ts";

/** Holidays by country, all of them or those of a period; by date. */
export const holidays = (store: Store, within?: Period) =>
  store.db
    .selectFrom("holiday")
    .selectAll()
    .$if(within !== undefined, (query) => query.where("date", ">=", within!.from).where("date", "<=", within!.to))
    .orderBy("date")
    .orderBy("name")
    .execute();
