import type { Turn } from "./turn.ts";

/** A step of a graph as it is written: the thread's state, and the turn that it is a part of. */
export type Step<State, Result> = (state: State, turn: Turn) => Result | Promise<Result>;

/** What a run of a graph was started with, as its nodes see it. */
export interface Run {
  readonly context?: unknown;
  readonly configurable?: Readonly<Record<string, unknown>> | undefined;
}

/**
 * Gives each step of a graph its turn. `opens` is true for steps by which a run of the graph begins.
 * The door of the agent hands the turn over as runtime context; where a graph is run by other hands (Studio), the turn is opened there.
 */
export type InTurn = (state: unknown, run: Run, opens: boolean) => Turn | Promise<Turn>;

export const turnOfContext: InTurn = (_, run) => run.context as Turn;

/** The step as a node of a graph. */
export const nodeOf =
  <State, Result>(inTurn: InTurn, step: Step<State, Result>, opens = false) =>
  async (state: State, run: Run): Promise<Result> =>
    step(state, await inTurn(state, run, opens));
