import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { ERROR_TABLE, KamError, toKamError } from "../../data/common/errors.ts";
import { readConfig } from "../config.ts";
import type { Command, Io } from "./command.ts";
import { commands } from "./commands/index.ts";

const USAGE = 2;

/** The terminal that the command was started on; a line of progress gives way to what comes after it. */
export const terminal: Io = (() => {
  let shown = false;
  const erase = (): void => {
    if (shown) process.stderr.write("\r\u001b[K");
    shown = false;
  };
  return {
    out: (line) => {
      erase();
      process.stdout.write(`${line}\n`);
    },
    err: (line) => {
      erase();
      process.stderr.write(`${line}\n`);
    },
    progress: (line) => {
      if (!process.stderr.isTTY) return;
      erase();
      process.stderr.write(line);
      shown = line !== "";
    },
    stdin: () => createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY }),
  };
})();

function usage(only?: Command): string {
  const lines = (only ? [only] : Object.values(commands)).map((c) => `  kam ${c.usage}\n      ${c.summary}`);
  return `usage:\n${lines.join("\n")}`;
}

/** Runs one command. @returns the exit code: 0 done, 1 it could not be done, 2 the call was wrong */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  const [name, ...rest] = argv;
  if (name === "--help" || name === "-h" || name === "help") {
    io.out(usage());
    return 0;
  }
  const command = name === undefined ? undefined : Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) {
    io.err(name === undefined ? usage() : `kam: there is no command "${name}".\n${usage()}`);
    return USAGE;
  }
  try {
    const { values, positionals } = parse(command, rest);
    if (values.help) {
      io.out(usage(command));
      return 0;
    }
    const code = await command.run({ values, positionals, config: readConfig(), io });
    return typeof code === "number" ? code : 0;
  } catch (thrown) {
    const error = toKamError(thrown);
    io.err(`kam: ${error.message.replaceAll("\n", " ")}`);
    if (error.code === "usage") io.err(usage(command));
    return ERROR_TABLE[error.code].exit;
  } finally {
    io.progress("");
  }
}

/** @throws KamError usage */
function parse(command: Command, argv: readonly string[]) {
  let parsed: ReturnType<typeof parseArgs>;
  try {
    parsed = parseArgs({
      args: [...argv],
      options: { ...command.options, help: { type: "boolean", short: "h" } },
      allowPositionals: true,
      strict: true,
    });
  } catch (error) {
    throw new KamError("usage", error instanceof Error ? error.message : String(error));
  }
  const values = parsed.values as Record<string, string | boolean | undefined>;
  const { positionals } = parsed;
  const [least, most] = command.positionals;
  if (!values.help) {
    if (positionals.length < least || positionals.length > most)
      throw new KamError(
        "usage",
        `kam ${command.usage.split(" ")[0]} takes ${least === most ? least : `${least} to ${most}`} argument${most === 1 ? "" : "s"}, not ${positionals.length}.`,
      );
    for (const option of command.required ?? [])
      if (values[option] === undefined) throw new KamError("usage", `--${option} is needed.`);
  }
  return { values, positionals };
}
