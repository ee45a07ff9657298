import { fitModel, forecast } from "../../forecasting/index.ts";
import { answerTask, peakMemory, secondsOf } from "./child.ts";
import type { BenchPanel } from "./part.ts";

export interface FitSeconds {
  /** The structural model: the first fit of a process, and the median of those after it. */
  readonly first: number;
  readonly structural: number;
  /** Corrections and calibration included, and a forecast by it. */
  readonly engine: number;
  readonly predict: number;
  readonly peak: number;
}

const STRUCTURAL = { calibrate: false };
/** Fits beyond the first are repeated for this long, at least twice. */
const REPEAT_SECONDS = 1.5;

answerTask(({ train, plan }: BenchPanel): FitSeconds => {
  const first = secondsOf(() => fitModel(train, STRUCTURAL));
  const more: number[] = [];
  for (let sum = 0; sum < REPEAT_SECONDS || more.length < 2; sum += more.at(-1)!)
    more.push(secondsOf(() => fitModel(train, STRUCTURAL)));
  let model = fitModel(train, STRUCTURAL);
  const engine = secondsOf(() => {
    model = fitModel(train, { correction: true });
  });
  const predict = secondsOf(() => forecast(model, plan));
  more.sort((a, b) => a - b);
  return { first, structural: more[more.length >> 1]!, engine, predict, peak: peakMemory() };
});
