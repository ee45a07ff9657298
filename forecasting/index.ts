/** Promotion-response forecasting: panel in, model out, forecast, decompose. Pure and deterministic. */
export {
  type BacktestResult,
  type BacktestSpec,
  backtest,
  backtestFolds,
  type Fold,
  joinResults,
} from "./backtest/backtest.ts";
export type { Comparable } from "./compare/comparable.ts";
export { type CurvePoint, curveAt, type DepthKnots, type MarginalProfit, marginalProfit } from "./compare/marginal.ts";
export { compareMatched, type Matched, type NoMatch } from "./compare/matched.ts";
export { ForecastError, type ForecastErrorCode } from "./errors.ts";
export { AFTER_PROMOTION, decompose, OTHER_PRODUCTS } from "./events/decompose.ts";
export { type EventResult, evaluateEvent, type PastEvent } from "./events/event.ts";
export { pastPlan } from "./events/pastPlan.ts";
export { type Placebo, placeboEvents } from "./events/placebo.ts";
export { type GroupResponse, responseOf, responsesBy } from "./events/response.ts";
export { type EventSplit, splitEvent } from "./events/splitEvent.ts";
export { type SeriesStats, seriesStats } from "./events/stats.ts";
export {
  type AlternativeBaseline,
  alternativeBaselines,
  SIMPLE_BASELINES,
  type SimpleBaseline,
} from "./events/stress.ts";
export { fitModel } from "./fit/fit.ts";
export { type BegunFit, beginFit, type FitOptions, type FitPart, finishFit, fitPart } from "./fit/parts.ts";
export { refitAccount } from "./fit/refit.ts";
export { loadModel, saveModel } from "./fit/save.ts";
export {
  changeDraws,
  type PartsBaseline,
  type PartsChange,
  partsBaseline,
  pooledChange,
  type WholeByParts,
} from "./growth/partsOfGain.ts";
export { breakEvenElasticity, elasticityDraws, unitsAtPrice } from "./growth/priceMove.ts";
export { LEAST_QUIET, type QuietBaseline, quietBaseline, type WeeklySeries } from "./growth/quietBaseline.ts";
export { type Cell, type ExpectedRate, type TwoWay, type TwoWayRecord, twoWay, twoWayRecord } from "./growth/twoWay.ts";
export { NormalStream } from "./numeric/random.ts";
export { joinPlans } from "./panel/joinPlans.ts";
export { forecast } from "./predict/forecast.ts";
export { type ScenarioCells, scenarioCells } from "./scenarios/cells.ts";
export type { LineUp, ScenarioDesign, ScenarioWindow } from "./scenarios/designs.ts";
export * from "./scenarios/economics.ts";
export { type ScenarioEffect, scenarioEffects } from "./scenarios/effects.ts";
export {
  evaluateScenario,
  type RetailerTerms,
  type ScenarioTerms,
  type ScenarioValue,
} from "./scenarios/evaluate.ts";
export { type EventChance, scenarioFactors } from "./scenarios/factors.ts";
export { DrawRows } from "./scenarios/rows.ts";
export { type ScenarioDraws, scenarioDraws } from "./scenarios/scenario.ts";
export { ScenarioStart } from "./scenarios/start.ts";
export { SCENARIO_DRAWS, scenarioNormals } from "./scenarios/worlds.ts";
export {
  BEYOND,
  type Decomposition,
  type Driver,
  type Forecast,
  type Model,
  type Panel,
  type Plan,
  type Response,
} from "./types.ts";
