import { spawnSync } from "node:child_process";
import { copyFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { BaseMessage } from "@langchain/core/messages";
import { AIMessage, ToolMessage } from "@langchain/core/messages";
import Database from "better-sqlite3";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openThreads, type Threads, threadsPath } from "../data/threads/threads.repo.ts";
import { loadActor } from "../data/users/actor.ts";
import { demoContext } from "../tools/testing.ts";
import { deleteThreads, ownThreads } from "./memory/ownThreads.ts";
import { agentOver } from "./testing.ts";

const MOST_BYTES = 2 * 1024 * 1024;
const CHILD = fileURLToPath(new URL("./testing.crash.ts", import.meta.url));
const DRAFT = "Create a promotion for Retailer A from June 1 to June 14 with a 20% discount on Kestrel";

let demo: Awaited<ReturnType<typeof demoContext>>;
let threads: Threads;
let converse: ReturnType<typeof agentOver>;
beforeEach(async () => {
  demo = await demoContext();
  open();
});
afterEach(async () => {
  threads.close();
  await demo.close();
});
const ask = (text: string, more: { user?: string; channel?: "chat" | "voice" | "slash" } = {}) =>
  converse({ thread: "t", text, ...more });
function open(): void {
  threads = openThreads(demo.store.path);
  converse = agentOver(demo.store, threads);
}
/** As after a restart of the program: nothing but the files is left. */
function restart(): void {
  threads.close();
  open();
}

/** Bytes of all that is kept of conversations, by table, and of the files themselves. */
function sizes(): { rows: number; bytes: number; files: number } {
  const path = threadsPath(demo.store.path);
  const reader = new Database(path, { readonly: true });
  const of = (sql: string) => reader.prepare(sql).get() as { rows: number; bytes: number };
  const checkpoints = of(
    "SELECT count(*) AS rows, coalesce(sum(length(checkpoint) + length(metadata)), 0) AS bytes FROM checkpoints",
  );
  const writes = of("SELECT count(*) AS rows, coalesce(sum(length(value)), 0) AS bytes FROM writes");
  reader.close();
  const files = ["", "-wal"].reduce(
    (sum, tail) => sum + (statSync(path + tail, { throwIfNoEntry: false })?.size ?? 0),
    0,
  );
  return { rows: checkpoints.rows + writes.rows, bytes: checkpoints.bytes + writes.bytes, files };
}

async function kept(key: string) {
  const tuple = await threads.saver.getTuple({ configurable: { thread_id: key } });
  return tuple?.checkpoint.channel_values as { messages: BaseMessage[]; memory: { turns: unknown[] } };
}

const MONTHS = "January February March April May June July August September October".split(" ");
const VARIED = [
  "Which retailer gives us the highest promotion ROI?",
  "which brand grows at Fairway?",
  "What is planned at Bramley?",
  "How do I copy a promotion?",
  "what did Kestrel sell at Albion last quarter?",
  "which claims are open?",
  "how much is left in the fund of Delphi?",
  "and the contract of Estuary?",
  "thanks",
];

it("a thread of a hundred turns with drafts and decisions stays small, whole and does not grow", async () => {
  await ask("Which risks are there at Galleon?");
  const at: Record<number, ReturnType<typeof sizes>> = {};
  for (let i = 1; i < 100; i++) {
    if (i % 10 === 3)
      await ask(
        `Create a promotion for Harbour from 4 ${MONTHS[(i - 3) / 10]} 2027 for one week with 10 % off on Tailwind`,
      );
    else if (i % 10 === 4) expect((await ask(i === 24 ? "no" : "yes")).calls[0]).toMatchObject({ status: "ok" });
    else await ask(VARIED[i % VARIED.length]!);
    if (i % 10 === 9) at[i] = sizes();
  }
  expect(at[99]!.bytes).toBeLessThan(MOST_BYTES);
  expect(at[99]!.files).toBeLessThan(MOST_BYTES);
  // What a turn reads and writes is no more after a hundred turns than after fifty, but for a line of memory each.
  expect(at[99]!.rows).toBe(at[49]!.rows);
  expect(at[99]!.bytes - at[49]!.bytes).toBeLessThan(100_000);
  const { messages, memory } = await kept("dan:t");
  const calls = messages.flatMap((m) => (AIMessage.isInstance(m) ? (m.tool_calls ?? []).map((c) => c.id) : []));
  const answers = messages.flatMap((m) => (ToolMessage.isInstance(m) ? [m.tool_call_id] : []));
  expect(answers.filter((id) => !calls.includes(id))).toEqual([]);
  expect(calls.filter((id) => !answers.includes(id as string))).toEqual([]);
  expect(memory.turns.length).toBeGreaterThan(70);
  restart();
  const first = await ask("What was my first question?");
  expect(first.reply).toContain("Which risks are there at Galleon?");
  const made = await ask("show me the first promotion I created in this chat");
  const [code] = (await ask("which promotions did we create in this chat?")).calls[0]!.result.decided as {
    promotion: string;
  }[];
  expect(made.calls[0]).toMatchObject({ tool: "get_promotion", args: { promotion: code?.promotion }, status: "ok" });
}, 120_000);

