import { LARGEST_VARIANCE } from "../predict/forecast.ts";
import { QUIET, type ScenarioCells } from "./cells.ts";
import type { ScenarioWindow } from "./designs.ts";
import { DrawRows } from "./rows.ts";
import { levelAfter, SCENARIO_DRAWS } from "./worlds.ts";

const LARGEST = 1e15;
const N = SCENARIO_DRAWS;

/** An account's weeks from one start on: what any promotion that begins there is laid over. Made when asked for, then kept. */
export class ScenarioStart {
  readonly cells: ScenarioCells;
  readonly window: ScenarioWindow;
  /** Room for the draws of the evaluation at hand. */
  readonly sold = new Float64Array(N);
  readonly later = new Float64Array(N);
  readonly net = new Float64Array(N);
  readonly #at: number;
  readonly #span: number;
  readonly #levels: Float64Array[] = [];
  readonly #draws: Float64Array[][] = [];
  readonly #windows: Float64Array[] = [];
  readonly #afters: Float64Array[] = [];
  readonly #rows = new DrawRows();
  readonly #means: { window: number; after: number }[] = [];

  /** @param start week in which promotions begin; the cells must reach from it to the end of window and after-weeks */
  constructor(cells: ScenarioCells, start: number, window: ScenarioWindow) {
    this.cells = cells;
    this.window = window;
    this.#at = start - cells.from;
    this.#span = window.weeks + window.after;
  }

  /** Row of the cells of a product in week w from the start. */
  row(place: number, w: number): number {
    return place * this.cells.weeks + this.#at + w;
  }

  /** Units without promotion, by draw, with the uncertainty of a class of weeks. */
  draws(place: number, w: number, of: number): Float64Array {
    this.#draws[of] ??= [];
    const kept = this.#draws[of];
    const k = place * this.#span + w;
    kept[k] ??= this.#draw(place, w, of);
    return kept[k];
  }

  /** Units without promotion over the window, by draw; and over the weeks after it. */
  windowOff(place: number): Float64Array {
    this.#windows[place] ??= this.#total(place, 0, this.window.weeks);
    return this.#windows[place];
  }

  afterOff(place: number): Float64Array {
    this.#afters[place] ??= this.#total(place, this.window.weeks, this.#span);
    return this.#afters[place];
  }

  /** Expected units without promotion over the window and after it. */
  meanOff(place: number): { readonly window: number; readonly after: number } {
    this.#means[place] ??= {
      window: this.#mean(place, 0, this.window.weeks),
      after: this.#mean(place, this.window.weeks, this.#span),
    };
    return this.#means[place];
  }

  #mean(place: number, from: number, to: number): number {
    const { cells } = this;
    const { spread } = cells.classes[QUIET]!;
    let sum = 0;
    for (let w = from; w < to; w++) {
      const i = this.row(place, w);
      const level = cells.levelVariance[i]! - cells.driftVariance[i]!;
      const variance = cells.parameterVariance[i]! + level + cells.noiseVariance[i]!;
      sum += Math.min(LARGEST, Math.exp(cells.mu[i]! + Math.min(LARGEST_VARIANCE, variance * spread * spread) / 2));
    }
    return sum;
  }

  #total(place: number, from: number, to: number): Float64Array {
    const out = this.#rows.row().fill(0);
    for (let w = from; w < to; w++) {
      const v = this.draws(place, w, QUIET);
      for (let d = 0; d < N; d++) out[d]! += v[d]!;
    }
    return out;
  }

  #draw(place: number, w: number, of: number): Float64Array {
    const { cells } = this;
    const { spread, widen, noise } = cells.classes[of]!;
    const i = this.row(place, w);
    const level = this.#level(place, w);
    const sdLevel = spread * Math.sqrt(cells.levelVariance[i]!);
    const sdNoise = spread * Math.sqrt(cells.noiseVariance[i]! * noise);
    const mu = cells.mu[i]!;
    const out = this.#rows.row();
    for (let d = 0; d < N; d++) {
      const news = cells.drift[i * N + d]! + sdLevel * level[d]! + sdNoise * cells.shock[i * N + d]!;
      out[d] = Math.min(LARGEST, Math.exp(mu + widen * news));
    }
    return out;
  }

  /** The level's draws: they begin with the start and follow one another. */
  #level(place: number, w: number): Float64Array {
    const k = place * this.#span + w;
    const known = this.#levels[k];
    if (known) return known;
    const i = this.row(place, w);
    const fresh = this.cells.fresh.subarray(i * N, (i + 1) * N);
    const made = w === 0 ? fresh : levelAfter(this.cells.state, this.#level(place, w - 1), 1, fresh, this.#rows.row());
    this.#levels[k] = made;
    return made;
  }
}
