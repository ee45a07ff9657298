import { serve as listen } from "@hono/node-server";
import { KamError } from "../../../data/common/errors.ts";
import { loadFrames } from "../../../tools/advisor/frames.ts";
import { buildApp } from "../../app.ts";
import { type Kam, openKam } from "../../kam.ts";
import { ensurePage } from "../../pageBundle.ts";
import type { Invocation } from "../command.ts";

/** Serves until it is interrupted. @throws KamError bad_input where the port is taken */
export async function serve({ config, io }: Invocation): Promise<void> {
  await ensurePage(io.err);
  const kam = await openKam(config, io.progress);
  try {
    // The first question must not wait for what takes long to make or to load; a store without sales has no model, which is no reason not to serve.
    await kam.models.current(kam.store).catch(() => undefined);
    await listening(kam, config, io);
  } finally {
    await kam.close();
  }
}

/** Answers until the program is told to end. */
function listening(kam: Kam, config: Invocation["config"], io: Invocation["io"]): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = listen({ fetch: buildApp(kam).fetch, port: config.port, hostname: config.host }, (address) => {
      void loadFrames();
      io.out(`kam answers at http://${config.host.includes(":") ? `[${config.host}]` : config.host}:${address.port}`);
    });
    server.on("error", (error) => reject(notListening(error, config)));
    const stop = (): void => {
      server.close(() => resolve());
      if ("closeIdleConnections" in server) server.closeIdleConnections();
    };
    process.once("SIGINT", stop);
    process.once("SIGTERM", stop);
  });
}

/** Why the server cannot listen, by the setting that would mend it. */
function notListening(error: NodeJS.ErrnoException, { host, port }: Invocation["config"]): Error {
  switch (error.code) {
    case "EADDRINUSE":
      return new KamError("bad_input", `Port ${port} is taken; set PORT to another.`);
    case "EACCES":
      return new KamError("bad_input", `Port ${port} may not be used without more rights; set PORT to one above 1023.`);
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return new KamError("bad_input", `HOST is "${host}", which is no address of this machine.`);
    default:
      return error;
  }
}
