import { readLexicon } from "../data/lexicon/lexicon.repo.ts";
import { preferencesOf } from "../data/preferences/preferences.service.ts";
import type { Store } from "../data/store/open.ts";
import type { Actor } from "../data/users/actor.ts";
import type { FittedModels } from "../tools/fitting/fittedModels.ts";
import { planningToday } from "../tools/fitting/planningToday.ts";
import type { Registry } from "../tools/registry.ts";
import type { Pending } from "./answer.ts";
import { priorTurns } from "./history.ts";
import { NO_MEMORY } from "./memory/memory.ts";
import { remembered } from "./memory/remember.ts";
import type { LanguageModel } from "./model/languageModel.ts";
import { OfflinePlanner } from "./model/offline.ts";
import { noUse } from "./model/use.ts";
import { type CallsDecision, holding, type PlannerContext, plan } from "./planner/index.ts";
import type { Resume, ThreadState } from "./state.ts";
import type { Channel, Turn, TurnEvent } from "./turn.ts";

/** What every turn is answered with. */
export interface TurnDeps {
  readonly models: FittedModels;
  /** The language model, or null for the built-in planner alone. */
  readonly model: LanguageModel | null;
  /** Milliseconds, monotonic; only for `ms`. */
  readonly clock: () => number;
  readonly dayFirst: boolean;
}

/** Whose turn it is, where the thread stands, and what she said. */
export interface Opening {
  readonly registry: Registry;
  readonly store: Store;
  readonly actor: Actor;
  /** Names the thread where threads are kept: each person's are her own. */
  readonly key: string;
  readonly channel: Channel;
  readonly state: Partial<typeof ThreadState.State>;
  /** What waits for a person. */
  readonly pending: readonly Pending[];
  readonly said: Resume;
  /** What is to be called, where a form said so outright: nothing is left for a model to understand. */
  readonly call?: CallsDecision | undefined;
  readonly emit: (event: TurnEvent) => void;
}

/** A turn as it begins: the names of the store read as its person sees them, and what was said understood. */
export async function openTurn(deps: TurnDeps, opening: Opening): Promise<Turn> {
  const { store, actor, state, said, emit } = opening;
  let since = deps.clock();
  const took = (phase: "lexicon" | "planner"): void => {
    const now = deps.clock();
    emit({ type: "phase", phase, ms: now - since });
    since = now;
  };
  const lexicon = {
    ...(await readLexicon(actor, store)),
    today: store.today,
    planningToday: (await planningToday(store)).date,
    locale: { dayFirst: deps.dayFirst },
  };
  const preferences = await preferencesOf(actor, store);
  took("lexicon");
  const text = "text" in said ? said.text : "";
  const { messages = [], memory = NO_MEMORY } = state;
  const planner: PlannerContext = {
    lexicon,
    channel: opening.channel,
    history: priorTurns(messages),
    earlier: memory.turns,
    preferences: holding(preferences, text),
    pending: opening.pending.map(({ id, kind, change }) => ({ id, kind, change })),
    asked: state.asked ?? null,
  };
  const decision =
    opening.call ??
    ("text" in said ? plan(said.text, planner) : { kind: "decide" as const, decisions: said.decisions });
  took("planner");
  const calls: Turn["calls"] = [];
  const offline = new OfflinePlanner({
    context: planner,
    calls,
    understood: "text" in said ? { text: said.text, decision } : undefined,
  });
  const language = opening.call ? null : deps.model;
  return {
    thread: opening.key,
    channel: opening.channel,
    context: {
      store,
      actor,
      models: deps.models,
      conversation: { said: text, turns: [...memory.turns, ...remembered(messages)], forgotten: memory.forgotten },
    },
    registry: opening.registry,
    language,
    model: (await language?.open((says) => emit({ type: "thinking", says }))) ?? offline,
    modelName: language?.name ?? "offline",
    use: noUse(),
    modelNote: null,
    offline,
    planner,
    decision,
    emit,
    clock: deps.clock,
    calls,
    notes: [],
    role: state.role ?? "assistant",
    undone: null,
    clarify: null,
    reply: "",
    figures: [],
    charts: [],
  };
}
