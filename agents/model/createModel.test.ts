import { describe, expect, it } from "vitest";
import { demoAgent } from "../testing.ts";
import { createModel } from "./createModel.ts";
import { call, fakeServices, KINDS, says } from "./testing.ts";

const fake = fakeServices();
const ROI = call("compare_promotions", { metric: "net_roi", by: "account" });
const QUESTION = "Which retailer gives us the highest promotion ROI?";

describe.each(KINDS)("a language model behind the same graphs: %s", (kind) => {
  it("calls tools, and its own true words reach the person", async () => {
    const seen = fake.plays(kind, ROI, says("The ranking is in the table of the result."));
    const agent = await demoAgent(await fake.model(kind));
    const answer = await agent.converse({ text: QUESTION });
    expect(answer.calls.map((c) => [c.tool, c.status])).toEqual([["compare_promotions", "ok"]]);
    expect(answer.reply).toMatch(
      /^The ranking is in the table of the result\.\n\n[^|]+\*\*Ground\.\*\* [^|]+\| Account \| Net ROI \|/,
    );
    expect(seen[0]?.tools?.map((t) => t.function.name)).toContain("hand_over");
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