it("goes on after a restart where it was left, with what waits and what was asked", async () => {
  await ask("Create a promotion for Albion from 1 June to 14 June on Kestrel");
  restart();
  const draft = await ask("20 %");
  expect(draft.calls[0]).toMatchObject({ status: "proposed", args: { account: "Albion Fresh", discount: 0.2 } });
  // Longer ago than messages are kept: what waits is known by what is remembered.
  for (let i = 0; i < 9; i++) await ask("which claims are open at Delphi?");
  restart();
  const changed = await ask("make it 25 %");
  expect(changed.pending).toMatchObject([{ change: { discount: 0.25 } }]);
  restart();
  expect((await ask("yes")).reply).toMatch(/^Done: P-\d+/);
});

it("is left by a turn that is killed as it was before it, whenever that happens", async () => {
  await ask(DRAFT);
  threads.close();
  const copy = (name: string): string => {
    const path = join(demo.folder, name);
    for (const [from, to] of [
      [demo.store.path, path],
      [threadsPath(demo.store.path), threadsPath(path)],
    ] as const)
      for (const tail of ["", "-wal"])
        if (statSync(from + tail, { throwIfNoEntry: false })) copyFileSync(from + tail, to + tail);
    return path;
  };
  const say = (path: string, at: number) =>
    spawnSync(process.execPath, [CHILD, path, "t", String(at), "What is planned at Bramley?"], {
      encoding: "utf8",
      env: { ...process.env, NODE_COMPILE_CACHE: join(demo.folder, "compiled") },
    });
  const whole = say(copy("whole.db"), 1_000_000);
  const statements = 1_000_000 - Number(/done with (\d+) left/.exec(whole.stdout)?.[1]);
  expect(statements, whole.stderr).toBeGreaterThan(10);
  for (const share of [0.3, 0.9, 1]) {
    const path = copy(`kill-${share}.db`);
    expect(say(path, Math.ceil(share * statements)).signal).toBe("SIGKILL");
    const after = openThreads(path);
    const again = agentOver({ ...demo.store, path }, after);
    const next = await again({ thread: "t", text: "What is planned at Bramley?" });
    expect(next.calls).toMatchObject([{ tool: "find_promotions", status: "ok" }]);
    expect(next.pending).toMatchObject([{ id: "w1", change: { account: "Albion Fresh", discount: 0.2 } }]);
    expect((await again({ thread: "t", text: "no" })).pending).toEqual([]);
    after.close();
  }
  open();
}, 120_000);

it("is each person's own, and hers on every channel", async () => {
  await ask(DRAFT, { user: "ana" });
  const other = await ask("what have we talked about?", { user: "dan" });
  expect(other.pending).toEqual([]);
  expect(other.reply).not.toContain("Kestrel");
  const spoken = await ask("yes", { user: "ana", channel: "voice" });
  expect(spoken.pending).toHaveLength(1);
  const slash = await ask("/kam make it 25 %", { user: "ana", channel: "slash" });
  expect(slash.pending).toMatchObject([{ change: { discount: 0.25 } }]);
  const asked = await ask("what did I ask about Albion?", { user: "ana", channel: "voice" });
  expect(asked.calls[0]!.result).toMatchObject({ accounts: ["Albion Fresh"] });
});

it("is listed for its person and nobody else, and deleted by her, by name or by age", async () => {
  await ask(DRAFT, { user: "ana" });
  await ask("which claims are open?", { user: "dan" });
  const ana = await loadActor(demo.store, "ana");
  const dan = await loadActor(demo.store, "dan");
  expect(await ownThreads(threads, ana)).toEqual([
    { thread: "t", turns: 1, began: DRAFT, last: demo.store.today, waiting: 1 },
  ]);
  const later = { olderThan: 30, today: "2026-12-21" };
  expect(await deleteThreads(threads, ana, later)).toEqual([]);
  expect(await deleteThreads(threads, ana, { ...later, today: "2026-12-22" })).toEqual(["t"]);
  expect((await ask("yes", { user: "ana" })).reply).toContain("Nothing is waiting");
  expect(await ownThreads(threads, ana)).toEqual([]);
  await expect(deleteThreads(threads, ana, { thread: "t" })).rejects.toMatchObject({ code: "not_found" });
  expect(await ownThreads(threads, dan)).toMatchObject([{ began: "which claims are open?", waiting: 0 }]);
  expect(await deleteThreads(threads, dan, { thread: "t" })).toEqual(["t"]);
  expect(await demo.store.db.selectFrom("v_promotion").where("start", "=", "2027-06-01").selectAll().execute()).toEqual(
    [],
  );
});

it("tells no figure of an account that went to a colleague since", async () => {
  const seen = await ask("How did Albion do last quarter?", { user: "ana" });
  const figure = seen.figures[0]!.text;
  expect((await ask("summarise our conversation", { user: "ana" })).reply).toContain(figure);
  await demo.store.db.updateTable("account").set({ owner_id: "ben" }).where("name", "=", "Albion Fresh").execute();
  const after = await ask("summarise our conversation", { user: "ana" });
  expect(after.reply).toContain("How did Albion do last quarter?");
  expect(after.reply).not.toContain(figure);
  expect(JSON.stringify(after.calls)).not.toContain(String(seen.figures[0]!.value));
});
