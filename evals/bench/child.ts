import { fork } from "node:child_process";

/**
 * Runs a file of this folder in a process of its own and gives what it sends back: a first fit is then a first one, and
 * the peak of memory its own.
 * @throws Error where the process ends without an answer
 */
export function inOwnProcess<In extends object, Out>(file: string, task: In): Promise<Out> {
  const child = fork(new URL(file, import.meta.url), [], { serialization: "advanced", execArgv: [] });
  return new Promise((resolve, reject) => {
    child.once("message", (answer) => resolve(answer as Out));
    child.once("error", reject);
    child.once("exit", (code, signal) => reject(new Error(`${file} ended with ${signal ?? code} and no answer.`)));
    child.send(task);
  });
}

/** The other side: answers the one task this process was started for. */
export function answerTask<In, Out>(run: (task: In) => Out): void {
  process.once("message", (task) => {
    process.send?.(run(task as In), () => process.disconnect?.());
  });
}

/** Seconds gone by while `work` ran. */
export function secondsOf(work: () => unknown): number {
  const start = performance.now();
  work();
  return (performance.now() - start) / 1000;
}

/** Processor seconds of this process since it started: what other programs take does not count. */
export function processorSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** Peak resident memory of this process in MB. */
export function peakMemory(): number {
  return Math.round(process.resourceUsage().maxRSS / 1024);
}
