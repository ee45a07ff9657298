import Database, { SqliteError } from "better-sqlite3";
import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import { afterAll, beforeAll, expect, it } from "vitest";
import { temporaryStore } from "../../data/testing.ts";
import { doctor } from "./commands/doctor.ts";
import { invocation } from "./testing.ts";

const server = setupServer(
  http.get("http://ollama.test/api/tags", () =>
    HttpResponse.json({ models: [{ name: "qwen3:latest" }, { name: "llama3.1:8b" }] }),
  ),
  http.get("http://openai.test/v1/models", ({ request }) =>
    request.headers.get("authorization") === "Bearer good"
      ? HttpResponse.json({ data: [{ id: "gpt-x" }] })
      : new HttpResponse(null, { status: 401 }),
  ),
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
  return (JSON.parse(call.said[0] ?? "[]") as { check: string; ok: boolean; says: string }[]).find(
    (f) => f.check === "model",
  );
}

it.each([
  ["offline", {}, true, /built-in/],
  ["ollama:qwen3", {}, true, /answers/],
  ["ollama:mistral", {}, false, /mistral is not there; there are qwen3:latest, llama3.1:8b/],
  ["openai:gpt-x", { OPENAI_API_KEY: "good" }, true, /answers/],
  ["openai:gpt-x", { OPENAI_API_KEY: "bad" }, false, /401/],
  ["ollama:qwen3", { OLLAMA_HOST: "http://127.0.0.1:1" }, false, /cannot be reached/],
])("doctor says of %s with %j whether it can be used", async (KAM_MODEL, env, ok, says) => {
  expect(await modelFinding({ KAM_MODEL, ...env })).toMatchObject({ ok, says: expect.stringMatching(says) });
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
