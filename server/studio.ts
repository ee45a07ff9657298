import { END, START, StateGraph } from "@langchain/langgraph";
import { buildGraph } from "../agents/graph.ts";
import { type InTurn, nodeOf, type Run } from "../agents/inTurn.ts";
import { respond } from "../agents/nodes/respond.ts";
import { openTurn } from "../agents/openTurn.ts";
import { buildAdvisor } from "../agents/roles/advisor.ts";
import { buildAssistant } from "../agents/roles/assistant.ts";
import { buildExpert } from "../agents/roles/expert.ts";
import { ThreadState } from "../agents/state.ts";
import type { Turn } from "../agents/turn.ts";
import { loadActor } from "../data/users/actor.ts";
import { tools } from "../tools/index.ts";
import { buildRegistry } from "../tools/registry.ts";
import { readConfig } from "./config.ts";
import { openDeps } from "./kam.ts";

/*
 * The graphs as `langgraph.json` exports them, for LangGraph Studio: without a checkpointer (Studio brings its own), over the
 * store of the environment, opened at the first turn. Studio runs a graph itself, so the turn is opened inside it.
 */

const registry = buildRegistry(tools);
let deps: ReturnType<typeof openDeps> | undefined;
/** The turn that each thread is at. */
const turns = new Map<string, Turn>();

const threadOf = (run: Run): string => String(run.configurable?.thread_id ?? "studio");

/** The turn of the run's thread: a new one by a step that opens, of the person that `configurable.user` names. */
const inTurn: InTurn = async (state, run, opens) => {
  const known = turns.get(threadOf(run));
  if (known && !opens) return known;
  const thread = state as typeof ThreadState.State;
  deps ??= openDeps(readConfig());
  const { store, today, ...rest } = await deps;
  const now = { ...store, today: today() };
  const user = run.configurable?.user;
  const turn = await openTurn(rest, {
    registry,
    store: now,
    actor: await loadActor(now, typeof user === "string" ? user : undefined),
    key: threadOf(run),
    channel: "chat",
    state: { ...thread, messages: thread.messages.slice(0, -1) },
    pending: thread.pending,
    said: thread.decisions.length ? { decisions: thread.decisions } : { text: thread.messages.at(-1)?.text ?? "" },
    emit: () => {},
  });
  turns.set(threadOf(run), turn);
  return turn;
};

/** One role by itself, between the opening of a turn and its reply. */
const alone = (role: "assistant" | "advisor" | "expert", build: typeof buildAssistant | typeof buildAdvisor) =>
  new StateGraph(ThreadState)
    .addNode(
      "open",
      nodeOf(inTurn, (): typeof ThreadState.Update => ({ role }), true),
    )
    .addNode(role, build(registry, inTurn))
    .addNode("respond", nodeOf(inTurn, respond))
    .addEdge(START, "open")
    .addEdge("open", role)
    .addEdge(role, "respond")
    .addEdge("respond", END)
    .compile();

export const kam = buildGraph(registry, { inTurn });
export const assistant = alone("assistant", buildAssistant);
export const advisor = alone("advisor", buildAdvisor);
export const expert = alone("expert", buildExpert);
