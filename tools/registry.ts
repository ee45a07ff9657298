import type { Role, Tool } from "./define.ts";

/** All tools, by name. What approval, audit, permissions and evals need follows from a tool's role and tag. */
export interface Registry {
  readonly all: readonly Tool[];
  get(name: string): Tool | undefined;
  ofRole(role: Role): readonly Tool[];
}

/** @throws Error where two tools share a name */
export function buildRegistry(tools: readonly Tool[]): Registry {
  const byName = new Map<string, Tool>();
  for (const tool of tools) {
    if (byName.has(tool.name)) throw new Error(`two tools are called ${tool.name}`);
    byName.set(tool.name, tool);
  }
  return { all: tools, get: (name) => byName.get(name), ofRole: (role) => tools.filter((t) => t.role === role) };
}
