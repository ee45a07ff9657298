import { readConfig } from "../config.ts";
import type { Invocation } from "./command.ts";

/** A call of a command as `main` makes it, with the settings of `env` and no others; what it says is kept in `said`. */
export function invocation(
  env: Readonly<Record<string, string>>,
  values: Invocation["values"] = {},
  positionals: readonly string[] = [],
): Invocation & { readonly said: string[] } {
  const said: string[] = [];
  const io = {
    out: (line: string) => void said.push(line),
    err: () => {},
    progress: () => {},
    stdin: async function* () {},
  };
  return { values, positionals, config: readConfig(env), io, said };
}
