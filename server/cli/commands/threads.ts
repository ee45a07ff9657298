import { deleteThreads, type OwnThread, ownThreads } from "../../../agents/memory/ownThreads.ts";
import { KamError } from "../../../data/common/errors.ts";
import { closeStore, openStore } from "../../../data/store/open.ts";
import { openThreads } from "../../../data/threads/threads.repo.ts";
import { loadActor } from "../../../data/users/actor.ts";
import { type Invocation, text } from "../command.ts";

/** Lists a person's conversations, or deletes some of them. @throws KamError usage, unknown_name, not_found, store_* */
export async function threads({ values, config, io }: Invocation): Promise<void> {
  const thread = text(values.delete);
  const days = values["older-than"] === undefined ? undefined : Number(values["older-than"]);
  if (thread !== undefined && days !== undefined)
    throw new KamError("usage", "Either --delete one conversation or all --older-than some days.");
  if (days !== undefined && !(Number.isInteger(days) && days >= 0))
    throw new KamError("usage", "--older-than takes a whole number of days.");
  const store = await openStore({ path: config.db, today: config.today, mustExist: true });
  const kept = openThreads(config.db);
  try {
    const actor = await loadActor(store, text(values.user));
    if (thread === undefined && days === undefined) {
      const own = await ownThreads(kept, actor);
      io.out(values.json ? JSON.stringify({ threads: own }) : listed(own));
      return;
    }
    const which = thread === undefined ? { olderThan: days!, today: store.today } : { thread };
    const deleted = await deleteThreads(kept, actor, which);
    io.out(values.json ? JSON.stringify({ deleted }) : `Deleted: ${deleted.join(", ") || "nothing"}.`);
  } finally {
    kept.close();
    await closeStore(store);
  }
}

const listed = (own: readonly OwnThread[]): string =>
  own.length
    ? own
        .map(({ thread, turns, last, waiting, began }) =>
          [thread, `${turns} turns`, last ?? "", waiting ? `${waiting} waiting` : "", began].filter(Boolean).join("  "),
        )
        .join("\n")
    : "No conversation is kept.";
