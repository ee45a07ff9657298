import type { Store } from "../store/open.ts";
import { type Actor, seenIds } from "../users/actor.ts";
import { listSignals, type Signal, type SignalFilter } from "./signals.repo.ts";

export type { Signal, SignalFilter };

/** What is known of the market: signals of the actor's accounts and of the market at large, newest first. */
export const signalsFor = (actor: Actor, store: Store, filter: SignalFilter): Promise<Signal[]> =>
  listSignals(store, { ...filter, accountIds: seenIds(actor, filter.accountIds) });
