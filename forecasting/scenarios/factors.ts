import type { ScenarioCells } from "./cells.ts";
import type { RowEffect, ScenarioEffect } from "./effects.ts";
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
  /** By promoted product and week, window and after: e to the change of ln units. */
  readonly products: readonly (readonly Float64Array[])[];
  /** By promoted product: e to what the whole event brings beyond its kind, for a response of `response`. */
  readonly event: readonly { readonly response: number; readonly draws: Float64Array }[];
  /** By other product: change as a share of its units where its weeks are alike (the event's own spread in it); else the factors by week. */
  readonly others: readonly { readonly alike: boolean; readonly rows: readonly Float64Array[] }[];
}

/** Memory that the draws of one design after another are written to. */
export class FactorRoom {
  #rows: Float64Array[] = [];
  #next = 0;

  /** From here on the rows handed out before are written over. */
  reuse(): void {
    this.#next = 0;
  }

  row(): Float64Array {
    this.#rows[this.#next] ??= new Float64Array(N);
    return this.#rows[this.#next++]!;
  }
}

/**
 * The draws of one design.
 * @param room where they are written; those of the design before are gone with it
 */
export function scenarioFactors(
  cells: ScenarioCells,
  effect: ScenarioEffect,
  chance: EventChance,
  room: FactorRoom,
): ScenarioFactors {
  room.reuse();
  const spread = chance.effectSpread;
  return {
    effect,
    chance,
    products: effect.places.map((place, i) =>
      effect.products[i]!.map((row) => factorInto(cells, place, row, room.row())),
    ),
    event: effect.places.map((_, i) => {
      const response = chance.eventSpread * effect.products[i]![0]!.mu;
      return { response, draws: expInto(chance.event, response, room.row()) };
    }),
    others: effect.otherPlaces.map((place, k) => {
      const rows = effect.others[k]!.map((row) => factorInto(cells, place, row, room.row()));
      if (rows.length > 1) return { alike: false, rows };
      return { alike: true, rows: [shareInto(rows[0]!, chance.effects, spread)] };
    }),
  };
}

/** e to the change of a row's ln units. */
function factorInto(cells: ScenarioCells, place: number, row: RowEffect, out: Float64Array): Float64Array {
  const p = cells.state.design.columns.length;
  const delta = cells.delta[place]!;
  const { mu, columns, change } = row;
  const { widen } = cells.classes[row.of]!;
  out.fill(mu);
  for (let c = 0; c < columns.length; c++) {
    const v = widen * change[c]!;
    for (let d = 0, k = columns[c]!; d < N; d++, k += p) out[d]! += v * delta[k]!;
  }
  for (let d = 0; d < N; d++) out[d] = Math.min(LARGEST, Math.exp(out[d]!));
  return out;
}

function expInto(values: Float64Array, by: number, out: Float64Array): Float64Array {
  for (let d = 0; d < N; d++) out[d] = Math.exp(by * values[d]!);
  return out;
}

/** Factors turned into changes as a share, with the event's own spread. No product loses more than it sells. */
function shareInto(factors: Float64Array, effects: Float64Array, spread: number): Float64Array {
  for (let d = 0; d < N; d++) {
    const change = (factors[d]! - 1) * (1 + spread * effects[d]!);
    factors[d] = change < -1 ? -1 : change;
  }
  return factors;
}
