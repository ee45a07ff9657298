import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Answer } from "../../agents/answer.ts";
import { buildConverse, type Converse } from "../../agents/converse.ts";
import { closeStore, openStore } from "../../data/store/open.ts";
import { openThreads, type Threads } from "../../data/threads/threads.repo.ts";
import { makeDemoStore } from "../../tools/demoStore.ts";
import { createFittedModels } from "../../tools/fitting/fittedModels.ts";
import { readTasks, runTask } from "../run.ts";
import type { Task } from "../task.ts";
import type { BenchPart, BenchRow } from "./part.ts";

/** The demo market's day, so that a run is the same on any day. */
const TODAY = "2026-11-21";
/** What a turn offline may take at the median beyond its tools' own computing, in milliseconds. */
const MOST_MS = 60;

/** Milliseconds of one turn: beyond its tools, in its tools, and what was measured inside. */
export interface TurnTimes {
  readonly own: number;
  readonly tools: number;
  readonly phases: Readonly<Record<string, number>>;
}

/** How long turns take beyond their tools: the tasks of the suite, offline, each over its own copy of the demo store. */
export const turns: BenchPart = {
  name: "turns",
  summary: "milliseconds of a turn offline on the demo store beyond the computing of its tools",
  async run({ progress }) {
    const folder = mkdtempSync(join(tmpdir(), "kam-bench-"));
    try {
      progress("turns: making the store");
      const template = join(folder, "template.db");
      await makeDemoStore({ db: template, today: TODAY });
      const tasks = readTasks();
      const times: TurnTimes[] = [];
      for (const [i, task] of tasks.entries()) {
        progress(`turns: ${i + 1} of ${tasks.length}`);
        times.push(...(await timesOf(task, template, join(folder, "task.db"))));
      }
      const rows = rowsOf(times);
      const median = rows.find((row) => row.of === "beyond the tools")!.median_ms as number;
      return {
        rows,
        notes: [
          `${times.length} turns of ${tasks.length} tasks; each task opens a copy of the store anew, so first turns are cold.`,
          `${median <= MOST_MS ? "PASS" : "FAIL"}: at the median at most ${MOST_MS} ms beyond the tools are wanted.`,
        ],
      };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

/** Plays one task over a copy of a store, with a clock on every turn. */
export async function timesOf(task: Task & { suite: string }, template: string, db: string): Promise<TurnTimes[]> {
  copyFileSync(template, db);
  const store = await openStore({ path: db, today: TODAY });
  const threads = openThreads(db);
  const times: TurnTimes[] = [];
  let phases: Record<string, number> = {};
  const add = (phase: string, ms: number): void => {
    phases[phase] = (phases[phase] ?? 0) + ms;
  };
  clockSaver(threads, (ms) => add("checkpoint", ms));
  const converse = buildConverse({
    store,
    threads,
    models: createFittedModels(),
    model: null,
    clock: () => performance.now(),
    dayFirst: true,
    today: () => TODAY,
  });
  const timed: Converse = async (request) => {
    phases = {};
    const started = performance.now();
    const answer = await converse(request, (event) => {
      if (event.type === "phase") add(event.phase, event.ms);
    });
    times.push(timesFrom(performance.now() - started, answer, phases));
    return answer;
  };
  try {
    await runTask(task, { converse: timed, sql: async () => null, close: async () => {} });
  } finally {
    threads.close();
    await closeStore(store);
    for (const path of [db, threads.path])
      for (const tail of ["", "-wal", "-shm"]) rmSync(path + tail, { force: true });
  }
  return times;
}

/** The graph's own time is what is left of the turn after its tools and all that was measured. */
function timesFrom(total: number, answer: Answer, measured: Readonly<Record<string, number>>): TurnTimes {
  const tools = answer.calls.reduce((sum, call) => sum + call.ms, 0);
  const own = Math.max(0, total - tools);
  const known = Object.values(measured).reduce((sum, ms) => sum + ms, 0);
  return { own, tools, phases: { ...measured, "graph and the rest": Math.max(0, own - known) } };
}

/** Tells what reading and writing the checkpoints of threads takes. */
function clockSaver({ saver }: Threads, took: (ms: number) => void): void {
  for (const name of ["getTuple", "put", "putWrites"] as const) {
    const own = saver[name].bind(saver) as (...args: unknown[]) => Promise<unknown>;
    Object.assign(saver, {
      [name]: async (...args: unknown[]) => {
        const started = performance.now();
        try {
          return await own(...args);
        } finally {
          took(performance.now() - started);
        }
      },
    });
  }
}

/** Median, 95th percentile and worst of each. */
export function rowsOf(times: readonly TurnTimes[]): BenchRow[] {
  const row = (of: string, values: readonly number[]): BenchRow => ({
    of,
    median_ms: quantile(values, 0.5),
    p95_ms: quantile(values, 0.95),
    most_ms: quantile(values, 1),
  });
  const phases = [...new Set(times.flatMap((t) => Object.keys(t.phases)))].sort();
  return [
    row(
      "whole turn",
      times.map((t) => t.own + t.tools),
    ),
    row(
      "in the tools",
      times.map((t) => t.tools),
    ),
    row(
      "beyond the tools",
      times.map((t) => t.own),
    ),
    ...phases.map((phase) =>
      row(
        `  ${phase}`,
        times.map((t) => t.phases[phase] ?? 0),
      ),
    ),
  ];
}

/** The value below which this share of the values lies. */
function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}
