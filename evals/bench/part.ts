import type { Panel, Plan } from "../../forecasting/index.ts";

/** A panel to measure on: the weeks to fit on, the plan of the weeks after them. */
export interface BenchPanel {
  readonly name: string;
  readonly train: Panel;
  readonly plan: Plan;
}

export interface BenchContext {
  readonly panels: readonly BenchPanel[];
  /** Rows of the generated panels of the scale table. */
  readonly sizes: readonly number[];
  readonly progress: (line: string) => void;
}

/** One line of a part's table; a figure that could not be measured is null. */
export type BenchRow = Readonly<Record<string, string | number | null>>;

export interface BenchResult {
  readonly rows: readonly BenchRow[];
  /** What has to be known to read the table. */
  readonly notes: readonly string[];
}

/** One thing that `kam bench` measures. */
export interface BenchPart {
  readonly name: string;
  readonly summary: string;
  run(context: BenchContext): Promise<BenchResult>;
}
