import type { ParseArgsOptionsConfig } from "node:util";
import type { Config } from "../config.ts";

/** Where a command writes: results to `out`, the one line of a failure and progress to `err`. */
export interface Io {
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
  /** Shows how far long work is, on a terminal, until something else is said; does nothing when piped. */
  readonly progress: (line: string) => void;
  readonly stdin: () => AsyncIterable<string>;
}

export interface Invocation {
  readonly values: Readonly<Record<string, string | boolean | undefined>>;
  readonly positionals: readonly string[];
  readonly config: Config;
  readonly io: Io;
}

export interface Command {
  /** What stands after `kam`: "import FILE --map MAP [--dry-run] [--json]". */
  readonly usage: string;
  readonly summary: string;
  readonly options: ParseArgsOptionsConfig;
  readonly positionals: readonly [number, number];
  readonly required?: readonly string[];
  /** @returns the exit code where it is a number, else it is done */
  run(invocation: Invocation): Promise<unknown>;
}

/** The string of an option that `required` has made sure of, or undefined. */
export const text = (value: string | boolean | undefined): string | undefined =>
  typeof value === "string" ? value : undefined;
