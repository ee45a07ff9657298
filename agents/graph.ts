import { HumanMessage } from "@langchain/core/messages";
import { type BaseCheckpointSaver, Command, END, interrupt, START, StateGraph } from "@langchain/langgraph";
import type { Role } from "../tools/define.ts";
import type { Registry } from "../tools/registry.ts";
import { type InTurn, nodeOf, turnOfContext } from "./inTurn.ts";
import { commit } from "./nodes/commit.ts";
import { respond } from "./nodes/respond.ts";
import { route } from "./nodes/route.ts";
import { buildAdvisor } from "./roles/advisor.ts";
import { buildAssistant } from "./roles/assistant.ts";
import { buildExpert } from "./roles/expert.ts";
import { type Resume, ThreadState } from "./state.ts";

const ROLES: readonly Role[] = ["assistant", "advisor", "expert"];

/** Waits once for a person while something is pending; what she says instead of deciding is the next turn, and the items wait on. */
function review(state: typeof ThreadState.State): Command {
  const resume = interrupt({ pending: state.pending.map(({ id }) => id) }) as Resume;
  if ("text" in resume) return new Command({ goto: "route", update: { messages: [new HumanMessage(resume.text)] } });
  return new Command({ goto: "commit", update: { decisions: [...resume.decisions] } });
}

/**
 * The root graph: route → role (→ another role) → respond → review → commit → respond.
 * @param options.checkpointer keeps threads; passed at the edge, so that `langgraph.json` can export the graph without one
 * @param options.inTurn gives the steps their turn, where it is not handed over as context
 */
export function buildGraph(
  registry: Registry,
  { checkpointer, inTurn = turnOfContext }: { checkpointer?: BaseCheckpointSaver; inTurn?: InTurn } = {},
) {
  const graph = new StateGraph(ThreadState)
    .addNode("route", nodeOf(inTurn, route, true), { ends: [...ROLES] })
    .addNode("assistant", buildAssistant(registry, inTurn))
    .addNode("advisor", buildAdvisor(registry, inTurn))
    .addNode("expert", buildExpert(registry, inTurn))
    .addNode("respond", nodeOf(inTurn, respond))
    .addNode("review", review as never, { ends: ["route", "commit"] })
    .addNode("commit", nodeOf(inTurn, commit, true))
    .addEdge(START, "route")
    .addEdge("commit", "respond")
    .addConditionalEdges("respond", (state) => (state.pending.length ? "review" : END), ["review", END]);
  for (const role of ROLES) {
    graph.addConditionalEdges(role as "assistant", (state) => (state.role === role ? "respond" : state.role), [
      ...ROLES.filter((r) => r !== role),
      "respond",
    ] as never);
  }
  return graph.compile(checkpointer ? { checkpointer } : {});
}
