import { rmSync } from "node:fs";
import Database, { SqliteError } from "better-sqlite3";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openThreads, type Threads, threadsPath } from "../data/threads/threads.repo.ts";
import { demoContext } from "../tools/testing.ts";
import { agentOver } from "./testing.ts";

let demo: Awaited<ReturnType<typeof demoContext>>;
let threads: Threads;
beforeEach(async () => {
  demo = await demoContext();
  threads = openThreads(demo.store.path);
});
afterEach(async () => {
  threads.close();
  await demo.close();
});

const agent = () => agentOver(demo.store, threads);
const ALBION = "Create a promotion for Retailer A from June 1 to June 14 with a 20% discount on Kestrel";
const BRAMLEY = "Create a promotion for Retailer B from July 5 to July 18 with a 15% discount on Kestrel";
const made = () =>
  demo.store.db
    .selectFrom("v_promotion")
    .select("account")
    .where("start", ">=", "2027-06-01")
    .orderBy("start")
    .execute();
const full = () => {
  throw new SqliteError("database or disk is full", "SQLITE_FULL");
};

it("writes what is approved in a thread that another one of its name came before", async () => {
  await agent()({ thread: "t", text: ALBION });
  await agent()({ thread: "t", text: "yes" });
  threads.close();
  for (const tail of ["", "-wal", "-shm"]) rmSync(`${threadsPath(demo.store.path)}${tail}`, { force: true });
  threads = openThreads(demo.store.path);
  await agent()({ thread: "t", text: BRAMLEY });
  expect((await agent()({ thread: "t", text: "yes" })).reply).toContain("Bramley");
  expect(await made()).toEqual([{ account: "Albion Fresh" }, { account: "Bramley Stores" }]);
});

it("says what was written, though the conversation could not be kept, and does not write it again", async () => {
  await agent()({ thread: "t", text: ALBION });
  const { put } = threads.saver;
  threads.saver.put = full;
  const answer = await agent()({ thread: "t", text: "yes" });
  expect(answer).toMatchObject({ pending: [], calls: [{ status: "ok" }] });
  expect(answer.reply).toMatch(/^Done: P-\d+.*could not be kept/s);
  threads.saver.put = put;
  expect((await agent()({ thread: "t", text: "yes" })).reply).toMatch(/^Done: /);
  expect(await made()).toHaveLength(1);
});

it("says that nothing could be kept where nothing was written, by the file that is full", async () => {
  threads.saver.put = full;
  const asked = agent()({ thread: "t", text: ALBION });
  await expect(asked).rejects.toMatchObject({ code: "store_full", message: expect.stringContaining(threads.path) });
});

it("is not undone by old checkpoints that could not be taken away", async () => {
  const held = new Database(threads.path);
  const ask = agent();
  await ask({ thread: "t", text: ALBION });
  const { put } = threads.saver;
  threads.saver.put = async (...all) => {
    const kept = await put.apply(threads.saver, all);
    held.exec("BEGIN IMMEDIATE");
    return kept;
  };
  expect((await ask({ thread: "t", text: "yes" })).reply).toMatch(/to take it back\.$/);
  held.close();
  expect(await made()).toHaveLength(1);
});

it("answers one request of a thread at a time, however the person is named", async () => {
  const ask = agent();
  const both = await Promise.allSettled([
    ask({ thread: "t", text: ALBION }),
    ask({ thread: "t", user: "Dan", text: ALBION }),
  ]);
  expect(both.map((one) => one.status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(both.find((one) => one.status === "rejected")).toMatchObject({ reason: { code: "thread_busy" } });
});
