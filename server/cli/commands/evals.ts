import { KamError } from "../../../data/common/errors.ts";
import { openDemoBench } from "../../../evals/bench.ts";
import { readTasks, runTask, type TaskResult } from "../../../evals/run.ts";
import { makeDemoStore } from "../../../tools/demoStore.ts";
import { modelName } from "../../config.ts";
import { modelOf, openKam } from "../../kam.ts";
import { type Invocation, text } from "../command.ts";

/** Plays the tasks on fresh copies of one demo store, with the model of the settings or the one named. @returns 1 where a task failed */
export async function evals({ values, config: settings, io }: Invocation): Promise<number> {
  const named = text(values.model);
  const config = named === undefined ? settings : { ...settings, model: modelName(named) };
  const suite = text(values.suite);
  const tasks = readTasks().filter((task) => !suite || task.suite === suite);
  if (!tasks.length) throw new KamError("bad_input", `There is no suite "${suite}" in evals/tasks.`);
  await modelOf(config); // before the minutes that the demo store may take
  const bench = await openDemoBench({
    makeStore: (db, today) => makeDemoStore({ db, today }),
    open: (db, today) => openKam({ ...config, db, dbChosen: true, today, currentDay: () => today }),
  });
  const results: TaskResult[] = [];
  try {
    for (const [i, task] of tasks.entries()) {
      io.progress(`${i + 1} of ${tasks.length}: ${task.id}`);
      const fresh = await bench.fresh();
      results.push(await runTask(task, fresh).finally(() => fresh.close()));
    }
  } finally {
    bench.close();
  }
  io.out(values.json ? JSON.stringify(results) : table(results));
  return results.some((r) => !r.passed) ? 1 : 0;
}

function table(results: readonly TaskResult[]): string {
  const failed = results
    .filter((r) => !r.passed)
    .map((r) => `FAIL ${r.suite}/${r.id}\n${r.wrong.map((line) => `     ${line}`).join("\n")}`);
  const bySuite = [...Map.groupBy(results, (r) => r.suite)].map(
    ([suite, rows]) => `${suite}: ${rows.filter((r) => r.passed).length} of ${rows.length} passed`,
  );
  const ms = results.flatMap((r) => r.ms).sort((a, b) => a - b);
  const sum = (of: (r: TaskResult) => number): number => results.reduce((total, r) => total + of(r), 0);
  return [
    ...failed,
    ...bySuite,
    `wrong writes ${sum((r) => r.wrongWrites)}, untraced figures ${sum((r) => r.untraced)}, median turn ${ms[Math.floor(ms.length / 2)] ?? 0} ms`,
  ].join("\n");
}
