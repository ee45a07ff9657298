import { QUIET, type ScenarioCells } from "./cells.ts";
import type { RowEffect, ScenarioEffect } from "./effects.ts";
import { nearOne } from "./kernels.ts";
import type { DrawRows } from "./rows.ts";
import { SCENARIO_DRAWS } from "./worlds.ts";

const LARGEST = 1e15;
const N = SCENARIO_DRAWS;

/** How one promotion as a whole differs from its kind: standard normals by draw, and how much they matter. */
export interface EventChance {
  readonly event: Float64Array;
  readonly eventSpread: number;
  readonly effects: Float64Array;
  readonly effectSpread: number;
}

/** What a design does in each draw, whatever the start: rows of `SCENARIO_DRAWS` numbers. */
export interface ScenarioFactors {
  readonly effect: ScenarioEffect;
  readonly chance: EventChance;
  readonly products: readonly {
    /** By week of the window: e to the change of ln units and to what an event of this `response` brings beyond its kind. */
    readonly window: readonly Float64Array[];
    readonly response: number;
    /** By week after it: the share that is lost, the event's own spread in it; where the weeks are not `quiet` the factors. */
    readonly after: readonly Float64Array[];
    readonly quiet: boolean;
  }[];
  /** 1 + spread × the event's own draw, for dip and cross effects. */
  readonly scale: Float64Array;
  /** By other product: change as a share of its units where its weeks are alike (the event's own spread in it); else the factors by week. */
  readonly others: readonly { readonly alike: boolean; readonly rows: readonly Float64Array[] }[];
}

/**
 * The draws of one design.
 * @param room where they are written; those of the design before are gone with it
 */
export function scenarioFactors(
  cells: ScenarioCells,
  effect: ScenarioEffect,
  chance: EventChance,
  room: DrawRows,
): ScenarioFactors {
  room.reuse();
  const scale = room.row();
  for (let d = 0; d < N; d++) scale[d] = 1 + chance.effectSpread * chance.effects[d]!;
  return {
    effect,
    chance,
    scale,
    products: effect.places.map((place, i) => {
      const rows = effect.products[i]!;
      const { weeks } = effect.window;
      const response = chance.eventSpread * rows[0]!.mu;
      const event = expInto(chance.event, response, room.row());
      const quiet = rows.every((row, w) => w < weeks || row.of === QUIET);
      const draws = rows.map((row) => factorInto(cells, place, row, room.row()));
      const after = draws.slice(weeks);
      return {
        window: draws.slice(0, weeks).map((row) => timesInto(row, event)),
        response,
        after: quiet ? after.map((row) => lostInto(row, scale)) : after,
        quiet,
      };
    }),
    others: effect.otherPlaces.map((place, k) => {
      const rows = effect.others[k]!.map((row) => factorInto(cells, place, row, room.row()));
      if (rows.length > 1) return { alike: false, rows };
      return { alike: true, rows: [shareInto(rows[0]!, scale)] };
    }),
  };
}

/** e to the change of a row's ln units. */
function factorInto(cells: ScenarioCells, place: number, row: RowEffect, out: Float64Array): Float64Array {
  const delta = cells.delta[place]!;
  const { mu, columns, change } = row;
  const { widen } = cells.classes[row.of]!;
  out.fill(mu);
  for (let c = 0; c < columns.length; c++) {
    const v = widen * change[c]!;
    for (let d = 0, k = columns[c]! * N; d < N; d++, k++) out[d]! += v * delta[k]!;
  }
  for (let d = 0; d < N; d++) out[d] = Math.min(LARGEST, nearOne(out[d]!));
  return out;
}

function expInto(values: Float64Array, by: number, out: Float64Array): Float64Array {
  for (let d = 0; d < N; d++) out[d] = Math.exp(by * values[d]!);
  return out;
}

function timesInto(values: Float64Array, by: Float64Array): Float64Array {
  for (let d = 0; d < N; d++) values[d]! *= by[d]!;
  return values;
}

/** Factors turned into the share that is lost. */
function lostInto(factors: Float64Array, scale: Float64Array): Float64Array {
  for (let d = 0; d < N; d++) factors[d] = (1 - factors[d]!) * scale[d]!;
  return factors;
}

/** Factors turned into changes as a share. No product loses more than it sells. */
function shareInto(factors: Float64Array, scale: Float64Array): Float64Array {
  for (let d = 0; d < N; d++) {
    const change = (factors[d]! - 1) * scale[d]!;
    factors[d] = change < -1 ? -1 : change;
  }
  return factors;
}
