import type { Insertable } from "kysely";
import type { Store } from "../store/open.ts";
import type { ModelUseTable } from "../store/schema/models.ts";

export const insertModelUse = (store: Store, row: Insertable<ModelUseTable>) =>
  store.db.insertInto("model_use").values(row).execute();

/** What was asked of each model since a day (ISO date, included); the cost of turns whose price is known. */
export const modelUseSince = (store: Store, day: string) =>
  store.db
    .selectFrom("model_use")
    .select((eb) => [
      "model",
      "currency",
      eb.fn.countAll<number>().as("turns"),
      eb.fn.sum<number>("calls").as("calls"),
      eb.fn
        .sum<number>(
          eb(eb.fn.coalesce("prompt_tokens", eb.val(0)), "+", eb.fn.coalesce("completion_tokens", eb.val(0))),
        )
        .as("tokens"),
      eb.fn.sum<number | null>("cost_micro").as("cost_micro"),
      eb.fn.sum<number>(eb(eb.val(1), "-", eb.ref("finished"))).as("taken_over"),
      eb.fn.sum<number>("untraced").as("untraced"),
    ])
    .where("day", ">=", day)
    .groupBy(["model", "currency"])
    .orderBy("model")
    .execute();
