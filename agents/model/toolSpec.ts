import { z } from "zod";
import type { Tool } from "../../tools/define.ts";
import { isRecord } from "./wire/lines.ts";

/** A tool as OpenAI-compatible services and Ollama are told of it. */
export interface ToolSpec {
  readonly type: "function";
  readonly function: {
    readonly name: string;
    readonly description: string;
    readonly parameters: Readonly<Record<string, unknown>>;
  };
}

/** The part of a tool that a model is told; what is not in the registry (a hand-over) has it too. */
export type Callable = Pick<Tool, "name" | "description" | "schema">;

const made = new WeakMap<Callable["schema"], ToolSpec>();

/** Plain JSON Schema, as what goes in: what may be left out is not required, defaults stay with us. */
export function specOf(tool: Callable): ToolSpec {
  const known = made.get(tool.schema);
  if (known) return known;
  const { $schema: _, ...parameters } = z.toJSONSchema(tool.schema, { io: "input", target: "draft-7" });
  const spec: ToolSpec = {
    type: "function",
    function: {
      name: tool.name,
      description: tool.description,
      parameters: oneTypeEach(parameters) as Record<string, unknown>,
    },
  };
  made.set(tool.schema, spec);
  return spec;
}

/** `type: ["string", "null"]` is refused by some services: each alternative stands for itself, under `anyOf`. */
function oneTypeEach(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(oneTypeEach);
  if (!isRecord(value)) return value;
  const inner = Object.fromEntries(Object.entries(value).map(([key, v]) => [key, oneTypeEach(v)]));
  const { type, description, default: usual, ...rest } = inner;
  if (!Array.isArray(type)) return inner;
  return {
    anyOf: type.map((one) => (one === "null" ? { type: one } : { type: one, ...rest })),
    ...(description === undefined ? {} : { description }),
    ...(usual === undefined ? {} : { default: usual }),
  };
}
