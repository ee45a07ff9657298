import { describe, expect, it } from "vitest";
import { tools } from "../../tools/index.ts";
import { specOf } from "./toolSpec.ts";

/** What the strictest of the services in use know; `$ref`, `oneOf`, `const`, lists of types and the like are refused by one or the other. */
const KNOWN = new Set(
  "type properties required additionalProperties items enum anyOf description default minimum maximum exclusiveMinimum exclusiveMaximum minLength maxLength minItems maxItems pattern format".split(
    " ",
  ),
);
const TYPES = new Set(["object", "array", "string", "number", "integer", "boolean", "null"]);

/** Every schema inside a schema, itself first; names of properties are no keywords. */
function* schemasIn(schema: Record<string, unknown>): Iterable<Record<string, unknown>> {
  yield schema;
  const {
    properties = {},
    items,
    anyOf = [],
    additionalProperties,
  } = schema as {
    properties?: Record<string, Record<string, unknown>>;
    items?: Record<string, unknown>;
    anyOf?: Record<string, unknown>[];
    additionalProperties?: unknown;
  };
  const inner = [...Object.values(properties), ...anyOf, ...(items ? [items] : [])];
  if (additionalProperties !== null && typeof additionalProperties === "object")
    inner.push(additionalProperties as Record<string, unknown>);
  for (const one of inner) yield* schemasIn(one);
}

describe.each(tools.map((tool) => [tool.name, tool] as const))("%s as a model is told of it", (name, tool) => {
  const { parameters, description } = specOf(tool).function;

  it("has a schema that OpenAI-compatible services accept", () => {
    expect(name).toMatch(/^[a-zA-Z0-9_-]{1,64}$/);
    expect(description.length).toBeGreaterThan(20);
    expect(description.length).toBeLessThanOrEqual(1_024);
    expect(parameters.type).toBe("object");
    for (const schema of schemasIn(parameters)) {
      expect(Object.keys(schema).filter((key) => !KNOWN.has(key))).toEqual([]);
      if (schema.type !== undefined) expect(TYPES).toContain(schema.type);
      else
        expect(
          Array.isArray(schema.anyOf) ||
            Array.isArray(schema.enum) ||
            schema.description !== undefined ||
            Object.keys(schema).length === 0,
        ).toBe(true);
      for (const required of (schema.required as string[] | undefined) ?? [])
        expect(Object.keys(schema.properties as object)).toContain(required);
    }
  });

  it("is JSON and stays what it was", () => {
    expect(JSON.parse(JSON.stringify(parameters))).toEqual(parameters);
    expect(specOf(tool)).toBe(specOf(tool));
  });
});
