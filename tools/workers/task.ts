import {
  beginFit,
  type FitOptions,
  type FitPart,
  type Forecast,
  fitModel,
  fitPart,
  forecast,
  type Panel,
  type Plan,
} from "../../forecasting/index.ts";

/** Pure work that any thread can do; what goes in and comes out is plain data and typed arrays. */
export type Task =
  /** Some parts of a fit, by their places in `parts` of the begun fit. */
  | { readonly kind: "parts"; readonly panel: Panel; readonly options: FitOptions; readonly places: readonly number[] }
  | { readonly kind: "forecast"; readonly panel: Panel; readonly options: FitOptions; readonly plan: Plan };

/** What a task of each kind gives. */
export interface Outcomes {
  readonly parts: readonly FitPart[];
  /** Seconds that the fit and the forecast took. */
  readonly forecast: { readonly forecast: Forecast; readonly fit: number; readonly predict: number };
}

/** @throws ForecastError as `fitModel` does */
export function runTask(task: Task): Outcomes[Task["kind"]] {
  if (task.kind === "parts") {
    const begun = beginFit(task.panel, task.options);
    return task.places.map((place) => fitPart(begun, place));
  }
  const start = performance.now();
  const model = fitModel(task.panel, task.options);
  const fitted = performance.now();
  const made = forecast(model, task.plan);
  return { forecast: made, fit: (fitted - start) / 1000, predict: (performance.now() - fitted) / 1000 };
}
