import { serve as listen } from "@hono/node-server";
import { KamError } from "../../../data/common/errors.ts";
import { buildApp } from "../../app.ts";
import { openKam } from "../../kam.ts";
import type { Command } from "../command.ts";

export const serve: Command = {
  usage: "serve",
  summary: "serves the page and every channel on one port; makes the demo store on first start",
  options: {},
  positionals: [0, 0],
  async run({ config, io }) {
    const kam = await openKam(config);
    const model = kam.models.current(kam.store).catch(() => undefined);
    await model;
    await new Promise<void>((resolve, reject) => {
      const server = listen({ fetch: buildApp(kam).fetch, port: config.port, hostname: config.host }, (address) => {
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
  },
};
