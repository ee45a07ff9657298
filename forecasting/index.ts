/** Promotion-response forecasting: panel in, model out, forecast, decompose. Pure and deterministic. */
export { type BacktestResult, type BacktestSpec, backtest, backtestFolds, type Fold, joinResults } from "./backtest.ts";
export { AFTER_PROMOTION, decompose, OTHER_PRODUCTS } from "./decompose.ts";
export * from "./economics.ts";
export { ForecastError, type ForecastErrorCode } from "./errors.ts";
export { type EventResult, evaluateEvent, type PastEvent } from "./event.ts";
export { type FitOptions, fitModel } from "./fit.ts";
export { forecast } from "./forecast.ts";
export { joinPlans } from "./joinPlans.ts";
export { pastPlan } from "./pastPlan.ts";
export { NormalStream } from "./random.ts";
export { type GroupResponse, responseOf, responsesBy } from "./response.ts";
export { loadModel, saveModel } from "./save.ts";
export { SCENARIO_DRAWS, type ScenarioDraws, scenarioDraws, scenarioNormals } from "./scenario.ts";
export { type SeriesStats, seriesStats } from "./stats.ts";
export type { Decomposition, Driver, Forecast, Model, Panel, Plan, Response } from "./types.ts";
