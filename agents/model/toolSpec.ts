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

/** The part of a tool that a model is told; what is not in the registry (a hand-over) has no examples. */
export type Callable = Pick<Tool, "name" | "description" | "schema"> & Partial<Pick<Tool, "examples">>;

/** Services refuse descriptions that are longer. */
const LONGEST_DESCRIPTION = 1_024;

/** What a tool does, and as many of its examples as there is room for: a sentence and the arguments that it means. */
function described({ description, examples = [] }: Callable): string {
  let text = description;
  for (const { say, args } of examples) {
    const longer = `${text}\nExample: “${say}” → ${JSON.stringify(args)}`;
    if (longer.length <= LONGEST_DESCRIPTION) text = longer;
  }
  return text;
}

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
      description: described(tool),
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
