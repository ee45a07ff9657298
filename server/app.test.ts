import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Answer } from "../agents/answer.ts";
import { demoAgent } from "../agents/testing.ts";
import { createFittedModels } from "../tools/fitting/fittedModels.ts";
import { buildApp } from "./app.ts";

let agent: Awaited<ReturnType<typeof demoAgent>>;
let app: ReturnType<typeof buildApp>;
beforeAll(async () => {
  agent = await demoAgent();
  app = buildApp({
    store: agent.store,
    models: createFittedModels(),
    modelName: "offline",
    converse: agent.converse,
    close: async () => {},
  });
});
afterAll(() => agent.close());

const HOST = { host: "localhost:3000" };
const post = (body: unknown, headers: Record<string, string> = {}) =>
  app.request("/api/chat", {
    method: "POST",
    headers: { ...HOST, "content-type": "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });

describe("POST /api/chat", () => {
  it("answers as JSON, and decides what waits", async () => {
    const asked = await post({
      id: "7",
      thread: "json",
      text: "Create a promotion for Retailer A from June 1 to June 14 with a 20% discount on Kestrel",
    });
    const answer = (await asked.json()) as Answer;
    expect(asked.status).toBe(200);
    expect(answer).toMatchObject({ id: "7", thread: "json", role: "assistant", clarify: null, model: "offline" });
    const decided = await post({
      thread: "json",
      resume: { decisions: answer.pending.map(({ id }) => ({ id, approve: true })) },
    });
    expect(((await decided.json()) as Answer).pending).toEqual([]);
    const rows = await agent.store.db
      .selectFrom("v_promotion")
      .select("name")
      .where("start", "=", "2027-06-01")
      .execute();
    expect(rows).toHaveLength(1);
  });

  it("streams typed events to a client that accepts them", async () => {
    const response = await post(
      { text: "Which retailer gives us the highest promotion ROI?" },
      { accept: "text/event-stream" },
    );
    expect(response.headers.get("content-type")).toContain("text/event-stream");
    const events = (await response.text())
      .trim()
      .split("\n\n")
      .map((block) => ({
        event: /^event: (.*)$/m.exec(block)?.[1],
        data: JSON.parse(/^data: (.*)$/m.exec(block)?.[1] ?? "null"),
      }));
    expect(events.map((e) => e.event)).toEqual(["step", "step", "answer"]);
    expect(events[0]?.data).toEqual({ tool: "compare_promotions", status: "running" });
    expect(events[2]?.data.figures.length).toBeGreaterThan(3);
  });

  it.each([
    ["no JSON", "{", {}, 400],
    ["another type", "text=hello", { "content-type": "application/x-www-form-urlencoded" }, 400],
    ["an unknown field", { text: "hi", admin: true }, {}, 400],
    ["no text", {}, {}, 400],
    ["a stranger", { text: "hi", user: "mallory" }, {}, 404],
    ["a decision about nothing", { thread: "none", resume: { decisions: [{ id: "w1", approve: true }] } }, {}, 409],
    ["a malformed decision", { thread: "none", resume: { approve: true } }, {}, 400],
    ["another site's page", { text: "hi" }, { origin: "https://evil.example" }, 403],
    ["a rebound name", { text: "hi" }, { host: "evil.example", origin: "http://evil.example" }, 403],
    ["a huge body", { text: "x".repeat(300_000) }, {}, 400],
  ])("refuses %s with one sentence", async (_what, body, headers, status) => {
    const response = await post(body, headers as Record<string, string>);
    expect(response.status).toBe(status);
    const { error } = (await response.json()) as { error: { code: string; message: string } };
    expect(error.message).toMatch(/^[^\n]+[.}]$/);
  });

  it("lets one of two requests on a thread through, and tells the other to wait", async () => {
    const both = await Promise.all([post({ thread: "busy", text: "hello" }), post({ thread: "busy", text: "hello" })]);
    expect(both.map((r) => r.status).sort()).toEqual([200, 409]);
  });
});

describe("the rest", () => {
  it("serves the page under a strict policy, health, and nothing else", async () => {
    const page = await app.request("/", { headers: HOST });
    expect(page.headers.get("content-type")).toContain("text/html");
    expect(page.headers.get("content-security-policy")).toContain("default-src 'self'");
    expect((await app.request("/healthz")).status).toBe(200);
    expect((await app.request("/readyz")).status).toBe(200);
    expect((await app.request("/../package.json")).status).toBe(404);
    for (const vendor of ["marked", "purify", "vega", "vega-lite", "vega-embed"])
      expect((await app.request(`/vendor/${vendor}.js`)).status, vendor).toBe(200);
  });
});
