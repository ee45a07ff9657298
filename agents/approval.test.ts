import { rmSync } from "node:fs";
import Database, { SqliteError } from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { grantFund } from "../data/ledger/testing.ts";
import { openThreads, type Threads, threadsPath } from "../data/threads/threads.repo.ts";
import { demoContext } from "../tools/testing.ts";
import { atPointer } from "./replies/say.ts";
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

describe("an approval meets the store as it is by then", () => {
  const waitsAfter = async (ask: ReturnType<typeof agent>) => {
    const { calls, pending, reply } = await ask({ thread: "t", text: "yes" });
    return { code: calls[0]?.result.code, waits: pending.length, reply };
  };

  it("is refused where the budget was used meanwhile, and the draft waits on", async () => {
    const ask = agent();
    const { pending } = await ask({ thread: "t", text: ALBION });
    expect(pending[0]?.checks).toContainEqual(expect.objectContaining({ rule: "budget", verdict: "pass" }));
    const fund = await demo.store.db
      .selectFrom("v_budget")
      .select(["fund_id", "left"])
      .where("fund", "=", "Trade fund 2027")
      .where("account_id", "=", 1)
      .executeTakeFirstOrThrow();
    await grantFund(demo.store, fund.fund_id, 10_000 - Math.round(fund.left * 100));
    expect(await waitsAfter(ask)).toMatchObject({
      code: "blocked",
      waits: 1,
      reply: expect.stringMatching(/more than the .* left in Trade fund 2027.*Nothing was written/s),
    });
    expect(await made()).toEqual([]);
  });

  it("is refused where the same products were promoted meanwhile", async () => {
    const ask = agent();
    await ask({ thread: "t", text: ALBION });
    await ask({ thread: "other", text: ALBION });
    await ask({ thread: "other", text: "yes" });
    expect(await waitsAfter(ask)).toMatchObject({ code: "blocked", waits: 1 });
    expect(await made()).toHaveLength(1);
  });

  it("takes an edit only where it fits, checks it anew, and loses nothing where it does not", async () => {
    const ask = agent();
    await ask({ thread: "t", text: ALBION });
    const approve = (edit: Record<string, unknown>) =>
      ask({ thread: "t", resume: { decisions: [{ id: "w1", approve: true, edit }] } });
    for (const [edit, code] of [
      [{ discount: "lots" }, "bad_input"],
      [{ colour: "red" }, "bad_input"],
      [
        { account: "Delphi Discount", products: [{ brand: "Kestrel" }], start: "2027-06-14", end: "2027-06-01" },
        "bad_input",
      ],
      [{ discount: 0.6 }, "blocked"],
    ] as const) {
      const { calls, pending } = await approve(edit);
      expect(calls).toMatchObject([{ status: "error", result: { code } }]);
      expect(pending).toMatchObject([{ id: "w1", change: { discount: 0.2 } }]);
    }
    expect((await approve({ discount: 0.15, display: true })).pending).toEqual([]);
    const rows = await demo.store.db.selectFrom("v_promotion").selectAll().where("start", "=", "2027-06-01").execute();
    expect(rows).toMatchObject([{ discount: 0.15, display: 1, status: "draft" }]);
    await expect(approve({})).rejects.toMatchObject({ code: "wrong_state" });
  });

  it("is hers alone, in the thread where it waits", async () => {
    const ask = agent();
    await ask({ thread: "t", text: ALBION });
    expect((await ask({ thread: "t", user: "ana", text: "yes" })).reply).toContain("Nothing is waiting");
    expect((await ask({ thread: "u", text: "yes" })).reply).toContain("Nothing is waiting");
    const resume = { decisions: [{ id: "w9", approve: true }] };
    await expect(ask({ thread: "t", resume })).rejects.toMatchObject({ code: "not_found" });
    expect(await made()).toEqual([]);
  });

  it("writes once where two say yes at the same moment", async () => {
    const ask = agent();
    await ask({ thread: "t", text: ALBION });
    const both = await Promise.allSettled([ask({ thread: "t", text: "yes" }), ask({ thread: "t", text: "yes" })]);
    expect(both.map((one) => one.status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await made()).toHaveLength(1);
  });

  it("and a request besides it is answered over what it wrote", async () => {
    const ask = agent();
    await ask({ thread: "t", text: ALBION });
    const answer = await ask({ thread: "t", text: "approve and submit it" });
    expect(answer.calls).toMatchObject([
      { tool: "create_promotion", status: "ok" },
      { tool: "submit_promotion", status: "proposed" },
    ]);
    for (const { text, call, path } of answer.figures) {
      expect(atPointer(answer.calls[call]?.result, path), text).toBeTypeOf("number");
      expect(answer.reply).toContain(text);
    }
    expect(answer.pending).toMatchObject([{ kind: "submit_promotion" }]);
  });
});
