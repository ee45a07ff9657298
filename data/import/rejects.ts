import { accessSync, closeSync, constants, existsSync, openSync, readSync, rmSync, writeSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { csvField, notFormula } from "../common/csv.ts";
import { KamError } from "../common/errors.ts";
import type { Reject } from "./rows.ts";

/** The file of rejected rows: a line each, safe to open in a spreadsheet. */

const HEADER = "line,column,value,reason\r\n";
/** Text gathered before it is written. */
const BUFFER = 64 * 1024;

/** Where the rejects of a file go: beside it, or beside the store where the file's folder cannot be written. */
export function defaultRejectsPath(file: string, storePath: string): string {
  const name = `${basename(file)}.rejects.csv`;
  const beside = join(dirname(file), name);
  if (storePath === ":memory:" || mayWrite(dirname(resolve(file)))) return beside;
  return join(dirname(storePath), name);
}

function mayWrite(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

export interface RejectFile {
  add(reject: Reject): void;
  /** @returns the path, or null where no row was rejected; a reject file of an earlier run is then gone */
  close(): string | null;
}

/** Rejects of a dry run are not kept. */
export const noRejectFile: RejectFile = { add: () => {}, close: () => null };

/** @throws KamError bad_input where the path is a file of another kind or cannot be written */
export function rejectFile(path: string, source: string): RejectFile {
  if (resolve(path) === resolve(source))
    throw new KamError("bad_input", `${path} is the file to import; name another for its rejects.`);
  if (existsSync(path) && !isRejectFile(path))
    throw new KamError(
      "bad_input",
      `${path} is there already and is no file of rejected rows; name another with --rejects.`,
    );
  let handle: number | null = null;
  let text = "";
  const flush = () => {
    try {
      handle ??= openSync(path, "w");
      writeSync(handle, text);
      text = "";
    } catch (thrown) {
      const why = thrown instanceof Error ? thrown.message : String(thrown);
      throw new KamError(
        "bad_input",
        `The reject file ${path} cannot be written (${why}); name another with --rejects.`,
        {},
        thrown,
      );
    }
  };
  return {
    add({ line, column, value, reason }) {
      if (handle === null && text === "") text = HEADER;
      text += `${[String(line), column, value, reason].map((cell) => csvField(notFormula(cell))).join(",")}\r\n`;
      if (text.length > BUFFER) flush();
    },
    close() {
      if (text !== "") flush();
      if (handle === null) {
        if (existsSync(path)) rmSync(path);
        return null;
      }
      closeSync(handle);
      return path;
    },
  };
}

/** One of ours, or an empty one. */
function isRejectFile(path: string): boolean {
  const head = Buffer.alloc(HEADER.length);
  const handle = openSync(path, "r");
  try {
    const length = readSync(handle, head, 0, HEADER.length, 0);
    return length === 0 || head.toString("latin1") === HEADER;
  } finally {
    closeSync(handle);
  }
}
