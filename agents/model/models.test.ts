import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { demoAgent } from "../testing.ts";
import { createModel } from "./createModel.ts";

const OPENAI = "http://model.test/v1";
const OLLAMA = "http://ollama.test";
const server = setupServer();
beforeAll(() => server.listen({ onUnhandledFrame: "error" }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const settings = (model: string) =>
  createModel({ model, openaiKey: "k", openaiBaseUrl: OPENAI, ollamaHost: OLLAMA, timeoutMs: 5_000 });

interface Said {
  readonly content?: string;
  readonly calls?: readonly { name: string; args: unknown }[];
}

/** An OpenAI-compatible peer that says these things in turn, and what it was sent. */
function openaiSays(...script: readonly Said[]) {
  const seen: { messages: { role: string; content: string }[]; tools?: { function: { name: string } }[] }[] = [];
  server.use(
    http.post(`${OPENAI}/chat/completions`, async ({ request }) => {
      seen.push((await request.json()) as (typeof seen)[number]);
      const { content = "", calls = [] } = script[seen.length - 1] ?? {};
      const tool_calls = calls.map((c, i) => ({
        id: `t${seen.length}_${i}`,
        type: "function",
        function: { name: c.name, arguments: typeof c.args === "string" ? c.args : JSON.stringify(c.args) },
      }));
      return HttpResponse.json({
        id: "x",
        object: "chat.completion",
        created: 0,
        model: "m",
        choices: [
          {
            index: 0,
            finish_reason: tool_calls.length ? "tool_calls" : "stop",
            message: { role: "assistant", content, ...(tool_calls.length ? { tool_calls } : {}) },
          },
        ],
        usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
      });
    }),
  );
  return seen;
}

const ROI = { name: "compare_promotions", args: { metric: "net_roi", by: "account" } };
const QUESTION = "Which retailer gives us the highest promotion ROI?";

describe("a language model behind the same graphs", () => {
  it("calls tools through an OpenAI-compatible address, and its own true words reach the person", async () => {
    const seen = openaiSays({ calls: [ROI] }, { content: "The ranking is in the table of the result." });
    const agent = await demoAgent(await settings("openai:m"));
    const answer = await agent.converse({ text: QUESTION });
    expect(answer.calls.map((c) => [c.tool, c.status])).toEqual([["compare_promotions", "ok"]]);
    expect(answer.reply).toBe("The ranking is in the table of the result.");
    expect(answer.model).toBe("test");
    expect(seen[0]?.tools?.map((t) => t.function.name)).toContain("hand_over");
    await agent.close();
  });

  it("loses the words of a model that invents a figure; the composed reply stands", async () => {
    openaiSays({ calls: [ROI] }, { content: "Albion Fresh leads with a net ROI of 9.87, on 4,321 promotions." });
    const agent = await demoAgent(await settings("openai:m"));
    const answer = await agent.converse({ text: QUESTION });
    expect(answer.reply).not.toMatch(/9\.87|4,321/);
    expect(answer.figures.length).toBeGreaterThan(3);
    await agent.close();
  });

  it("cannot approve its own draft", async () => {
    const draft = {
      account: "Albion Fresh",
      products: [{ brand: "Kestrel" }],
      start: "2027-06-01",
      end: "2027-06-14",
      mechanic: "tpr",
      discount: 0.2,
    };
    openaiSays(
      { calls: [{ name: "create_promotion", args: draft }] },
      { calls: [{ name: "approve_pending", args: { id: "w1" } }] },
      { content: "I approved it." },
    );
    const agent = await demoAgent(await settings("openai:m"));
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
    server.use(
      http.post(`${OPENAI}/chat/completions`, () =>
        HttpResponse.json({ error: { message: "no key" } }, { status: 401 }),
      ),
    );
    const agent = await demoAgent(await settings("openai:m"));
    const answer = await agent.converse({ text: QUESTION });
    expect(answer.model).toBe("offline");
    expect(answer.calls[0]?.tool).toBe("compare_promotions");
    expect(answer.reply).toContain("did not answer");
    await agent.close();
  });

  it("ends an endless loop of calls", async () => {
    const seen = openaiSays(...Array.from({ length: 50 }, () => ({ calls: [ROI] })));
    const agent = await demoAgent(await settings("openai:m"));
    const answer = await agent.converse({ text: QUESTION });
    expect(seen.length).toBeLessThan(10);
    expect(answer.figures.length).toBeGreaterThan(0);
    await agent.close();
  });

  it("speaks Ollama's protocol", async () => {
    let turn = 0;
    server.use(
      http.post(`${OLLAMA}/api/chat`, async ({ request }) => {
        const body = (await request.json()) as { model: string; think?: boolean };
        expect(body.think).toBe(false);
        const message =
          turn++ === 0
            ? { role: "assistant", content: "", tool_calls: [{ function: { name: ROI.name, arguments: ROI.args } }] }
            : { role: "assistant", content: "See the table." };
        const line = {
          model: body.model,
          created_at: "2026-11-21T00:00:00Z",
          message,
          done: true,
          done_reason: "stop",
        };
        return new HttpResponse(`${JSON.stringify(line)}\n`, { headers: { "content-type": "application/x-ndjson" } });
      }),
    );
    const agent = await demoAgent(await settings("ollama:m"));
    const answer = await agent.converse({ text: QUESTION });
    expect(answer.calls.map((c) => c.tool)).toEqual(["compare_promotions"]);
    await agent.close();
  });

  it("refuses settings that name no model", async () => {
    await expect(settings("claude")).rejects.toThrow(/can be offline, openai/);
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
});
