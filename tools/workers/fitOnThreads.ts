import {
  beginFit,
  type FitOptions,
  type FitPart,
  finishFit,
  fitPart,
  type Model,
  type Panel,
} from "../../forecasting/index.ts";
import { runTasks, usualThreads } from "./threads.ts";

/** Rows below which a thread's start costs more than it saves. */
const WORTH = 20_000;

/**
 * `fitModel` with its hold-outs and its boosted correction shared out to threads: each begins the same fit and does some of
 * its parts, and they are put together in their order. The same bits as `fitModel`.
 * @param worth rows from which threads are used
 * @throws ForecastError as `fitModel`
 */
export async function fitOnThreads(
  panel: Panel,
  options: FitOptions,
  threads = usualThreads(),
  worth = WORTH,
): Promise<Model> {
  const begun = beginFit(panel, options);
  const { parts } = begun;
  const count = panel.week.length < worth ? 1 : Math.min(threads, parts.length);
  if (count <= 1)
    return finishFit(
      begun,
      parts.map((_, place) => fitPart(begun, place)),
    );
  // The longest come first: dealt out there and back, every thread has about as much.
  const shares = Array.from({ length: count }, (_, thread) =>
    [...parts.keys()].filter((place) => {
      const round = Math.floor(place / count);
      return (round % 2 === 0 ? place % count : count - 1 - (place % count)) === thread;
    }),
  );
  const tasks = shares.map((places) => ({ kind: "parts" as const, panel, options, places }));
  const done = await runTasks<"parts">(tasks, count);
  const made: FitPart[] = new Array(parts.length);
  shares.forEach((places, thread) => {
    places.forEach((place, k) => {
      made[place] = done[thread]![k]!;
    });
  });
  return finishFit(begun, made);
}
