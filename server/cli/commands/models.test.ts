import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Io } from "../command.ts";
import { invocation } from "../testing.ts";
import { models } from "./models.ts";

const HOST = "http://ollama.test";
const server = setupServer(
  http.get(`${HOST}/api/tags`, () =>
    HttpResponse.json({
      models: [
        { name: "qwen3:8b", size: 5_200_000_000, modified_at: "2026-10-02T09:00:00Z" },
        { name: "llama2:latest", size: 3_800_000_000, modified_at: "2025-01-01T00:00:00Z" },
        { name: "tiny:1b", size: 90_000_000, modified_at: "2026-01-01T00:00:00Z" },
      ],
    }),
  ),
  http.post(`${HOST}/api/show`, async ({ request }) => {
    const { model } = (await request.json()) as { model: string };
    if (model.startsWith("tiny")) return HttpResponse.json({});
    return HttpResponse.json({ capabilities: model.startsWith("qwen3") ? ["completion", "tools"] : ["completion"] });
  }),
);
beforeAll(() => server.listen({ onUnhandledFrame: "error" }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const pulls = (...lines: object[]) =>
  server.use(
    http.post(`${HOST}/api/pull`, () => new HttpResponse(lines.map((l) => `${JSON.stringify(l)}\n`).join(""))),
  );

/** Runs the command. @returns what it said, and the progress that it showed */
async function run(positionals: string[], values: Record<string, boolean> = {}, host = HOST) {
  const call = invocation({ OLLAMA_HOST: host }, values, positionals);
  const progress: string[] = [];
  const io: Io = { ...call.io, progress: (line) => void progress.push(line) };
  await models({ ...call, io });
  return { said: call.said.join("\n"), progress };
}

describe("kam models", () => {
  it("lists name, size, day and whether tools can be called", async () => {
    expect((await run([])).said.split("\n")).toEqual([
      "name             size  modified    tools",
      "llama2:latest  3.8 GB  2025-01-01  no",
      "qwen3:8b       5.2 GB  2026-10-02  yes",
      "tiny:1b         90 MB  2026-01-01  ?",
    ]);
    expect(JSON.parse((await run([], { json: true })).said)[1]).toEqual({
      name: "qwen3:8b",
      bytes: 5_200_000_000,
      modified: "2026-10-02",
      tools: true,
    });
  });

  it("says so where there are none", async () => {
    server.use(http.get(`${HOST}/api/tags`, () => HttpResponse.json({ models: [] })));
    expect((await run([])).said).toMatch(/No model is there/);
  });

  it("pulls one, and shows over all its layers how far it is", async () => {
    const layer = (digest: string, completed: number, total: number) => ({
      status: `pulling ${digest}`,
      digest,
      completed,
      total,
    });
    pulls(
      { status: "pulling manifest" },
      layer("a", 0, 1e9),
      layer("a", 5e8, 1e9),
      layer("a", 5e8, 1e9),
      layer("b", 1e9, 1e9),
      { status: "success" },
    );
    const { said, progress } = await run(["pull", "qwen3:8b"]);
    expect(progress).toEqual([
      "pulling manifest",
      "[........................] 0 % of 1.0 GB",
      "[############............] 50 % of 1.0 GB",
      "[##################......] 75 % of 2.0 GB",
    ]);
    expect(said).toBe("qwen3:8b is there; KAM_MODEL=ollama:qwen3:8b plans with it.");
  });

  it("says of a pulled one that cannot call tools that it will not plan", async () => {
    pulls({ status: "success" });
    expect((await run(["pull", "llama2"])).said).toMatch(/llama2 is there, but cannot call tools/);
  });

  it.each([
    [
      "a name that nobody knows",
      [{ status: "pulling manifest" }, { error: "pull model manifest: file does not exist" }],
      /^Ollama knows no model called "nope"/,
    ],
    ["a pull that breaks off", [{ status: "x", digest: "a", total: 10, completed: 1 }], /broke off.*run it again/],
  ])("says in one line what is wrong with %s", async (_, lines, says) => {
    pulls(...lines);
    await expect(run(["pull", "nope"])).rejects.toThrow(says);
  });

  it("says in one line that the service is not reached", async () => {
    for (const positionals of [[], ["pull", "qwen3"]]) {
      const failed = await run(positionals, {}, "http://127.0.0.1:1").catch((error: Error) => error);
      expect(failed).toMatchObject({
        code: "model_unavailable",
        message: expect.stringMatching(/127\.0\.0\.1:1 .*ollama serve/),
      });
    }
  });

  it.each([[["push", "x"]], [["pull"]], [["pull", " "]]])("takes %j for a wrong call", async (positionals) => {
    await expect(run(positionals)).rejects.toMatchObject({ code: "usage" });
  });
});
