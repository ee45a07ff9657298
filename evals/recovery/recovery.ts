import type { ToolContext } from "../../tools/define.ts";
import { panelOfStore } from "../../tools/fitting/storePanel.ts";
import { type EventRecovery, eventRecovery } from "./events.ts";
import { type ForecastRecovery, forecastRecovery } from "./forecasts.ts";
import { type PlaceboRecovery, placeboRecovery } from "./placebo.ts";
import { type ScenarioRecovery, scenarioRecovery } from "./scenarios.ts";

/** What is estimated on a demo store, beside what is true in the simulator that made it. */
export interface Recovery {
  readonly events: EventRecovery;
  readonly placebo: PlaceboRecovery;
  readonly forecasts: ForecastRecovery;
  readonly scenarios: ScenarioRecovery;
}

/**
 * Scores the estimates of a demo store (made by `writeDemoMarket` on the store's today) against the simulator's truth:
 * the same figures for the same store. The model is fitted where it is not there yet.
 */
export async function recovery(context: ToolContext): Promise<Recovery> {
  const { store, models } = context;
  const { model } = await models.current(store);
  return {
    events: await eventRecovery(store),
    placebo: await placeboRecovery(store, model, await panelOfStore(store)),
    forecasts: await forecastRecovery(store, models),
    scenarios: await scenarioRecovery(context),
  };
}
