#!/usr/bin/env node
// The launcher: better-sqlite3 and today's libraries need Node 24, so under an older one this starts itself again on the packaged Node.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import * as nodeModule from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const NEEDED = 24;
const root = join(dirname(fileURLToPath(import.meta.url)), "..");

if (Number(process.versions.node.split(".")[0]) >= NEEDED) {
  // What was stripped and compiled once is not compiled again at the next start.
  nodeModule.enableCompileCache?.(join(root, "node_modules", ".cache", "kam-compiled"));
  if (process.env.npm_lifecycle_event || process.env.KAM_LAUNCHED) endWithStarter();
  const { main, terminal } = await import("../server/cli/main.ts").catch((error) => {
    if (error.code !== "ERR_MODULE_NOT_FOUND" || !error.message.startsWith("Cannot find package")) throw error;
    process.stderr.write("kam: its packages are not installed; run npm ci, which brings them.\n");
    process.exit(1);
  });
  process.stdout.on("error", (error) => {
    if (error.code === "EPIPE") process.exit(0);
  });
  process.exitCode = await main(process.argv.slice(2), terminal);
} else {
  const packaged = join(root, "node_modules", "node", "bin", process.platform === "win32" ? "node.exe" : "node");
  if (!existsSync(packaged)) {
    process.stderr.write(
      `kam: Node ${NEEDED} is needed, this is ${process.versions.node}; run npm ci, which brings it.\n`,
    );
    process.exit(1);
  }
  const child = spawn(packaged, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: "inherit",
    env: { ...process.env, KAM_LAUNCHED: "1" },
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("exit", (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
}

/**
 * npm starts this through a shell that dies of a signal and hands none on, and a launcher can be killed as well: what they
 * started would hold its port and its store with nobody left to end it.
 */
function endWithStarter() {
  const starter = process.ppid;
  setInterval(() => {
    if (process.ppid !== starter) process.kill(process.pid, "SIGTERM");
  }, 250).unref();
}
