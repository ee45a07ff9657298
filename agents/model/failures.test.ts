import { http } from "msw";
import { describe, expect, it } from "vitest";
import { demoAgent } from "../testing.ts";
import { call, fails, fakeServices, KINDS, OLLAMA, OPENAI, type Step, says, silent } from "./testing.ts";

const fake = fakeServices();
const ROI = call("compare_promotions", { metric: "net_roi", by: "account" });
const QUESTION = "Which retailer gives us the highest promotion ROI?";
const SHORT = { timeoutMs: 20 };
const busy = (after?: string): Step => fails(429, "slow down", after === undefined ? {} : { "retry-after": after });
/** The beginning of an answer in either protocol. */
const BEGUN = {
  openai: `data: ${JSON.stringify({ choices: [{ delta: { content: "The answer is 4" } }] })}\n\n`,
  ollama: `${JSON.stringify({ message: { role: "assistant", content: "The answer is 4" }, done: false })}\n`,
};

async function ask(kind: "openai" | "ollama", more = {}) {
  const agent = await demoAgent(await fake.model(kind, { model: `${kind}:m3.1-8b`, ...more }));
  const answer = await agent.converse({ text: QUESTION });
  await agent.close();
  return answer;
}

describe.each(KINDS)("%s that fails", (kind) => {
  it.each([
    ["refuses the key", fails(401, "bad key"), /refused the key/],
    ["has no such model", fails(404, "model 'm' not found"), /does not have that model/],
    ["does not take the request", fails(400, "what?"), /did not accept/],
    [
      "has no quota",
      fails(429, { message: "You exceeded your current quota", code: "insufficient_quota" }),
      /no quota/,
    ],
    ["wants a long time", busy("600"), /too busy/],
    ["has a model without tools", fails(400, "m does not support tools"), /cannot call tools/],
  ])("and %s is asked once; the planner answers and says so", async (_, step, why) => {
    const seen = fake.plays(kind, step, ROI);
    const answer = await ask(kind);
    expect(seen).toHaveLength(1);
    expect(fake.waits).toEqual([]);
    expect(answer).toMatchObject({ model: "offline", calls: [{ tool: "compare_promotions", status: "ok" }] });
    expect(answer.reply).toMatch(why);
    expect(answer.reply.match(/built-in offline planner/g)).toHaveLength(1);
    expect(answer.reply.split("\n\n").at(-1)).not.toMatch(/\d/);
  });

  it.each([
    ["is busy, and says for how long", [busy("3"), busy("0")], [3_000, 0]],
    ["is busy, and does not say for how long", [busy(), fails(503, "")], [500, 1_000]],
    ["fails inside", [fails(500, "oh"), fails(502, "oh")], [500, 1_000]],
    ["breaks off", [{ pieces: [BEGUN[kind]], ends: "break" }, { pieces: [BEGUN[kind]] }], [500, 1_000]],
    ["sends a page", [{ pieces: ["<html>no</html>"], type: "text/html" }], [500]],
  ] as [string, Step[], number[]][])("and %s is asked again after a pause", async (_, steps, waits) => {
    const seen = fake.plays(kind, ...steps, ROI, says("See the table."));
    const answer = await ask(kind);
    expect(fake.waits).toEqual(waits);
    expect(seen).toHaveLength(steps.length + 2);
    expect(answer).toMatchObject({
      model: `${kind}:m3.1-8b`,
      reply: expect.stringMatching(/^See the table\.\n\n/),
      calls: [{ status: "ok" }],
    });
  });

  it.each([
    ["fails inside every time", fails(500, "oh"), /failed inside/],
    ["breaks off every time", { pieces: [BEGUN[kind]], ends: "break" }, /broke off/],
  ] as [string, Step, RegExp][])("and %s is given up after three attempts", async (_, step, why) => {
    const seen = fake.plays(kind, step, step, step, ROI);
    const answer = await ask(kind);
    expect(seen).toHaveLength(3);
    expect(answer.model).toBe("offline");
    expect(answer.reply).toMatch(why);
    expect(answer.reply).not.toContain("The answer is 4");
  });

  it.each([
    ["says nothing", silent],
    ["falls silent in the middle", { pieces: [BEGUN[kind]], ends: "silence" }],
  ] as [string, Step][])("and %s is not waited for", async (_, step) => {
    const seen = fake.plays(kind, step);
    const answer = await ask(kind, SHORT);
    expect(seen).toHaveLength(1);
    expect(answer.model).toBe("offline");
    expect(answer.reply).toMatch(/took too long/);
  });

  it("and drips on for ever is not waited for either", async () => {
    fake.server.use(
      http.post(kind === "openai" ? `${OPENAI}/chat/completions` : `${OLLAMA}/api/chat`, () => {
        const encoder = new TextEncoder();
        const drip = new ReadableStream({
          pull: async (stream) => {
            await new Promise((resolve) => setTimeout(resolve, 5));
            stream.enqueue(encoder.encode(BEGUN[kind]));
          },
        });
        return new Response(drip, { headers: { "content-type": "text/event-stream" } });
      }),
    );
    expect((await ask(kind, SHORT)).reply).toMatch(/took too long/);
  });

  it("and cannot be reached is tried again, then the planner answers", async () => {
    fake.server.use(http.post(/chat/, () => Response.error()));
    const answer = await ask(kind);
    expect(fake.waits).toEqual([500, 1_000]);
    expect(answer.reply).toMatch(/cannot be reached/);
  });

  it("and fails in the middle of a turn: what was read is not read again", async () => {
    fake.plays(kind, ROI, fails(401, "key taken back"));
    const answer = await ask(kind);
    expect(answer.calls).toHaveLength(1);
    expect(answer.figures.length).toBeGreaterThan(3);
    expect(answer.reply).toMatch(/refused the key/);
  });
});

it("an OpenAI-compatible service that does not know a parameter is asked without it, also in the next turn", async () => {
  const refuses = (name: string) => fails(400, `Unrecognized request argument supplied: ${name}`);
  const seen = fake.plays(
    "openai",
    refuses("stream_options"),
    refuses("temperature"),
    refuses("stream"),
    ROI,
    says("See."),
    ROI,
  );
  const agent = await demoAgent(await fake.model("openai"));
  expect((await agent.converse({ text: QUESTION })).model).toBe("openai:m");
  await agent.converse({ text: QUESTION });
  const sent = seen.map((s) => ["stream_options", "temperature", "stream"].filter((name) => s[name] !== undefined));
  expect(sent.slice(0, 5)).toEqual([
    ["stream_options", "temperature", "stream"],
    ["temperature", "stream"],
    ["stream"],
    [],
    [],
  ]);
  expect(sent[5]).toEqual([]);
  await agent.close();
});
