import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Answer } from "../agents/answer.ts";
import { demoAgent } from "../agents/testing.ts";
import { addDays } from "../data/common/dates.ts";
import { TEST_TODAY } from "../data/testing.ts";
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
    read: agent.read,
    today: () => TEST_TODAY,
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
    ["a rebound name, without its origin", { text: "hi" }, { host: "evil.example" }, 403],
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

describe("GET /api/tools/:name", () => {
  const read = (path: string) => app.request(`/api/tools/${path}`, { headers: HOST });
  const argsOf = (args: unknown): string => `args=${encodeURIComponent(JSON.stringify(args))}`;

  it("is the READ tools of the agent, with the rights of the person who looks", async () => {
    const all = (await (await read(`find_promotions?${argsOf({ status: "running" })}`)).json()) as { n: number };
    const hers = (await (await read(`find_promotions?user=ana&${argsOf({ status: "running" })}`)).json()) as {
      n: number;
      promotions: { owner: string }[];
    };
    expect(hers.n).toBeLessThan(all.n);
    expect(new Set(hers.promotions.map((p) => p.owner))).toEqual(new Set(["Ana"]));
  });

  it.each([
    ["a write", "create_promotion", 404],
    ["nothing", "no_such_tool", 404],
    ["arguments that do not fit", `find_promotions?${argsOf({ top: "many" })}`, 400],
    ["an unknown argument", `find_promotions?${argsOf({ admin: true })}`, 400],
    ["no JSON", "find_promotions?args={", 400],
    ["no object", "find_promotions?args=[1]", 400],
    ["a stranger", "find_promotions?user=mallory", 404],
    ["another's account", `account_profile?user=ana&${argsOf({ account: "Estuary Express" })}`, 403],
  ])("refuses %s with one sentence", async (_what, path, status) => {
    const response = await read(path);
    expect(response.status).toBe(status);
    const { error } = (await response.json()) as { error: { code: string; message: string } };
    expect(error.message).toMatch(/^[^\n]+\.$/);
  });

  it("is closed to pages of other sites", async () => {
    const response = await app.request("/api/tools/find_promotions", {
      headers: { ...HOST, origin: "https://evil.example" },
    });
    expect(response.status).toBe(403);
  });
});

describe("GET /api/session", () => {
  it("says who looks, who else could, and names only accounts that she sees", async () => {
    const response = await app.request("/api/session?user=ana", { headers: HOST });
    const said = (await response.json()) as { people: { id: string }[]; accounts: { owner: string }[] };
    expect(said).toMatchObject({ person: { id: "ana", name: "Ana", role: "kam" }, today: "2026-11-21" });
    expect(said.people.map(({ id }) => id)).toEqual(expect.arrayContaining(["ana", "ben", "chloe", "dan", "eva"]));
    expect(said.people.map(({ id }) => id)).not.toContain("system");
    expect(new Set(said.accounts.map(({ owner }) => owner))).toEqual(new Set(["Ana"]));
  });
});

