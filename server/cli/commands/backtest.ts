import { weekFromIndex, weekIndex } from "../../../data/common/dates.ts";
import { KamError } from "../../../data/common/errors.ts";
import {
  type BacktestResult,
  backtestFolds,
  type Fold,
  ForecastError,
  forecast,
  joinResults,
  type Panel,
} from "../../../forecasting/index.ts";
import { fitOnThreads } from "../../../tools/workers/fitOnThreads.ts";
import { runTasks, usualThreads } from "../../../tools/workers/threads.ts";
import { forecastTarget, writeForecasts } from "../backtest/forecastFile.ts";
import { toPanel } from "../backtest/panel.ts";
import { readPanelFile } from "../backtest/panelFile.ts";
import { type BacktestSpec, readBacktestSpec } from "../backtest/spec.ts";
import { type Invocation, text } from "../command.ts";

const OPTIONS = { correction: true };
/** Rows to fit on, over all folds, below which threads cost more than they save. */
const WORTH = 5000;

/** The forecasting module on a foreign panel: fits the folds of the spec and writes what it forecast of each. */
export async function backtest({ values, positionals, io }: Invocation): Promise<void> {
  const [file, specFile] = [positionals[0]!, text(values.spec)!];
  const spec = await readBacktestSpec(specFile);
  const threads = threadsOf(text(values.threads));
  const out = await forecastTarget(text(values.out)!, [file, specFile]);
  io.progress("reading the panel");
  const table = await readPanelFile(file, spec);
  const panel = toPanel(table, spec);
  const { result, seconds } = await run(panel, spec, threads, io.progress);
  await writeForecasts(out, table, panel, result);
  if (!values.json) return;
  const rounded = (v: number): number => Math.round(v * 1000) / 1000;
  io.out(
    JSON.stringify({
      rows: result.rows.length,
      fit_seconds: rounded(seconds.fit),
      predict_seconds: rounded(seconds.predict),
      peak_memory_mb: Math.round(process.resourceUsage().maxRSS / 1024),
    }),
  );
}

/** @throws KamError bad_input */
function threadsOf(given: string | undefined): number {
  if (given === undefined) return usualThreads();
  const threads = Number(given);
  if (!Number.isInteger(threads) || threads < 1 || threads > 64)
    throw new KamError("bad_input", "--threads takes a whole number from 1 to 64.");
  return threads;
}

interface Run {
  readonly result: BacktestResult;
  /** Seconds gone by. Where folds ran side by side, shared out as the folds themselves spent theirs. */
  readonly seconds: { readonly fit: number; readonly predict: number };
}

/** One fold is fitted on all threads, several side by side. */
async function run(
  panel: Panel,
  spec: BacktestSpec,
  threads: number,
  progress: Invocation["io"]["progress"],
): Promise<Run> {
  const origins = originsOf(panel, spec);
  try {
    const folds = backtestFolds(panel, { origins, protocol: spec.protocol });
    expectUnits(folds, spec);
    progress(folds.length === 1 ? "fitting" : `fitting ${folds.length} folds`);
    const start = performance.now();
    const parts = folds.length === 1 ? [await alone(folds[0]!, threads)] : await together(folds, threads);
    const gone = (performance.now() - start) / 1000;
    const [fit, predict] = [sum(parts.map((p) => p.fit)), sum(parts.map((p) => p.predict))];
    const share = gone / Math.max(fit + predict, Number.MIN_VALUE);
    return { result: joinResults(parts), seconds: { fit: fit * share, predict: predict * share } };
  } catch (thrown) {
    if (thrown instanceof ForecastError) throw new KamError("bad_input", thrown.message, { code: thrown.code }, thrown);
    throw thrown;
  }
}

type TimedResult = BacktestResult & { readonly fit: number; readonly predict: number };

async function alone({ train, plan, rows }: Fold, threads: number): Promise<TimedResult> {
  const start = performance.now();
  const model = await fitOnThreads(train, OPTIONS, threads);
  const fitted = performance.now();
  const made = forecast(model, plan);
  return { rows, forecast: made, fit: (fitted - start) / 1000, predict: (performance.now() - fitted) / 1000 };
}

async function together(folds: readonly Fold[], threads: number): Promise<TimedResult[]> {
  const tasks = folds.map(({ train, plan }) => ({ kind: "forecast" as const, panel: train, options: OPTIONS, plan }));
  const rows = sum(folds.map((fold) => fold.train.week.length));
  const made = await runTasks<"forecast">(tasks, rows < WORTH ? 1 : threads);
  return made.map((part, k) => ({ ...part, rows: folds[k]!.rows }));
}

const sum = (values: readonly number[]): number => values.reduce((total, v) => total + v, 0);

/** The origins that the protocol uses, in the panel's week numbers. @throws KamError bad_input, in the words of the spec */
function originsOf(panel: Panel, spec: BacktestSpec): number[] {
  let [first, last] = [panel.week[0]!, panel.week[0]!];
  for (const week of panel.week) {
    first = Math.min(first, week);
    last = Math.max(last, week);
  }
  if (first === last)
    throw new KamError(
      "bad_input",
      `The panel has one week only, ${said(first, spec)}; there must be some to fit and some to forecast.`,
    );
  return spec.origins.slice(0, spec.protocol === "single" ? 1 : undefined).map((o) => {
    const week = typeof o === "number" ? o : weekIndex(o);
    if (week < first || week >= last)
      throw new KamError(
        "bad_input",
        `The origin ${o} of the spec is outside the panel's weeks; it must lie in ${said(first, spec)} to ${said(last - 1, spec)}.`,
      );
    return week;
  });
}

const said = (week: number, spec: BacktestSpec): string =>
  spec.week === "date" ? `the week of ${weekFromIndex(week)}` : String(week);

/** @throws KamError no_data where a fold has nothing that was sold, or not sold, to learn from */
function expectUnits(folds: readonly Fold[], spec: BacktestSpec): void {
  const blind = folds.find((fold) => fold.train.units.every(Number.isNaN));
  if (blind)
    throw new KamError(
      "no_data",
      `No units are known up to the origin ${said(blind.origin, spec)}; give those of some weeks before it.`,
    );
}
