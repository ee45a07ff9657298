import { serve as listen } from "@hono/node-server";
import { KamError } from "../../../data/common/errors.ts";
import { loadFrames } from "../../../tools/advisor/frames.ts";
import { buildApp } from "../../app.ts";
import { openKam } from "../../kam.ts";
import type { Invocation } from "../command.ts";

export async function serve({ config, io }: Invocation): Promise<void> {
  const kam = await openKam(config, io.progress);
  // The first question must not wait for what takes long to make or to load; a store without sales has no model, which is no reason not to serve.
  await kam.models.current(kam.store).catch(() => undefined);
  await new Promise<void>((resolve, reject) => {
    const server = listen({ fetch: buildApp(kam).fetch, port: config.port, hostname: config.host }, (address) => {
      void loadFrames();
      io.out(`kam answers at http://${config.host.includes(":") ? `[${config.host}]` : config.host}:${address.port}`);
    });
    server.on("error", (error: NodeJS.ErrnoException) => {
      reject(
        error.code === "EADDRINUSE"
          ? new KamError("bad_input", `Port ${config.port} is taken; set PORT to another.`)
          : error,
      );
    });
    const stop = (): void => {
      server.close(() => resolve());
      if ("closeIdleConnections" in server) server.closeIdleConnections();
    };
    process.once("SIGINT", stop);
    process.once("SIGTERM", stop);
  });
  await kam.close();
}
