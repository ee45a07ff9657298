import { Hono } from "hono";
import { loadActor } from "../../data/users/actor.ts";
import { readReport } from "../../tools/reports/files.ts";
import type { Kam } from "../kam.ts";

const TYPES: Readonly<Record<string, string>> = {
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  pptx: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
  pdf: "application/pdf",
  csv: "text/csv; charset=utf-8",
  ics: "text/calendar; charset=utf-8",
};

/** `GET /api/reports/:file?user=<id>`: a report that this person made. */
export function reports(kam: Kam): Hono {
  const app = new Hono();
  app.get("/:file", async (c) => {
    const actor = await loadActor(kam.store, c.req.query("user") || undefined);
    const { name, content } = await readReport(kam.store, actor, c.req.param("file"));
    return c.body(content, 200, {
      "content-type": TYPES[name.split(".").at(-1)!] ?? "application/octet-stream",
      "content-disposition": `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
      "cache-control": "no-store",
    });
  });
  return app;
}
