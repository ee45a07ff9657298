import { describe, expect, it } from "vitest";
import { demoAgent } from "../testing.ts";
import type { TurnEvent } from "../turn.ts";
import { call, calls, fakeServices, KINDS, says } from "./testing.ts";

const fake = fakeServices();
const ROI = { name: "compare_promotions", args: { metric: "net_roi", by: "account" } };
const UPLIFT = { name: "compare_promotions", args: { metric: "uplift", by: "brand" } };
const QUESTION = "Which retailer gives us the highest promotion ROI?";

describe.each(KINDS)("tools called through %s", (kind) => {
  it("run one after the other, each seeing what came before", async () => {
    const seen = fake.plays(kind, calls(ROI), calls(UPLIFT), says("The tables show both."));
    const agent = await demoAgent(await fake.model(kind));
    const answer = await agent.converse({ text: QUESTION });
    expect(answer.calls.map((c) => [c.args.metric, c.status])).toEqual([
      ["net_roi", "ok"],
      ["uplift", "ok"],
    ]);
    expect(answer.reply).toMatch(/^The tables show both\.\n\n/);
    expect(answer.model).toBe(`${kind}:m`);
    expect(seen.map((s) => s.messages.filter((m) => m.role === "tool").length)).toEqual([0, 1, 2]);
    await agent.close();
  });

  it("run in parallel, and all results go back at once", async () => {
    const seen = fake.plays(kind, calls(ROI, UPLIFT, { name: "budget_status", args: {} }), says("All there."));
    const agent = await demoAgent(await fake.model(kind));
    const answer = await agent.converse({ text: QUESTION });
    expect(answer.calls.map((c) => c.tool)).toEqual(["compare_promotions", "compare_promotions", "budget_status"]);
    expect(seen[1]!.messages.filter((m) => m.role === "tool")).toHaveLength(3);
    await agent.close();
  });

  it("run once where the same call is made twice, under one id or in the next message", async () => {
    const twice = calls({ ...ROI, id: "a" }, { ...UPLIFT, id: "a" }, { ...ROI, id: "b" });
    const seen = fake.plays(kind, twice, calls(ROI), says("never asked"));
    const agent = await demoAgent(await fake.model(kind));
    const answer = await agent.converse({ text: QUESTION });
    expect(answer.calls.map((c) => c.args.metric)).toEqual(["net_roi", "uplift"]);
    expect(seen).toHaveLength(2);
    expect(answer.figures.length).toBeGreaterThan(3);
    await agent.close();
  });

  it("carry the request over to another role, with hand_over or without", async () => {
    fake.plays(
      kind,
      call("hand_over", { role: "assistant" }),
      call("budget_status"),
      says("The funds are in the table."),
    );
    const agent = await demoAgent(await fake.model(kind));
    const over = await agent.converse({ text: QUESTION, thread: "a" });
    expect([over.role, over.calls.map((c) => c.tool)]).toEqual(["assistant", ["budget_status"]]);
    fake.plays(kind, calls(ROI), call("budget_status"), says("Both are there."));
    const direct = await agent.converse({ text: QUESTION, thread: "b" });
    expect([direct.role, direct.calls.length]).toEqual(["assistant", 2]);
    await agent.close();
  });

  it("are told to whoever watches while the model still speaks, but not a word of its answer", async () => {
    fake.plays(kind, calls(ROI), says("Secret words."));
    const agent = await demoAgent(await fake.model(kind));
    const events: TurnEvent[] = [];
    await agent.converse({ text: QUESTION }, (event) => events.push(event));
    expect(events).toContainEqual({ type: "thinking", says: "calling compare promotions" });
    expect(JSON.stringify(events)).not.toContain("Secret");
    await agent.close();
  });

  it("are chosen by the role that the model takes, where the planner does not know the sentence", async () => {
    const seen = fake.plays(kind, call("choose_role", { role: "advisor" }), calls(ROI), says("There it is."));
    const agent = await demoAgent(await fake.model(kind));
    const answer = await agent.converse({ text: "zorble the quux" });
    expect(answer.role).toBe("advisor");
    expect(seen[0]!.tools!.map((t) => t.function.name)).toEqual(["choose_role"]);
    expect(seen[1]!.tools!.map((t) => t.function.name)).toContain("compare_promotions");
    fake.plays(kind, calls(ROI), says("There it is."));
    const straight = await agent.converse({ text: "zorble the quux again" });
    expect(straight.calls.map((c) => c.tool)).toEqual(["compare_promotions"]);
    await agent.close();
  });
});
