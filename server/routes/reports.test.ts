import { Hono } from "hono";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { demoAgent } from "../../agents/testing.ts";
import { ERROR_TABLE, toKamError } from "../../data/common/errors.ts";
import { loadActor } from "../../data/users/actor.ts";
import type { ReadTool } from "../../tools/define.ts";
import { createFittedModels } from "../../tools/fitting/fittedModels.ts";
import { makeReport } from "../../tools/reports/makeReport.ts";
import type { Kam } from "../kam.ts";
import { reports } from "./reports.ts";

let agent: Awaited<ReturnType<typeof demoAgent>>;
let app: Hono;
beforeAll(async () => {
  agent = await demoAgent();
  app = new Hono().route("/api/reports", reports({ store: agent.store } as Kam));
  app.onError((thrown, c) => c.json({}, ERROR_TABLE[toKamError(thrown).code].http));
});
afterAll(() => agent.close());

const made = async (format: string): Promise<string> => {
  const actor = await loadActor(agent.store, "ana");
  const context = { store: agent.store, actor, models: createFittedModels() };
  const result = await (makeReport as ReadTool).run(context, { report: "calendar", format });
  return String(result.file).split("/").at(-1)!;
};

describe("GET /api/reports/:file", () => {
  it.each([
    ["xlsx", "PK"],
    ["pdf", "%PDF"],
    ["ics", "BEGIN:VCALENDAR"],
  ])("hands %s to the person who made it, and to nobody else", async (format, start) => {
    const name = await made(format);
    const hers = await app.request(`/api/reports/${name}?user=ana`);
    expect(hers.status).toBe(200);
    expect(hers.headers.get("content-disposition")).toContain(name);
    expect((await hers.text()).startsWith(start)).toBe(true);
    for (const user of ["ben", "dan", "eva"])
      expect((await app.request(`/api/reports/${name}?user=${user}`)).status, user).toBe(404);
  });

  it.each(["..%2Fana%2Fx.csv", "..%2F..%2Fstore.db", "store.db", "nothing.csv", ".csv"])(
    "finds nothing by the name %s",
    async (name) => {
      expect((await app.request(`/api/reports/${name}?user=ben`)).status).toBe(404);
    },
  );
});
