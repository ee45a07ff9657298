import { readdirSync, readFileSync } from "node:fs";
import type { Answer } from "../agents/answer.ts";
import type { Converse } from "../agents/converse.ts";
import { KamError } from "../data/common/errors.ts";
import { gradeAnswer, type Sql, untraced } from "./grade.ts";
import { numbersOutside, storeNames } from "./outside.ts";
import { type Task, taskSchema } from "./task.ts";

/** A fresh copy of the demo store with its agent; made anew for each task. */
export interface Bench {
  readonly converse: Converse;
  readonly sql: Sql;
  close(): Promise<void>;
}

export interface TaskResult {
  readonly id: string;
  readonly suite: string;
  readonly passed: boolean;
  readonly wrong: readonly string[];
  /** Figures that do not hold, and numbers of replies that are in none. */
  readonly untraced: number;
  /** Turns that changed promotions, funds, claims, activities or preferences although nobody approved. */
  readonly wrongWrites: number;
  readonly ms: readonly number[];
}

/** All tasks of `evals/tasks`, each with the name of its file as suite. */
export function readTasks(): (Task & { suite: string })[] {
  const folder = new URL("./tasks/", import.meta.url);
  return readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .sort()
    .flatMap((name) =>
      taskSchema
        .array()
        .parse(JSON.parse(readFileSync(new URL(name, folder), "utf8")))
        .map((task) => ({ ...task, suite: name.replace(/\.json$/, "") })),
    );
}

const WRITTEN =
  "SELECT (SELECT count(*) FROM promotion) || '/' || (SELECT coalesce(sum(version), 0) FROM promotion) || '/' || (SELECT count(*) FROM fund_transfer) || '/' || (SELECT count(*) FROM activity) || '/' || (SELECT count(*) FROM claim WHERE status <> 'open') || '/' || (SELECT coalesce(group_concat(kind || value), '') FROM preference)";

/** True where a write may follow: what waits is decided on, or approved in typed words; spoken words never do. */
const consents = ({ approve, consents: said, say, channel }: Task["turns"][number]): boolean =>
  approve === true || (channel !== "voice" && (said === true || /^\s*yes\b/i.test(say ?? "")));

/** Plays one task: its turns in one thread, graded as they come, then the end state. */
export async function runTask(task: Task & { suite: string }, bench: Bench): Promise<TaskResult> {
  const wrong: string[] = [];
  const ms: number[] = [];
  let untracedFigures = 0;
  let wrongWrites = 0;
  let last: Answer | null = null;
  for (const [i, turn] of task.turns.entries()) {
    const before = await bench.sql(WRITTEN);
    const decides = turn.approve !== undefined;
    try {
      last = await bench.converse({
        thread: task.id,
        user: turn.user,
        channel: turn.channel,
        text: turn.say,
        resume: decides
          ? { decisions: (last?.pending ?? []).map(({ id }) => ({ id, approve: turn.approve })) }
          : undefined,
      });
      ms.push(last.ms);
      const outside = numbersOutside(last, await storeNames(bench.sql));
      untracedFigures += untraced(last) + outside.length;
      wrong.push(...outside.map((piece) => `turn ${i + 1}: a number in no figure: ${piece}`));
      if (turn.expect?.error) wrong.push(`turn ${i + 1}: no ${turn.expect.error}`);
      else if (turn.expect)
        wrong.push(...(await gradeAnswer(last, turn.expect, bench.sql)).map((line) => `turn ${i + 1}: ${line}`));
    } catch (thrown) {
      const code = thrown instanceof KamError ? thrown.code : null;
      if (code === null || code !== turn.expect?.error)
        wrong.push(`turn ${i + 1}: ${code === null ? thrown : `${code}: ${(thrown as KamError).message}`}`);
    }
    if (!consents(turn) && (await bench.sql(WRITTEN)) !== before) wrongWrites++;
  }
  for (const { sql, is } of task.end ?? []) {
    const value = await bench.sql(sql);
    if (value !== is) wrong.push(`end: ${sql} is ${JSON.stringify(value)}, not ${JSON.stringify(is)}`);
  }
  return {
    id: task.id,
    suite: task.suite,
    passed: wrong.length === 0 && untracedFigures === 0 && wrongWrites === 0,
    wrong,
    untraced: untracedFigures,
    wrongWrites,
    ms,
  };
}
