import { spawn, spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { demoAgent } from "../../agents/testing.ts";

const KAM = fileURLToPath(new URL("../../bin/kam.js", import.meta.url));
let agent: Awaited<ReturnType<typeof demoAgent>>;
beforeAll(async () => {
  agent = await demoAgent();
  await agent.park();
});
afterAll(() => rmSync(agent.folder, { recursive: true, force: true }));

/** Serves at a free port, started by `command` with the launcher's path in $KAM; resolves when it answers. */
async function serving(command: string) {
  const shell = spawn("sh", ["-c", command], {
    env: {
      ...process.env,
      NODE: process.execPath,
      KAM,
      KAM_DB: agent.store.path,
      KAM_TODAY: agent.store.today,
      PORT: "0",
      npm_lifecycle_event: "start",
    },
  });
  let said = "";
  await new Promise<void>((resolve, reject) => {
    shell.on("close", () => reject(new Error(`it ended: ${said}`)));
    for (const stream of [shell.stdout, shell.stderr])
      stream.on("data", (data) => {
        said += data;
        if (said.includes("kam answers at")) resolve();
      });
  });
  return { shell, pid: Number(/^(\d+)$/m.exec(said)?.[1]) };
}

describe.skipIf(process.platform === "win32")("the launcher", () => {
  it("ends when the shell between npm and it was ended, which hands no signal on", async () => {
    const { shell, pid } = await serving('"$NODE" "$KAM" serve & echo $!; wait');
    onTestFinished(() => {
      try {
        process.kill(pid, "SIGKILL");
      } catch {
        // It is gone, as it should be.
      }
    });
    // "close" comes when nobody holds the output any more: neither the shell nor what it started.
    const closed = new Promise((resolve) => shell.on("close", resolve));
    shell.kill("SIGTERM");
    await closed;
  });

  it("says what to run where its packages are missing", () => {
    const bare = mkdtempSync(join(tmpdir(), "kam-bare-"));
    try {
      for (const folder of ["bin", "server/cli"]) mkdirSync(join(bare, folder), { recursive: true });
      copyFileSync(KAM, join(bare, "bin/kam.js"));
      copyFileSync(join(KAM, "../../package.json"), join(bare, "package.json"));
      spawnSync("sh", ["-c", `echo 'import "zod";' > "${join(bare, "server/cli/main.ts")}"`]);
      const said = spawnSync(process.execPath, [join(bare, "bin/kam.js"), "doctor"], { encoding: "utf8" });
      expect([said.status, said.stderr]).toEqual([
        1,
        "kam: its packages are not installed; run npm ci, which brings them.\n",
      ]);
    } finally {
      rmSync(bare, { recursive: true, force: true });
    }
  });
});
