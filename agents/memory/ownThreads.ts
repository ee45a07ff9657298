import type { BaseMessage } from "@langchain/core/messages";
import { daysBetween } from "../../data/common/dates.ts";
import { KamError } from "../../data/common/errors.ts";
import type { Threads } from "../../data/threads/threads.repo.ts";
import type { Actor } from "../../data/users/actor.ts";
import type { ThreadState } from "../state.ts";
import { NO_MEMORY } from "./memory.ts";
import { remembered } from "./remember.ts";

/** One conversation of a person, for a list. */
export interface OwnThread {
  readonly thread: string;
  readonly turns: number;
  /** How it began, in her words. */
  readonly began: string;
  /** ISO date of the last turn; null where it holds none. */
  readonly last: string | null;
  /** Items that wait for her decision. */
  readonly waiting: number;
}

/** Names a thread where threads are kept: each person's are her own. */
export const threadKey = (actor: Actor, thread: string): string => `${actor.id}:${thread}`;

/** A person's own conversations, the latest first. */
export async function ownThreads(threads: Threads, actor: Actor): Promise<OwnThread[]> {
  const prefix = threadKey(actor, "");
  const found: OwnThread[] = [];
  for (const key of threads.keys(prefix)) {
    const tuple = await threads.saver.getTuple({ configurable: { thread_id: key } });
    const values = (tuple?.checkpoint.channel_values ?? {}) as Partial<typeof ThreadState.State>;
    const { turns: earlier, forgotten } = values.memory ?? NO_MEMORY;
    const turns = [...earlier, ...remembered((values.messages ?? []) as BaseMessage[])];
    found.push({
      thread: key.slice(prefix.length),
      turns: turns.length + forgotten,
      began: turns[0]?.text ?? "",
      last: turns.findLast(({ on }) => on)?.on ?? null,
      waiting: values.pending?.length ?? 0,
    });
  }
  return found.sort((a, b) => ((a.last ?? "") < (b.last ?? "") ? 1 : -1));
}

/**
 * Deletes one of a person's conversations, or all that were left more than some days ago. What waited in them is gone, unwritten.
 * @returns names of what was deleted
 * @throws KamError not_found
 */
export async function deleteThreads(
  threads: Threads,
  actor: Actor,
  which: { readonly thread: string } | { readonly olderThan: number; readonly today: string },
): Promise<string[]> {
  const own = await ownThreads(threads, actor);
  const gone = own.filter(({ thread, last }) =>
    "thread" in which ? thread === which.thread : last !== null && daysBetween(last, which.today) > which.olderThan,
  );
  if ("thread" in which && !gone.length)
    throw new KamError("not_found", `${actor.name} has no conversation called "${which.thread}".`);
  for (const { thread } of gone) threads.remove(threadKey(actor, thread));
  return gone.map(({ thread }) => thread);
}
