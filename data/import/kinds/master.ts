import { codeFor, fold } from "../names.ts";
import { Bad } from "../values/bad.ts";

/** Codes and names of a master table: a row is the one with its code or, where the file gives none, with its name. */
export class MasterIndex {
  readonly #codeOfName = new Map<string, string>();
  readonly #nameOfCode = new Map<string, string>();
  readonly #lines = new Map<string, number>();
  readonly #codes = new Map<string, string>();

  constructor(rows: readonly { readonly code: string; readonly name: string }[]) {
    for (const { code, name } of rows) this.#set(code, name);
  }

  #set(code: string, name: string): void {
    const old = this.#nameOfCode.get(code);
    if (old !== undefined) this.#codeOfName.delete(fold(old));
    this.#codes.set(fold(code), code);
    this.#nameOfCode.set(code, name);
    this.#codeOfName.set(fold(name), code);
  }

  /** Code of the one with this name, if any has it. */
  named(name: string): string | undefined {
    return this.#codeOfName.get(fold(name));
  }

  /** The code that this row is about: one of the store, the file's own, or one made from the name. */
  resolve(code: string | null | undefined, name: string): string | Bad {
    const owner = this.named(name);
    if (!code) return this.#first(owner ?? codeFor(name, this.#codes), "name");
    const own = this.#codes.get(fold(code)) ?? code;
    if (owner !== undefined && owner !== own) return new Bad(`is the name of ${owner} already`, "name");
    return this.#first(own, "code");
  }

  #first(code: string, field: string): string | Bad {
    const line = this.#lines.get(code);
    return line === undefined ? code : new Bad(`is in line ${line} already`, field);
  }

  /** The row is taken. */
  note(code: string, name: string, line: number): void {
    this.#lines.set(code, line);
    this.#set(code, name);
  }
}
