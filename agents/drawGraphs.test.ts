import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { DIAGRAMS, drawGraphs } from "./drawGraphs.ts";

it("the diagrams of docs/graphs.md are those of the graphs (after a change: node agents/drawGraphs.ts)", async () => {
  expect(readFileSync(DIAGRAMS, "utf8")).toBe(await drawGraphs());
});
