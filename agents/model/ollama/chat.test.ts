import { HumanMessage } from "@langchain/core/messages";
import { expect, it } from "vitest";
import { fakeServices, says } from "../testing.ts";
import { faultOf } from "../wire/fault.ts";

const fake = fakeServices();

it("a conversation that Ollama would cut unseen is found too long before it is sent", async () => {
  const seen = fake.plays("ollama", says("Yes."), says("Yes."));
  const chat = await (await fake.model("ollama"))!.open(() => {});
  expect((await chat.invoke([new HumanMessage("x".repeat(60_000))])).text).toBe("Yes.");
  const failed = await chat.invoke([new HumanMessage("x".repeat(120_000))]).catch(faultOf);
  expect(failed).toMatchObject({ kind: "too_long" });
  expect(seen).toHaveLength(1);
});

it("is told the role, the tool and the size of its context", async () => {
  const seen = fake.plays("ollama", says("Yes."));
  const chat = await (await fake.model("ollama"))!.open(() => {});
  await chat.invoke([new HumanMessage("Well?")]);
  expect(seen[0]).toMatchObject({
    model: "m",
    think: false,
    stream: true,
    options: { temperature: 0, num_ctx: 32_768 },
  });
});
