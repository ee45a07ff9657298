import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { KamError } from "../../data/common/errors.ts";
import { receiveVisits, type VisitsReport } from "../../data/import/index.ts";
import { loadActor } from "../../data/users/actor.ts";
import type { Kam } from "../kam.ts";

export const LARGEST_IMPORT = 5 * 1024 * 1024;

const KINDS: Readonly<Record<string, "array" | "lines">> = {
  "application/json": "array",
  "application/x-ndjson": "lines",
  "application/jsonl": "lines",
};

/**
 * `POST /api/import/visits`: visits of a field system or of image recognition, as docs/adapters/visits.md has them; `?user=` names who imports.
 * The content types are none that a form of another site can send.
 */
export function imports(kam: Kam): Hono {
  const app = new Hono();
  let last: Promise<unknown> = Promise.resolve();
  app.use(
    bodyLimit({
      maxSize: LARGEST_IMPORT,
      onError: () => {
        throw new KamError("bad_input", `An import may hold ${LARGEST_IMPORT} bytes at most; send it in parts.`);
      },
    }),
  );
  app.post("/visits", async (c) => {
    const form = KINDS[(c.req.header("content-type") ?? "").split(";")[0]!.trim().toLowerCase()];
    if (!form) throw new KamError("file_kind", `Send visits with content-type ${Object.keys(KINDS).join(" or ")}.`);
    const actor = await loadActor(kam.store, c.req.query("user"));
    const body = await c.req.text();
    // One after the other: what a visit is compared with must not change while it is looked at.
    const turn = last.then(() => receiveVisits(actor, kam.store, body, form === "lines"));
    last = turn.catch(() => undefined);
    const report: VisitsReport = await turn;
    return c.json(report, report.rejected > 0 && report.rejected === report.visits ? 422 : 200);
  });
  return app;
}
