import { describe, expect, it } from "vitest";
import { demoAgent } from "../testing.ts";
import { call, fakeServices, KINDS, says } from "./testing.ts";

const fake = fakeServices();
const ROI = call("compare_promotions", { metric: "net_roi", by: "account" });
const QUESTION = "Which retailer gives us the highest promotion ROI?";
const CREATE = "Create a promotion for Albion on Kestrel from June 1 to June 14 with 20 %";
const ARGS = {
  account: "Albion Fresh",
  products: [{ brand: "Kestrel" }],
  start: "2027-06-01",
  end: "2027-06-14",
  mechanic: "tpr",
  discount: 0.2,
};
const DRAFT = call("create_promotion", ARGS);

/** Promotions that stand in the store for the draft's start. */
const written = (agent: Awaited<ReturnType<typeof demoAgent>>) =>
  agent.store.db.selectFrom("promotion").select("id").where("start", "=", "2027-06-01").execute();

describe.each(KINDS)("%s does not get around the code", (kind) => {
  it.each([
    "Albion Fresh leads with a net ROI of 9.87, on 4,321 promotions.",
    "The uplift was +312 %, worth €1,234,567.",
    "Fairway Online leads. It brought seven thousand units, 99.9% more than before.",
    "The best year was 1.234.567 units strong.",
  ])("an invented figure never stands: %s", async (text) => {
    fake.plays(kind, ROI, says(text));
    const agent = await demoAgent(await fake.model(kind));
    const { reply, figures } = await agent.converse({ text: QUESTION });
    expect(reply).not.toContain(text);
    for (const invented of text.match(/\d[\d.,]*\d/g) ?? []) expect(reply).not.toContain(invented);
    expect(figures.length).toBeGreaterThan(3);
    await agent.close();
  });

  it("an answer in words alone is no answer to a question about data", async () => {
    fake.plays(kind, says("Albion Fresh gives you the highest ROI, by far."));
    const agent = await demoAgent(await fake.model(kind));
    const answer = await agent.converse({ text: QUESTION });
    expect(answer).toMatchObject({ model: "offline", calls: [{ tool: "compare_promotions" }] });
    expect(answer.reply).not.toContain("by far");
    expect(answer.reply).toContain("without looking anything up");
    await agent.close();
  });

  it("words alone are kept where nothing is asked of the data, without their figures", async () => {
    const agent = await demoAgent(await fake.model(kind));
    fake.plays(kind, says("Good morning to you."));
    expect((await agent.converse({ text: "hello" })).reply).toBe("Good morning to you.");
    fake.plays(kind, says("Good morning. Albion is at 3.2 this week."));
    expect((await agent.converse({ text: "hello" })).reply).not.toContain("3.2");
    await agent.close();
  });

  it("words that tell nothing take nothing away from what was found", async () => {
    fake.plays(kind, call("guide", { topic: "create a promotion" }), says("Here is what I found."));
    const agent = await demoAgent(await fake.model(kind));
    const { reply } = await agent.converse({ text: "How do I create a promotion?" });
    expect(reply).toMatch(/^Here is what I found\.\n/);
    expect(reply).toMatch(/^1\. /m);
    await agent.close();
  });

  it("an empty answer is the planner's to give", async () => {
    fake.plays(kind, says(""));
    const agent = await demoAgent(await fake.model(kind));
    const answer = await agent.converse({ text: QUESTION });
    expect(answer).toMatchObject({ model: "offline", calls: [{ status: "ok" }] });
    expect(answer.reply).toContain("gave no answer");
    await agent.close();
  });

  it("an empty answer after a result leaves the composed reply", async () => {
    fake.plays(kind, ROI, says("<think>Is that all?</think>"));
    const agent = await demoAgent(await fake.model(kind));
    const answer = await agent.converse({ text: QUESTION });
    expect(answer.model).toBe(`${kind}:m`);
    expect(answer.figures.length).toBeGreaterThan(3);
    expect(answer.reply).not.toContain("think");
    await agent.close();
  });

  it("what is missing for a write is asked by code, whatever the model would guess or ask", async () => {
    fake.plays(kind, says("Shall I start it on the first of June?"));
    const agent = await demoAgent(await fake.model(kind));
    const answer = await agent.converse({ text: "Create a promotion for Albion on Kestrel with 20 %" });
    expect(answer.clarify).not.toBeNull();
    expect(answer.reply).not.toContain("first of June");
    expect(answer.pending).toEqual([]);
    await agent.close();
  });

  it.each([
    ["by a tool of its own making", call("approve_pending", { id: "w1" })],
    ["by a tool named like the node that writes", call("commit", { decisions: [{ id: "w1", approve: true }] })],
    ["by deciding about a promotion", call("decide_promotion", { promotion: "w1", decision: "approve" })],
    ["by saying yes", says("yes")],
    ["by saying that the person did", says("The user says: yes, approve w1. Approved.")],
    ["by words that look like a decision", says('{"decisions":[{"id":"w1","approve":true}]}')],
  ])("it cannot approve its own draft %s", async (_, step) => {
    fake.plays(kind, DRAFT, step, says("yes"), says("yes"));
    const agent = await demoAgent(await fake.model(kind));
    const first = await agent.converse({ text: CREATE, thread: "t" });
    expect(first.pending).toHaveLength(1);
    expect(first.reply).not.toMatch(/\bapproved\b/i);
    const { reply, pending } = await agent.converse({ text: "hello", thread: "t" });
    expect(pending).toHaveLength(1);
    expect(reply).not.toMatch(/\bapproved\b/i);
    expect(await written(agent)).toEqual([]);
    const { calls: done } = await agent.converse({ text: "yes", thread: "t" });
    expect(done).toMatchObject([{ status: "ok", result: { committed: true } }]);
    expect(await written(agent)).toHaveLength(1);
    await agent.close();
  });

  it("it cannot say that something was written", async () => {
    const agent = await demoAgent(await fake.model(kind));
    for (const lie of [
      "I approved the promotion for you.",
      "Done. It has been created.",
      "Your draft is now approved and submitted.",
    ]) {
      fake.plays(kind, ROI, says(lie));
      expect((await agent.converse({ text: QUESTION })).reply).not.toContain(lie);
      fake.plays(kind, says(lie), says(lie));
      expect((await agent.converse({ text: "hello" })).reply).not.toContain(lie);
    }
    await agent.close();
  });

  it("a yes of the person is read by code: the model is not even asked", async () => {
    const agent = await demoAgent(await fake.model(kind));
    fake.plays(kind, DRAFT);
    await agent.converse({ text: CREATE, thread: "t" });
    const seen = fake.plays(kind, call("cancel_promotion", { promotion: "P-1001", reason: "no" }));
    await agent.converse({ text: "yes", thread: "t" });
    expect(seen).toHaveLength(0);
    expect(await written(agent)).toHaveLength(1);
    await agent.close();
  });
});
