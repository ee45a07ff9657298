import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { secureHeaders } from "hono/secure-headers";
import { ERROR_TABLE, KamError, toKamError } from "../data/common/errors.ts";
import type { Kam } from "./kam.ts";
import { chat } from "./routes/chat.ts";
import { health } from "./routes/health.ts";
import { imports } from "./routes/imports.ts";
import { page } from "./routes/page.ts";
import { propose } from "./routes/propose.ts";
import { reading } from "./routes/reading.ts";
import { reports } from "./routes/reports.ts";
import { session } from "./routes/session.ts";
import { sameOrigin } from "./sameOrigin.ts";

const LARGEST_BODY = 256 * 1024;

/** Every route on one app; errors leave as `{ error: { code, message } }` with the status of their code. */
export function buildApp(kam: Kam): Hono {
  const app = new Hono();
  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'self'"],
        imgSrc: ["'self'", "data:", "blob:"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
    }),
  );
  app.use("/api/*", sameOrigin);
  // Before the limit of a request that a person types.
  app.route("/api/import", imports(kam));
  app.use(
    "/api/*",
    bodyLimit({
      maxSize: LARGEST_BODY,
      onError: () => {
        throw new KamError("bad_input", `A request may hold ${LARGEST_BODY} bytes at most.`);
      },
    }),
  );
  app.route("/", health(kam));
  app.route("/api/chat", chat(kam));
  app.route("/api/propose", propose(kam));
  app.route("/api/tools", reading(kam));
  app.route("/api/reports", reports(kam));
  app.route("/api/session", session(kam));
  app.route("/", page());
  app.notFound((c) => c.json({ error: { code: "not_found", message: `There is nothing at ${c.req.path}.` } }, 404));
  app.onError((thrown, c) => {
    const error = toKamError(thrown);
    const message =
      error.code === "internal" ? "Something went wrong inside; the server's log has the details." : error.message;
    if (error.code === "internal") console.error(error.cause ?? error);
    return c.json({ error: { code: error.code, message } }, ERROR_TABLE[error.code].http);
  });
  return app;
}
