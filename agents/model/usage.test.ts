import { describe, expect, it } from "vitest";
import { demoAgent } from "../testing.ts";
import { call, fails, fakeServices, KINDS, says } from "./testing.ts";

const fake = fakeServices();
const ROI = call("compare_promotions", { metric: "net_roi", by: "account" });
const QUESTION = "Which retailer gives us the highest promotion ROI?";
const price = { prompt: 2.5, completion: 10, currency: "USD" };
const rows = (agent: Awaited<ReturnType<typeof demoAgent>>) =>
  agent.store.db.selectFrom("model_use").selectAll().orderBy("id").execute();

describe.each(KINDS)("what a turn asked of %s", (kind) => {
  it("is kept with its cost, and said in the answer", async () => {
    fake.plays(kind, ROI, says("See the table."));
    const agent = await demoAgent(await fake.model(kind, { price }));
    const { usage } = await agent.converse({ text: QUESTION, thread: "t" });
    // 200 tokens read and 20 written, at their prices by the million.
    expect(usage).toEqual({
      model: `${kind}:m`,
      calls: 2,
      prompt_tokens: 200,
      completion_tokens: 20,
      cost: 0.0007,
      currency: "USD",
    });
    expect(await rows(agent)).toMatchObject([
      {
        thread: "t",
        model: `${kind}:m`,
        calls: 2,
        prompt_tokens: 200,
        completion_tokens: 20,
        cost_micro: 700,
        currency: "USD",
        finished: 1,
      },
    ]);
    await agent.close();
  });

  it("counts the pieces of its words that could not be traced", async () => {
    fake.plays(
      kind,
      ROI,
      says("Fairway Online leads with a net ROI of 9.87."),
      says("Fairway Online leads with 8.76."),
    );
    const agent = await demoAgent(await fake.model(kind));
    expect((await agent.converse({ text: QUESTION })).reply).not.toMatch(/9\.87|8\.76/);
    expect(await rows(agent)).toMatchObject([{ calls: 3, untraced: 2, finished: 1 }]);
    await agent.close();
  });

  it("has no cost where no price is set, nor where the service does not count", async () => {
    const agent = await demoAgent(await fake.model(kind));
    fake.plays(kind, ROI, says("See."));
    expect((await agent.converse({ text: QUESTION })).usage).toMatchObject({
      prompt_tokens: 200,
      cost: null,
      currency: null,
    });
    await agent.close();
    const priced = await demoAgent(await fake.model(kind, { price }));
    fake.plays(kind, { ...ROI, usage: null }, says("See."));
    expect((await priced.converse({ text: QUESTION })).usage).toMatchObject({ prompt_tokens: 100, cost: null });
    fake.plays(kind, { ...ROI, usage: null }, { text: "See.", usage: null });
    expect((await priced.converse({ text: QUESTION })).usage).toMatchObject({
      prompt_tokens: null,
      completion_tokens: null,
    });
    expect(await rows(priced)).toHaveLength(2);
    await priced.close();
  });

  it("is kept where the planner took over", async () => {
    fake.plays(kind, fails(401));
    const agent = await demoAgent(await fake.model(kind));
    await agent.converse({ text: QUESTION });
    expect(await rows(agent)).toMatchObject([{ calls: 1, finished: 0 }]);
    await agent.close();
  });
});

it("nothing is kept of a turn that asked no model", async () => {
  const agent = await demoAgent();
  expect((await agent.converse({ text: QUESTION })).usage).toBeUndefined();
  expect(await rows(agent)).toEqual([]);
  await agent.close();
});
