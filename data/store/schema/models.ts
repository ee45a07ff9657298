import type { Generated } from "kysely";

export interface ModelTable {
  id: Generated<number>;
  data_version: number;
  method: string;
  rows: number;
  series: number;
  fitted_at: string;
  summary: string;
  body: string;
}

/** What a turn asked of a language model: tokens null where not counted, the cost (millionths of `currency`) where no price was set. */
export interface ModelUseTable {
  id: Generated<number>;
  day: string;
  person_id: string;
  thread: string;
  model: string;
  calls: number;
  prompt_tokens: number | null;
  completion_tokens: number | null;
  cost_micro: number | null;
  currency: string | null;
  ms: number;
  /** 0 where the built-in planner took over. */
  finished: 0 | 1;
  /** Pieces of its words that nothing in the results stood behind. */
  untraced: Generated<number>;
}
