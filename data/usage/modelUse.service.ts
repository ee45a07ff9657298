import type { Insertable } from "kysely";
import { toKamError } from "../common/errors.ts";
import type { Store } from "../store/open.ts";
import type { ModelUseTable } from "../store/schema/models.ts";
import { inShortTransaction } from "../store/shortTransaction.repo.ts";
import type { Actor } from "../users/actor.ts";
import { insertModelUse } from "./modelUse.repo.ts";

export type TurnUse = Omit<Insertable<ModelUseTable>, "id" | "day" | "person_id">;

/**
 * Keeps what a turn asked of a language model. It is a log: nothing waits for it, no version of the data follows it, and a
 * store that cannot be written now goes without.
 */
export async function recordModelUse(actor: Actor, store: Store, use: TurnUse): Promise<void> {
  try {
    await inShortTransaction(store, async (tx) => {
      await insertModelUse(tx, { ...use, day: store.today, person_id: actor.id });
    });
  } catch (thrown) {
    const { code } = toKamError(thrown, store.path);
    if (!["store_read_only", "store_locked", "store_full"].includes(code)) throw thrown;
  }
}
