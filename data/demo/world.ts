import { makeFrame } from "./frame.ts";
import { makeMarket } from "./market.ts";
import { makeParameters } from "./parameters.ts";
import { planPromotions } from "./planning.ts";
import type { World } from "./response.ts";
import { planRivals } from "./rivals.ts";
import type { DemoEvent, Rival } from "./types.ts";

/** The world and everything that was planned in it: a function of the date and of nothing else. */
export interface DemoWorld extends World {
  /** By start; the cancelled ones are among them. */
  readonly events: readonly DemoEvent[];
  readonly rivals: readonly Rival[];
}

export function makeWorld(today: string): DemoWorld {
  const frame = makeFrame(today);
  const parameters = makeParameters();
  const events = planPromotions(frame, parameters);
  const rivals = planRivals(events);
  return { frame, parameters, market: makeMarket(frame, parameters, rivals), events, rivals };
}
