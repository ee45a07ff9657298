import { parentPort } from "node:worker_threads";
import { ForecastError } from "../../forecasting/index.ts";
import { runTask, type Task } from "./task.ts";

/** What a thread answers to a task. */
export type Answer =
  | { readonly outcome: unknown }
  | { readonly error: { readonly code: string | null; readonly message: string } };

parentPort?.on("message", (task: Task) => {
  parentPort?.postMessage(answer(task));
});

function answer(task: Task): Answer {
  try {
    return { outcome: runTask(task) };
  } catch (thrown) {
    const code = thrown instanceof ForecastError ? thrown.code : null;
    return { error: { code, message: thrown instanceof Error ? thrown.message : String(thrown) } };
  }
}
