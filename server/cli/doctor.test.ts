import Database, { SqliteError } from "better-sqlite3";
import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import { afterAll, beforeAll, expect, it } from "vitest";
import { temporaryStore } from "../../data/testing.ts";
import { doctor } from "./commands/doctor.ts";
import { invocation } from "./testing.ts";

const CALL = { function: { name: "name_color", arguments: { color: "green" } } };
const server = setupServer(
  http.get("http://ollama.test/api/version", () => HttpResponse.json({ version: "0.9.1" })),
  http.get("http://ollama.test/api/tags", () =>
    HttpResponse.json({ models: [{ name: "qwen3:latest" }, { name: "llama3.1:8b" }, { name: "llama2:latest" }] }),
  ),
  http.post("http://ollama.test/api/show", async ({ request }) => {
    const { model } = (await request.json()) as { model: string };
    return HttpResponse.json({ capabilities: model.startsWith("llama2") ? ["completion"] : ["completion", "tools"] });
  }),
  http.post("http://ollama.test/api/chat", async ({ request }) => {
    const { model } = (await request.json()) as { model: string };
    const message = model.startsWith("qwen3") ? { content: "", tool_calls: [CALL] } : { content: "Green." };
    return HttpResponse.json({ message, done: true });
  }),
  http.get("http://openai.test/v1/models", ({ request }) =>
    request.headers.get("authorization") === "Bearer good"
      ? HttpResponse.json({ data: [{ id: "gpt-x" }, { id: "gpt-broken" }] })
      : new HttpResponse(null, { status: 401 }),
  ),
  http.post("http://openai.test/v1/chat/completions", async ({ request }) => {
    const { model } = (await request.json()) as { model: string };
    if (model === "gpt-y") return HttpResponse.json({ error: { message: "no such model" } }, { status: 404 });
    if (model === "gpt-broken") return HttpResponse.json({ error: { message: "no sk-verysecret" } }, { status: 400 });
    return HttpResponse.json({ choices: [{ message: { tool_calls: [CALL] }, finish_reason: "tool_calls" }] });
  }),
);
beforeAll(() => server.listen({ onUnhandledFrame: "error" }));
afterAll(() => server.close());

async function modelFinding(env: Record<string, string>) {
  const call = invocation(
    {
      KAM_DB: "nowhere/x.db",
      OLLAMA_HOST: "http://ollama.test",
      OPENAI_BASE_URL: "http://openai.test/v1",
      ...env,
    },
    { json: true },
  );
  await doctor(call);
  const found = JSON.parse(call.said[0] ?? "[]") as { check: string; ok: boolean; says: string }[];
  return found.findLast((f) => f.check.startsWith("model"));
}

it.each([
  ["offline", {}, true, /built-in/],
  ["ollama:qwen3", {}, true, /answers, and calls tools/],
  ["ollama:mistral", {}, false, /mistral is not there; there are llama2:latest, .*kam models pull mistral/],
  ["ollama:llama2", {}, false, /llama2 cannot call tools/],
  ["ollama:llama3.1:8b", {}, true, /answers, but did not call a tool/],
  ["openai:gpt-x", { OPENAI_API_KEY: "good" }, true, /answers, and calls tools/],
  ["openai:gpt-y", { OPENAI_API_KEY: "good" }, false, /openai:gpt-y does not have that model/],
  ["openai:gpt-broken", { OPENAI_API_KEY: "good" }, false, /did not accept the request \(400: no …\)/],
  ["openai:gpt-x", { OPENAI_API_KEY: "bad" }, false, /refuses the key \(401\): set OPENAI_API_KEY/],
  ["openai:gpt-x", {}, false, /refuses a request without a key/],
  [
    "openai:gpt-x",
    { OPENAI_BASE_URL: "http://127.0.0.1:1/v1" },
    false,
    /cannot be reached.*OPENAI_BASE_URL.*built-in planner/,
  ],
  ["ollama:qwen3", { OLLAMA_HOST: "http://127.0.0.1:1" }, false, /cannot be reached.*ollama serve/],
])("doctor says of %s with %j whether it can be used", async (KAM_MODEL, env, ok, says) => {
  expect(await modelFinding({ KAM_MODEL, ...env })).toMatchObject({ ok, says: expect.stringMatching(says) });
});

it("doctor says which models a service lists where the one that is set is not among them", async () => {
  const call = invocation(
    {
      KAM_DB: "nowhere/x.db",
      KAM_MODEL: "openai:gpt-z",
      OPENAI_API_KEY: "good",
      OPENAI_BASE_URL: "http://openai.test/v1",
    },
    {},
  );
  await doctor(call);
  expect(call.said[0]).toMatch(
    /is reached; it does not list gpt-z, but gpt-x, gpt-broken\nok {3}model: openai:gpt-z answers/,
  );
});

it("doctor finds a store that cannot be written", async () => {
  const { store, close } = await temporaryStore();
  const findings = async () => {
    const call = invocation({ KAM_DB: store.path }, { json: true });
    return { code: await doctor(call), found: JSON.parse(call.said[0] ?? "[]") as unknown[] };
  };
  expect(await findings()).toMatchObject({ code: 0 });
  const { prepare } = Database.prototype;
  Database.prototype.prepare = function unwritable(this: Database.Database, source: string) {
    if (source.startsWith("begin")) throw new SqliteError("attempt to write a readonly database", "SQLITE_READONLY");
    return prepare.call(this, source);
  } as typeof prepare;
  try {
    const { code, found } = await findings();
    expect(code).toBe(1);
    expect(found).toContainEqual({ check: "write", ok: false, says: expect.stringMatching(/cannot be written/) });
  } finally {
    Database.prototype.prepare = prepare;
    await close();
  }
});
