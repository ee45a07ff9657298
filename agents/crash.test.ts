import { spawnSync } from "node:child_process";
import { copyFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { integrity } from "../data/store/health.repo.ts";
import { closeStore, openStore } from "../data/store/open.ts";
import { TEST_TODAY } from "../data/testing.ts";
import { openThreads, threadsPath } from "../data/threads/threads.repo.ts";
import { agentOver, demoAgent } from "./testing.ts";

const KILLS = 20;
const CHILD = fileURLToPath(new URL("./testing.crash.ts", import.meta.url));
let agent: Awaited<ReturnType<typeof demoAgent>>;

beforeAll(async () => {
  agent = await demoAgent();
  const answer = await agent.converse({
    thread: "crash",
    text: "Create a promotion for Retailer A from June 1 to June 14 with a 20% discount on Kestrel",
  });
  expect(answer.pending).toHaveLength(1);
  // Everything into the files themselves, so that copies of them are whole.
  await agent.park();
});
afterAll(() => rmSync(agent.folder, { recursive: true, force: true }));

const approveIn = (path: string, at: number) =>
  spawnSync(process.execPath, [CHILD, path, "crash", String(at)], {
    encoding: "utf8",
    env: { ...process.env, NODE_COMPILE_CACHE: join(agent.folder, "compiled") },
  });

function copyTo(name: string): string {
  const path = join(agent.folder, name);
  copyFileSync(agent.store.path, path);
  copyFileSync(threadsPath(agent.store.path), threadsPath(path));
  return path;
}

it("an approval killed anywhere leaves all or nothing, and approving again completes it once", async () => {
  const whole = approveIn(copyTo("whole.db"), 1_000_000);
  const statements = 1_000_000 - Number(/done with (\d+) left/.exec(whole.stdout)?.[1]);
  expect(statements, whole.stderr).toBeGreaterThan(KILLS);
  for (let kill = 1; kill <= KILLS; kill++) {
    const path = copyTo(`kill-${kill}.db`);
    const child = approveIn(path, Math.ceil((kill * statements) / KILLS));
    expect(child.signal).toBe("SIGKILL");
    const store = await openStore({ path, today: TEST_TODAY });
    expect(await integrity(store)).toBe("ok");
    const rows = () =>
      store.db.selectFrom("v_promotion").select(["promotion", "products"]).where("start", "=", "2027-06-01").execute();
    const before = await rows();
    expect(before.length).toBeLessThanOrEqual(1);
    if (before.length) expect(before[0]?.products).toContain("Kestrel");
    const threads = openThreads(path);
    const converse = agentOver(store, threads);
    const again = await converse({ thread: "crash", text: "yes" });
    expect(again.pending).toHaveLength(0);
    expect(await rows()).toHaveLength(1);
    if (before.length) expect(await rows()).toEqual(before);
    threads.close();
    await closeStore(store);
  }
}, 240_000);
