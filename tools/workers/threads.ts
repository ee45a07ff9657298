import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { ForecastError, type ForecastErrorCode } from "../../forecasting/index.ts";
import { type Outcomes, runTask, type Task } from "./task.ts";
import type { Answer } from "./worker.ts";

/** Threads that work is shared out to where nobody says how many. */
export const usualThreads = (): number => Math.min(8, availableParallelism());

/**
 * Runs tasks of one kind on so many threads and gives their outcomes in the order of the tasks: the same bits for any
 * number of threads, since a task knows nothing of the others. With one thread, or one task, this thread does it.
 * @throws ForecastError of the first task in order that failed
 */
export async function runTasks<K extends Task["kind"]>(
  tasks: readonly Extract<Task, { kind: K }>[],
  threads = usualThreads(),
): Promise<Outcomes[K][]> {
  const count = Math.min(threads, tasks.length);
  if (count <= 1) return tasks.map((task) => runTask(task) as Outcomes[K]);
  const answers: Answer[] = new Array(tasks.length);
  let next = 0;
  const take = async (): Promise<void> => {
    const worker = new Worker(new URL("./worker.ts", import.meta.url));
    try {
      while (next < tasks.length) {
        const place = next++;
        answers[place] = await ask(worker, tasks[place]!);
      }
    } finally {
      await worker.terminate();
    }
  };
  await Promise.all(Array.from({ length: count }, take));
  return answers.map((answer) => {
    if ("outcome" in answer) return answer.outcome as Outcomes[K];
    const { code, message } = answer.error;
    throw code === null ? new Error(message) : new ForecastError(code as ForecastErrorCode, message);
  });
}

function ask(worker: Worker, task: Task): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const ended = (code: number) => settle(() => reject(new Error(`A thread ended with ${code}.`)));
    const failed = (error: Error) => settle(() => reject(error));
    const answered = (answer: Answer) => settle(() => resolve(answer));
    const settle = (finish: () => void) => {
      worker.off("message", answered).off("error", failed).off("exit", ended);
      finish();
    };
    worker.on("message", answered).on("error", failed).on("exit", ended);
    worker.postMessage(task);
  });
}
