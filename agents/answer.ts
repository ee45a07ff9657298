import type { Check, Role } from "../tools/define.ts";
import type { Usage } from "./model/use.ts";

/** One call of a tool in a turn, as it is shown, traced and kept. */
export interface Call {
  readonly tool: string;
  readonly args: Record<string, unknown>;
  readonly status: "ok" | "error" | "proposed";
  readonly result: Record<string, unknown>;
  readonly ms: number;
}

/** A write that waits for a person in this thread. */
export interface Pending {
  readonly id: string;
  readonly kind: string;
  readonly change: Readonly<Record<string, unknown>>;
  readonly checks: readonly Check[];
}

/** A number of the reply and where it came from: `text` is its exact piece, `path` a JSON Pointer into the result of `calls[call]`. */
export interface Figure {
  readonly text: string;
  readonly value: number;
  readonly unit: string;
  readonly call: number;
  readonly path: string;
}

export interface Chart {
  readonly title: string;
  /** Vega-Lite, its data inline. */
  readonly spec: Record<string, unknown>;
}

/** Two turns of one sentence as one answer; what waits and what is asked is the second's. */
export const joined = (first: Answer, second: Answer): Answer => ({
  ...second,
  reply: `${first.reply}\n\n${second.reply}`,
  calls: [...first.calls, ...second.calls],
  figures: [...first.figures, ...second.figures.map((f) => ({ ...f, call: f.call + first.calls.length }))],
  charts: [...first.charts, ...second.charts],
  ms: first.ms + second.ms,
});

export interface Answer {
  /** As the request had it. */
  readonly id?: string | number;
  readonly thread: string;
  readonly role: Role;
  readonly reply: string;
  readonly calls: readonly Call[];
  readonly pending: readonly Pending[];
  readonly figures: readonly Figure[];
  readonly charts: readonly Chart[];
  readonly clarify: string | null;
  readonly model: string;
  readonly ms: number;
  /** What the turn asked of a language model; nothing where none was asked. */
  readonly usage?: Usage;
}
