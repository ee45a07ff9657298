/** A call of an earlier turn: what was asked of which tool, and of its result what names something. */
export interface RememberedCall {
  readonly tool: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly status: "ok" | "error" | "proposed";
  readonly result: Readonly<Record<string, unknown>>;
  /** Ids of what it proposed. */
  readonly items?: readonly string[];
}

/** An earlier turn of the thread, as it is remembered. */
export interface RememberedTurn {
  /** ISO date; empty where it is not known. */
  readonly on: string;
  /** What the person said, cut. */
  readonly text: string;
  readonly calls: readonly RememberedCall[];
  /** How the reply began, and its figures: written with `formatFigure`, they stand in the text. */
  readonly told: {
    readonly text: string;
    readonly facts: readonly { readonly value: number; readonly unit: string }[];
  } | null;
}

/** What a tool may see of the conversation that it is called in: this person's, in this thread. */
export interface Conversation {
  /** What the person said now. */
  readonly said: string;
  /** Earlier turns, oldest first. */
  readonly turns: readonly RememberedTurn[];
  /** Turns that are remembered no more. */
  readonly forgotten: number;
}
