import { describe, expect, it } from "vitest";
import { demoAgent } from "../testing.ts";
import { call, calls, fails, fakeServices, KINDS, says } from "./testing.ts";
import { MOST_CALLS } from "./tidy.ts";

const fake = fakeServices();
const METRICS = ["net_roi", "gross_roi", "uplift", "spend", "units", "net_sales"];
const BY = ["account", "brand", "month"];
const loop = BY.flatMap((by) => METRICS.map((metric) => call("compare_promotions", { metric, by })));
const QUESTION = "Which retailer gives us the highest promotion ROI?";

describe.each(KINDS)("a turn with %s has an end", (kind) => {
  it("where the model calls tools without ever answering", async () => {
    const seen = fake.plays(kind, ...loop);
    const agent = await demoAgent(await fake.model(kind, { limits: { calls: 4, tokens: 1e9 } }));
    const answer = await agent.converse({ text: QUESTION });
    expect(seen).toHaveLength(4);
    expect(answer.calls).toHaveLength(4);
    expect(answer.figures.length).toBeGreaterThan(3);
    expect(answer.reply.match(/kept calling tools/g)).toHaveLength(1);
    await agent.close();
  });

  it("where one role thinks for ever", async () => {
    const seen = fake.plays(kind, ...loop);
    const agent = await demoAgent(await fake.model(kind, { limits: { calls: 99, tokens: 1e9 } }));
    const answer = await agent.converse({ text: QUESTION });
    expect(seen.length).toBeLessThan(10);
    expect(answer.reply.match(/kept calling tools/g)).toHaveLength(1);
    await agent.close();
  });

  it("where it makes the same call for ever", async () => {
    const seen = fake.plays(kind, ...Array.from({ length: 50 }, () => loop[0]!));
    const agent = await demoAgent(await fake.model(kind));
    const answer = await agent.converse({ text: QUESTION });
    expect(seen.length).toBeLessThan(4);
    expect(answer.calls).toHaveLength(1);
    expect(answer.figures.length).toBeGreaterThan(3);
    await agent.close();
  });

  it("where it calls ever more tools at once", async () => {
    const many = Array.from({ length: 200 }, (_, i) => ({ name: "find_promotions", args: { top: i + 1 } }));
    fake.plays(kind, calls(...many), calls(...many));
    const agent = await demoAgent(await fake.model(kind));
    const answer = await agent.converse({ text: QUESTION });
    expect(answer.calls.filter((c) => c.tool === "find_promotions")).toHaveLength(MOST_CALLS);
    await agent.close();
  });

  it("where roles hand it over to one another", async () => {
    const over = (role: string) => call("hand_over", { role });
    const seen = fake.plays(kind, ...Array.from({ length: 50 }, (_, i) => over(i % 2 ? "advisor" : "expert")));
    const agent = await demoAgent(await fake.model(kind));
    const answer = await agent.converse({ text: QUESTION });
    expect(seen.length).toBeLessThanOrEqual(12);
    expect(answer.model).toBe("offline");
    expect(answer.calls).toMatchObject([{ tool: "compare_promotions", status: "ok" }]);
    await agent.close();
  });

  it("where the tokens are used up", async () => {
    const seen = fake.plays(kind, ...loop);
    const agent = await demoAgent(await fake.model(kind, { limits: { calls: 99, tokens: 300 } }));
    await agent.converse({ text: QUESTION });
    expect(seen).toHaveLength(3);
    await agent.close();
  });
});

describe.each(KINDS)("a thread too long for %s", (kind) => {
  const long = () =>
    fails(400, { message: "This model's maximum context length is 8192 tokens.", code: "context_length_exceeded" });

  it("is cut to its last turn and asked once more", async () => {
    const agent = await demoAgent(await fake.model(kind));
    fake.plays(kind, loop[0]!, says("First."));
    await agent.converse({ text: QUESTION, thread: "t" });
    const seen = fake.plays(kind, long(), loop[1]!, says("See the table."));
    const answer = await agent.converse({ text: QUESTION, thread: "t" });
    expect(answer).toMatchObject({ model: `${kind}:m`, reply: expect.stringMatching(/^See the table\.\n\n/) });
    const roles = seen.map((s) => s.messages.map((m) => m.role));
    expect(roles[0]!.length).toBeGreaterThan(3);
    expect(roles[1]).toEqual(["system", "user"]);
    await agent.close();
  });

  it("and stays so is given to the planner", async () => {
    const seen = fake.plays(kind, long(), long());
    const agent = await demoAgent(await fake.model(kind));
    const answer = await agent.converse({ text: QUESTION });
    expect(seen).toHaveLength(2);
    expect(answer).toMatchObject({ model: "offline", calls: [{ status: "ok" }] });
    expect(answer.reply).toMatch(/conversation too long/);
    await agent.close();
  });
});
