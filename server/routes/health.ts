import { Hono } from "hono";
import { dataVersion } from "../../data/meta/dataVersion.repo.ts";
import type { Kam } from "../kam.ts";

/** `/healthz`: the process answers. `/readyz`: so does its store. */
export function health(kam: Kam): Hono {
  const app = new Hono();
  app.get("/healthz", (c) => c.json({ ok: true }));
  app.get("/readyz", async (c) =>
    c.json({ ok: true, data_version: await dataVersion(kam.store), model: kam.modelName }),
  );
  return app;
}
