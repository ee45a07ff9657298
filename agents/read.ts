import { KamError } from "../data/common/errors.ts";
import type { Store } from "../data/store/open.ts";
import { loadActor } from "../data/users/actor.ts";
import type { FittedModels } from "../tools/fitting/fittedModels.ts";
import { tools } from "../tools/index.ts";
import { parseArgs } from "../tools/parseArgs.ts";
import { buildRegistry } from "../tools/registry.ts";
import { calendarKeeper } from "./calendar.ts";

export interface ReadRequest {
  readonly tool: string;
  readonly args: Readonly<Record<string, unknown>>;
  /** Absent: the person of the local mode. */
  readonly user?: string | undefined;
}

export interface ReadDeps {
  readonly store: Store;
  readonly models: FittedModels;
  /** ISO date of the day on which is read: a server outlives the day on which it was started. */
  readonly today: () => string;
}

/** READ tools outside a conversation, for the page's views: the tools of the agent, with the rights of the person who looks. */
export function buildRead({ store, models, today }: ReadDeps) {
  const registry = buildRegistry(tools);
  const keepCalendar = calendarKeeper();
  /** @throws KamError not_found where no READ tool is called that, bad_input, unknown_name, what the tool throws */
  return async ({ tool: name, args, user }: ReadRequest): Promise<Record<string, unknown>> => {
    const tool = registry.get(name);
    if (tool?.access !== "READ") throw new KamError("not_found", `There is nothing called "${name}" to be read.`);
    const now: Store = { ...store, today: today() };
    await keepCalendar(now);
    const actor = await loadActor(now, user);
    return tool.run({ store: now, actor, models }, parseArgs(tool, args));
  };
}

export type Read = ReturnType<typeof buildRead>;
