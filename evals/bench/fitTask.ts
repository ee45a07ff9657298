import { fitModel, forecast, type Panel, refitAccount } from "../../forecasting/index.ts";
import { answerTask, peakMemory, secondsOf } from "./child.ts";
import type { BenchPanel } from "./part.ts";

export interface FitSeconds {
  /** The structural model: the first fit of a process, and the median of those after it. */
  readonly first: number;
  readonly structural: number;
  /** Corrections and calibration included, and a forecast by it. */
  readonly engine: number;
  readonly predict: number;
  /** The structural model with the rows of its first account replaced. */
  readonly refit: number;
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
  const account = rowsOfAccount(train, train.account[0]!);
  const refit = secondsOf(() => refitAccount(model, account));
  const engine = secondsOf(() => {
    model = fitModel(train, { correction: true });
  });
  const predict = secondsOf(() => forecast(model, plan));
  more.sort((a, b) => a - b);
  return { first, structural: more[more.length >> 1]!, engine, predict, refit, peak: peakMemory() };
});

function rowsOfAccount(panel: Panel, account: number): Panel {
  const rows = Int32Array.from(panel.account.keys()).filter((i) => panel.account[i] === account);
  const doubles = (values: Float64Array) => Float64Array.from(rows, (i) => values[i]!);
  const integers = (values: Int32Array) => rows.map((i) => values[i]!);
  return {
    ...panel,
    account: integers(panel.account),
    product: integers(panel.product),
    week: integers(panel.week),
    price: doubles(panel.price),
    basePrice: doubles(panel.basePrice),
    units: doubles(panel.units),
    outOfStock: doubles(panel.outOfStock),
    drivers: panel.drivers.map((d) => ({ ...d, values: doubles(d.values) })),
  };
}
