import { createRequire } from "node:module";
import type { PackingColumn } from "./packing.ts";

/** What is used of HiGHS: a model that grows by columns. (The package's own types cover all of its C interface.) */
interface HighsModel {
  readonly options: { set(options: Readonly<Record<string, boolean | number | string>>): void };
  readonly info: { get(name: string): number | bigint };
  addCols(columns: object): unknown;
  run(): unknown;
  getObjectiveValue(): number;
  getSolution(): { readonly colValue: Float64Array; readonly rowDual: Float64Array };
  getModelStatus(): number;
  dispose(): void;
}
interface Highs {
  readonly infinity: number;
  readonly constants: { readonly modelStatus: { readonly optimal: number } };
  createModel(model: object): HighsModel;
}

let loading: Promise<Highs> | undefined;

/** The solver, loaded when a plan is first asked for. */
export function loadHighs(): Promise<Highs> {
  loading ??= (createRequire(import.meta.url)("highs") as () => Promise<Highs>)();
  return loading;
}

/** Columns in compressed form, as HiGHS takes them. */
function compressed(columns: readonly PackingColumn[], rows: number) {
  const starts = new Int32Array(columns.length + 1);
  columns.forEach((column, j) => {
    starts[j + 1] = starts[j]! + column.rows.length;
  });
  const indices = new Int32Array(starts[columns.length]!);
  const values = new Float64Array(indices.length);
  columns.forEach((column, j) => {
    indices.set(column.rows, starts[j]!);
    values.set(column.takes, starts[j]!);
  });
  return { format: "csc", numRows: rows, numCols: columns.length, starts, indices, values };
}

const costs = (columns: readonly PackingColumn[]): Float64Array => Float64Array.from(columns, (c) => -c.value);

/** max Σ value x, Σ takes x ≤ limits, 0 ≤ x (≤ 1 where integral): solved over columns that are added bit by bit. */
export class PackingModel {
  readonly #model: HighsModel;
  readonly #rows: number;
  readonly #optimal: number;

  /** @param integral columns are taken whole or not at all */
  constructor(highs: Highs, limits: Float64Array, columns: readonly PackingColumn[], integral: boolean) {
    this.#rows = limits.length;
    this.#optimal = highs.constants.modelStatus.optimal;
    const n = columns.length;
    this.#model = highs.createModel({
      numRows: limits.length,
      numCols: n,
      colCost: costs(columns),
      colLower: new Float64Array(n),
      colUpper: new Float64Array(n).fill(1),
      rowLower: new Float64Array(limits.length).fill(-highs.infinity),
      rowUpper: limits,
      matrix: compressed(columns, limits.length),
      ...(integral ? { integrality: new Int32Array(n).fill(1) } : {}),
    });
    this.#model.options.set({ output_flag: false });
  }

  add(columns: readonly PackingColumn[]): void {
    this.#model.addCols({
      cost: costs(columns),
      lower: new Float64Array(columns.length),
      upper: new Float64Array(columns.length).fill(1),
      matrix: compressed(columns, this.#rows),
    });
  }

  /** Worth of the best mix, what each column is taken to, and what one more of each limit would bring. */
  relaxed(): { readonly value: number; readonly taken: Float64Array; readonly prices: Float64Array } {
    this.#model.run();
    if (this.#model.getModelStatus() !== this.#optimal) throw new Error("HiGHS did not solve the relaxed plan.");
    const { colValue, rowDual } = this.#model.getSolution();
    return {
      value: -this.#model.getObjectiveValue(),
      taken: colValue,
      prices: rowDual.map((v) => Math.max(0, -v)),
    };
  }

  /**
   * The best whole choice found, and what no choice can exceed. It stops by nodes and not by the clock, so that the same
   * problem has the same answer.
   */
  whole(nodes: number, relativeGap: number): { readonly taken: Float64Array; readonly bound: number } {
    this.#model.options.set({ mip_max_nodes: nodes, mip_rel_gap: relativeGap });
    this.#model.run();
    const bound = -Number(this.#model.info.get("mip_dual_bound"));
    return { taken: this.#model.getSolution().colValue, bound };
  }

  dispose(): void {
    this.#model.dispose();
  }
}
