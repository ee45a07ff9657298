import { weekFromIndex, weekIndex } from "../../../data/common/dates.ts";
import { KamError } from "../../../data/common/errors.ts";
import {
  type BacktestResult,
  backtestFolds,
  type Fold,
  ForecastError,
  fitModel,
  forecast,
  joinResults,
  type Panel,
} from "../../../forecasting/index.ts";
import { forecastTarget, writeForecasts } from "../backtest/forecastFile.ts";
import { toPanel } from "../backtest/panel.ts";
import { readPanelFile } from "../backtest/panelFile.ts";
import { type BacktestSpec, readBacktestSpec } from "../backtest/spec.ts";
import { type Invocation, text } from "../command.ts";

/** The forecasting module on a foreign panel: fits the folds of the spec and writes what it forecast of each. */
export async function backtest({ values, positionals, io }: Invocation): Promise<void> {
  const [file, specFile] = [positionals[0]!, text(values.spec)!];
  const spec = await readBacktestSpec(specFile);
  const out = await forecastTarget(text(values.out)!, [file, specFile]);
  io.progress("reading the panel");
  const table = await readPanelFile(file, spec);
  const panel = toPanel(table, spec);
  const { result, seconds } = run(panel, spec, io.progress);
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

function run(panel: Panel, spec: BacktestSpec, progress: (line: string) => void) {
  const seconds = { fit: 0, predict: 0 };
  const origins = originsOf(panel, spec);
  try {
    const folds = backtestFolds(panel, { origins, protocol: spec.protocol });
    const parts = folds.map((fold, i) => {
      progress(`fold ${i + 1} of ${folds.length}`);
      return timed(fold, seconds);
    });
    return { result: joinResults(parts), seconds };
  } catch (thrown) {
    if (thrown instanceof ForecastError) throw new KamError("bad_input", thrown.message, { code: thrown.code }, thrown);
    throw thrown;
  }
}

/** The origins that the protocol uses, in the panel's week numbers. @throws KamError bad_input, in the words of the spec */
function originsOf(panel: Panel, spec: BacktestSpec): number[] {
  let [first, last] = [panel.week[0]!, panel.week[0]!];
  for (const week of panel.week) {
    first = Math.min(first, week);
    last = Math.max(last, week);
  }
  const said = (week: number): string => (spec.week === "date" ? `the week of ${weekFromIndex(week)}` : String(week));
  return spec.origins.slice(0, spec.protocol === "single" ? 1 : undefined).map((o) => {
    const week = typeof o === "number" ? o : weekIndex(o);
    if (week < first || week >= last)
      throw new KamError(
        "bad_input",
        `The origin ${o} of the spec is outside the panel's weeks; it must lie in ${said(first)} to ${said(last - 1)}.`,
      );
    return week;
  });
}

function timed(fold: Fold, seconds: { fit: number; predict: number }): BacktestResult {
  const start = performance.now();
  const model = fitModel(fold.train, { correction: true });
  const fitted = performance.now();
  const made = forecast(model, fold.plan);
  seconds.fit += (fitted - start) / 1000;
  seconds.predict += (performance.now() - fitted) / 1000;
  return { rows: fold.rows, forecast: made };
}
