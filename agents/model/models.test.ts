import { describe, expect, it } from "vitest";
import { demoAgent } from "../testing.ts";
import { createModel } from "./createModel.ts";
import { call, fails, fakeServices, KINDS, says } from "./testing.ts";

const fake = fakeServices();
const ROI = call("compare_promotions", { metric: "net_roi", by: "account" });
const QUESTION = "Which retailer gives us the highest promotion ROI?";
const DRAFT = {
  account: "Albion Fresh",
  products: [{ brand: "Kestrel" }],
  start: "2027-06-01",
  end: "2027-06-14",
  mechanic: "tpr",
  discount: 0.2,
};

describe.each(KINDS)("a language model behind the same graphs: %s", (kind) => {
  it("calls tools, and its own true words reach the person", async () => {
    const seen = fake.plays(kind, ROI, says("The ranking is in the table of the result."));
    const agent = await demoAgent(await fake.model(kind));
    const answer = await agent.converse({ text: QUESTION });
    expect(answer.calls.map((c) => [c.tool, c.status])).toEqual([["compare_promotions", "ok"]]);
    expect(answer.reply).toMatch(
      /^The ranking is in the table of the result\.\n\n\*\*Ground\.\*\* [^|]+\| Account \| Net ROI \|/,
    );
    expect(seen[0]?.tools?.map((t) => t.function.name)).toContain("hand_over");
    await agent.close();
  });

  it("loses the words of a model that invents a figure; the composed reply stands", async () => {
    fake.plays(kind, ROI, says("Albion Fresh leads with a net ROI of 9.87, on 4,321 promotions."));
    const agent = await demoAgent(await fake.model(kind));
    const answer = await agent.converse({ text: QUESTION });
    expect(answer.reply).not.toMatch(/9\.87|4,321/);
    expect(answer.figures.length).toBeGreaterThan(3);
    await agent.close();
  });

  it("cannot approve its own draft", async () => {
    fake.plays(kind, call("create_promotion", DRAFT), call("approve_pending", { id: "w1" }), says("I approved it."));
    const agent = await demoAgent(await fake.model(kind));
    const answer = await agent.converse({
      text: "Create a promotion for Albion on Kestrel from June 1 to June 14 with 20 %",
    });
    expect(answer.pending).toHaveLength(1);
    expect(answer.calls.map((c) => c.status)).toEqual(["proposed", "error"]);
    const written = await agent.store.db
      .selectFrom("promotion")
      .select("id")
      .where("start", "=", "2027-06-01")
      .execute();
    expect(written).toHaveLength(0);
    await agent.close();
  });

  it("falls back to the built-in planner when the service fails, and says so", async () => {
    fake.plays(kind, fails(401, "no key"));
    const agent = await demoAgent(await fake.model(kind));
    const answer = await agent.converse({ text: QUESTION });
    expect(answer.model).toBe("offline");
    expect(answer.calls[0]?.tool).toBe("compare_promotions");
    expect(answer.reply).toContain("did not answer");
    await agent.close();
  });

  it("ends an endless loop of calls", async () => {
    const seen = fake.plays(kind, ...Array.from({ length: 50 }, () => ROI));
    const agent = await demoAgent(await fake.model(kind));
    const answer = await agent.converse({ text: QUESTION });
    expect(seen.length).toBeLessThan(10);
    expect(answer.figures.length).toBeGreaterThan(0);
    await agent.close();
  });
});

it("refuses settings that name no model", async () => {
  await expect(fake.model("openai", { model: "claude" })).rejects.toThrow(/can be offline, openai/);
  await expect(
    createModel({
      model: "openai:m",
      openaiKey: undefined,
      openaiBaseUrl: undefined,
      ollamaHost: undefined,
      timeoutMs: 1,
    }),
  ).rejects.toThrow(/OPENAI_API_KEY/);
});
