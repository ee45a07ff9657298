import { AIMessage, type BaseMessage, HumanMessage } from "@langchain/core/messages";
import { fakeModel } from "@langchain/core/testing";
import { expect, it } from "vitest";
import { tools } from "../../tools/index.ts";
import { buildRegistry } from "../../tools/registry.ts";
import { buildGraph } from "../graph.ts";
import type { LanguageModel } from "../model/languageModel.ts";
import { demoAgent } from "../testing.ts";
import { buildAdvisor } from "./advisor.ts";
import { buildAssistant } from "./assistant.ts";
import { buildExpert } from "./expert.ts";

const registry = buildRegistry(tools);
const ROI = { name: "compare_promotions", args: { metric: "net_roi", by: "account" } };
const BASELINE = {
  name: "estimate_baseline",
  args: {
    account: "Bramley Stores",
    product: { brand: "Polar Lane" },
    period: { from: "2026-12-01", to: "2026-12-14" },
  },
};
const DRAFT = {
  name: "create_promotion",
  args: { account: "Bramley Stores", start: "2027-06-01", end: "2027-06-14", mechanic: "tpr", discount: 0.2 },
};
const language = (model: ReturnType<typeof fakeModel>): LanguageModel => ({
  name: "test",
  limits: { calls: 8, tokens: 1_000_000 },
  price: null,
  open: async () => model,
  unfit: async () => null,
});
const over = (role: string) => ({ name: "hand_over", args: { role } });
/** What no sentence of the planner's is: the model alone decides. */
const TEXT = "By and large.";
const toolsSeen = (messages: readonly BaseMessage[]): string[] =>
  messages
    .slice(messages.findLastIndex((m) => HumanMessage.isInstance(m)))
    .flatMap((m) => (m.getType() === "tool" ? [m.name ?? ""] : []));

it("gives each role a state of its own, in which only the assistant can have something wait", () => {
  const channels = (graph: { channels: object }): string[] => Object.keys(graph.channels);
  expect(channels(buildAssistant(registry))).toEqual(expect.arrayContaining(["pending", "proposed", "born"]));
  for (const graph of [buildAdvisor(registry), buildExpert(registry)])
    for (const channel of ["pending", "proposed", "born", "decisions"]) expect(channels(graph)).not.toContain(channel);
  for (const channel of ["next", "thoughts"]) expect(channels(buildGraph(registry))).not.toContain(channel);
});

it("has every write in the assistant's hands", () => {
  expect(tools.filter((t) => t.access === "WRITE" && t.role !== "assistant")).toEqual([]);
});

it("runs calls of two roles that a model makes at once, each in its own graph, in the order in which they were made", async () => {
  const model = fakeModel()
    .respondWithTools([{ name: "choose_role", args: { role: "advisor" } }])
    .respondWithTools([ROI, BASELINE])
    .respond(new AIMessage("Both are in the tables."));
  const agent = await demoAgent(language(model));
  const answer = await agent.converse({ text: TEXT });
  expect(answer.calls.map((c) => [c.tool, c.status])).toEqual([
    ["compare_promotions", "ok"],
    ["estimate_baseline", "ok"],
  ]);
  expect(answer.role).toBe("expert");
  expect(toolsSeen(model.calls.at(-1)!.messages)).toEqual(["compare_promotions", "estimate_baseline"]);
  await agent.close();
});

it("carries a request over with what was found, and the calls beside hand_over are not lost", async () => {
  const model = fakeModel()
    .respondWithTools([{ name: "choose_role", args: { role: "advisor" } }])
    .respondWithTools([ROI, over("assistant")])
    .respondWithTools([DRAFT])
    .respond(new AIMessage("The draft waits."));
  const agent = await demoAgent(language(model));
  const answer = await agent.converse({ text: TEXT });
  expect(answer.calls.map((c) => [c.tool, c.status])).toEqual([
    ["compare_promotions", "ok"],
    ["create_promotion", "proposed"],
  ]);
  expect(answer.pending).toHaveLength(1);
  const [, advisor, assistant] = model.calls.map((c) => c.messages);
  expect(advisor![0]!.text).toContain("# Advisor");
  expect(assistant![0]!.text).toContain("# Assistant");
  expect(toolsSeen(assistant!)).toEqual(["compare_promotions"]);
  await agent.close();
});

it("ends a request that is handed to and fro", async () => {
  const model = fakeModel().respondWithTools([{ name: "choose_role", args: { role: "advisor" } }]);
  for (let i = 0; i < 40; i++) model.respondWithTools([over(i % 2 ? "advisor" : "expert")]);
  const agent = await demoAgent(language(model));
  const answer = await agent.converse({ text: TEXT });
  expect(answer.calls).toEqual([]);
  expect(model.callCount).toBeLessThan(15);
  await agent.close();
});