describe("POST /api/propose", () => {
  const propose = (body: unknown) =>
    app.request("/api/propose", {
      method: "POST",
      headers: { ...HOST, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  const move = (args: object, more: object = {}) => ({
    tool: "update_promotion",
    args,
    text: "Move it by a week.",
    thread: "calendar",
    user: "ana",
    ...more,
  });

  it("waits in the conversation for a decision like what a sentence proposes, and writes nothing before", async () => {
    const draft = await agent.store.db
      .selectFrom("v_promotion")
      .select(["promotion", "start", "end"])
      .where("status", "=", "draft")
      .where("owner", "=", "Ana")
      .executeTakeFirstOrThrow();
    const where = async () =>
      (
        await agent.store.db
          .selectFrom("v_promotion")
          .select("start")
          .where("promotion", "=", draft.promotion)
          .executeTakeFirstOrThrow()
      ).start;
    const [start, end] = [addDays(draft.start, 7), addDays(draft.end, 7)];
    const answer = (await (await propose(move({ promotion: draft.promotion, start, end }))).json()) as Answer;
    expect(answer.pending).toMatchObject([
      { kind: "update_promotion", change: { promotion: draft.promotion, start, end } },
    ]);
    expect(answer.reply).toContain(draft.promotion);
    expect(await where()).toBe(draft.start);
    const decided = await post({
      thread: "calendar",
      user: "ana",
      resume: { decisions: [{ id: answer.pending[0]!.id, approve: true }] },
    });
    expect(((await decided.json()) as Answer).pending).toEqual([]);
    expect(await where()).toBe(start);
  });

  it.each([
    ["a read", { tool: "find_promotions" }, 400],
    ["nothing known", { tool: "drop_store" }, 400],
    ["no words", { text: " " }, 400],
    ["a stranger", { user: "mallory" }, 404],
  ])("refuses %s with one sentence", async (_what, more, status) => {
    const response = await propose(move({}, more));
    expect(response.status).toBe(status);
    expect(((await response.json()) as { error: { message: string } }).error.message).toMatch(/^[^\n]+\.$/);
  });

  it("answers what the tool refuses in the conversation, and nothing waits", async () => {
    const answer = (await (await propose(move({ promotion: "P-9999" }, { thread: "refused" }))).json()) as Answer;
    expect(answer.calls[0]).toMatchObject({ status: "error", result: { code: "not_found" } });
    expect(answer.pending).toEqual([]);
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
    const assets = [...(await page.text()).matchAll(/(?:src|href)="\.?(\/assets\/[\w.-]+)"/g)].map((m) => m[1]!);
    expect(assets.length).toBeGreaterThan(1);
    for (const asset of assets) {
      const response = await app.request(asset, { headers: { "accept-encoding": "gzip" } });
      expect([asset, response.status, response.headers.get("content-encoding")]).toEqual([asset, 200, "gzip"]);
      expect(response.headers.get("cache-control")).toContain("immutable");
    }
  });
});

describe("POST /api/import/visits", () => {
  const send = (body: string, headers: Record<string, string> = {}, query = "") =>
    app.request(`/api/import/visits${query}`, {
      method: "POST",
      headers: { ...HOST, "content-type": "application/json", ...headers },
      body,
    });
  const visit = { external_id: "V-1", account: "Bramley", store: "Bramley Leuven", date: "2026-11-02" };
  const count = async () => (await agent.store.db.selectFrom("visit").select("id").execute()).length;

  it("takes visits above the size of a typed request, once, from two senders at the same moment", async () => {
    const before = await count();
    const check = { product: "Kestrel Ground 250 g", on_shelf: true, display_present: true, photo: "x".repeat(3_900) };
    const many = Array.from({ length: 100 }, (_, i) => ({
      ...visit,
      external_id: `V-${i}`,
      source: `cam ${i}`,
      checks: [check],
    }));
    const product = await agent.store.db.selectFrom("product").select("name").orderBy("id").executeTakeFirstOrThrow();
    const body = JSON.stringify(many).replaceAll("Kestrel Ground 250 g", product.name);
    expect(body.length).toBeGreaterThan(256 * 1024);
    const both = await Promise.all([send(body), send(body)]);
    const rows = await Promise.all(both.map(async (one) => ((await one.json()) as { rows: object }).rows));
    expect(rows).toEqual([
      { read: 100, written: 100, unchanged: 0 },
      { read: 100, written: 0, unchanged: 100 },
    ]);
    expect(await count()).toBe(before + 100);
  });

  it("refuses what is too large, of another content type, of another site or another's account, and writes nothing", async () => {
    const before = await count();
    const huge = await send("x".repeat(50 * 1024 * 1024));
    expect(huge.status).toBe(400);
    expect(await huge.json()).toMatchObject({ error: { message: expect.stringMatching(/at most; send it in parts/) } });
    expect((await send("[]", { "content-type": "text/plain" })).status).toBe(415);
    expect((await send("[]", { origin: "https://evil.example" })).status).toBe(403);
    const foreign = await send(JSON.stringify([{ ...visit, external_id: "V-x" }]), {}, "?user=ben");
    expect(foreign.status).toBe(422);
    expect(await foreign.json()).toMatchObject({ rejects: [{ reason: "is no account of Ben's" }] });
    expect(await count()).toBe(before);
  });
});
