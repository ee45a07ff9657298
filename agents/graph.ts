import { HumanMessage } from "@langchain/core/messages";
import {
  type BaseCheckpointSaver,
  Command,
  END,
  interrupt,
  type Runtime,
  START,
  StateGraph,
} from "@langchain/langgraph";
import type { Role } from "../tools/define.ts";
import type { Registry } from "../tools/registry.ts";
import { commit } from "./nodes/commit.ts";
import { respond } from "./nodes/respond.ts";
import { route } from "./nodes/route.ts";
import { buildRole } from "./roles/buildRole.ts";
import { type Resume, ThreadState } from "./state.ts";
import type { Turn } from "./turn.ts";

const ROLES: readonly Role[] = ["assistant", "advisor", "expert"];

/** Waits once for a person while something is pending; what she says instead of deciding is the next turn, and the items wait on. */
function review(state: typeof ThreadState.State): Command {
  const resume = interrupt({ pending: state.pending }) as Resume;
  if ("text" in resume) return new Command({ goto: "route", update: { messages: [new HumanMessage(resume.text)] } });
  return new Command({ goto: "commit", update: { decisions: [...resume.decisions] } });
}

/**
 * The root graph: route → role (→ another role) → respond → review → commit → respond.
 * @param checkpointer keeps threads; passed at the edge, so that `langgraph.json` can export the graph without one
 */
export function buildGraph(registry: Registry, checkpointer?: BaseCheckpointSaver) {
  const graph = new StateGraph(ThreadState)
    .addNode("route", route as never, { ends: [...ROLES, "respond"] })
    .addNode("assistant", buildRole("assistant", registry))
    .addNode("advisor", buildRole("advisor", registry))
    .addNode("expert", buildRole("expert", registry))
    .addNode("respond", respond as never)
    .addNode("review", review as never, { ends: ["route", "commit"] })
    .addNode("commit", commit as never)
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

export type { Runtime, Turn };
