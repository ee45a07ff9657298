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
  const { main, terminal } = await import("../server/cli/main.ts");
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
  const child = spawn(packaged, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: "inherit" });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("exit", (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
}
