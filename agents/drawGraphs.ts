import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { tools } from "../tools/index.ts";
import { buildRegistry } from "../tools/registry.ts";
import { buildGraph } from "./graph.ts";
import { buildAdvisor } from "./roles/advisor.ts";
import { buildAssistant } from "./roles/assistant.ts";
import { buildExpert } from "./roles/expert.ts";

/** Where the diagrams stand. After a change of a graph run `node agents/drawGraphs.ts`; a test holds the file to the graphs. */
export const DIAGRAMS = new URL("../docs/graphs.md", import.meta.url);

/** The graphs as Mermaid, from the compiled graphs themselves. */
export async function drawGraphs(): Promise<string> {
  const registry = buildRegistry(tools);
  const roles = [
    ["assistant", buildAssistant(registry)],
    ["advisor", buildAdvisor(registry)],
    ["expert", buildExpert(registry)],
  ] as const;
  const parts = await Promise.all(
    roles.map(async ([role, graph]) =>
      [
        `## ${role[0]!.toUpperCase()}${role.slice(1)}`,
        `Its policy is [${role}.md](../agents/roles/${role}.md).`,
        mermaid(await graph.getGraphAsync()),
      ].join("\n\n"),
    ),
  );
  return `${[
    "# The graphs",
    "Drawn from the compiled graphs by `node agents/drawGraphs.ts`; a test holds this page to them. `langgraph.json` exports them for LangGraph Studio.",
    "## The root",
    mermaid(await buildGraph(registry).getGraphAsync()),
    ...parts,
  ].join("\n\n")}\n`;
}

const mermaid = (graph: { drawMermaid(): string }): string => `\`\`\`mermaid\n${graph.drawMermaid().trim()}\n\`\`\``;

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(DIAGRAMS, await drawGraphs());
