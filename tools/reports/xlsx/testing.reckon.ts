import * as XLSX from "@e965/xlsx";

type Value = number | string | null;
type Grid = readonly Value[];
type ReadCell = (sheet: string, at: string) => Value;
type ReadRange = (sheet: string, area: string) => Grid;

/**
 * Works a workbook's formulas out from the cells that hold none, so that what is stored beside a formula can be checked: the few
 * functions and the arithmetic that reports are written with, and nothing else.
 */
export function reckoner(book: XLSX.WorkBook) {
  const known = new Map<string, Value>();

  function cell(sheet: string, at: string): Value {
    const key = `${sheet}!${at}`;
    const seen = known.get(key);
    if (seen !== undefined) return seen;
    const found = book.Sheets[sheet]?.[at] as XLSX.CellObject | undefined;
    const plain = found?.v instanceof Date ? null : ((found?.v as Value | undefined) ?? null);
    const value = found?.f === undefined ? plain : new Formula(found.f, sheet, cell, range).value();
    known.set(key, value);
    return value;
  }

  function range(sheet: string, area: string): Grid {
    const { s, e } = XLSX.utils.decode_range(area);
    const all: Value[] = [];
    for (let r = s.r; r <= e.r; r++)
      for (let c = s.c; c <= e.c; c++) all.push(cell(sheet, XLSX.utils.encode_cell({ r, c })));
    return all;
  }
  return cell;
}

const TOKEN =
  /\s*(?:('(?:[^']|'')+'!)?(\$?[A-Z]{1,3}\$?\d+)(?::(\$?[A-Z]{1,3}\$?\d+))?|(\d+(?:\.\d+)?)|"([^"]*)"|([A-Z]+)\(|(--|[-+*/()=<,]))/y;

class Fault extends Error {}
type Any = Value | Grid;
const isGrid = (value: Any): value is Grid => Array.isArray(value);
const numbers = (value: Any): number[] => (isGrid(value) ? value : [value]).filter((v) => typeof v === "number");

class Formula {
  readonly #tokens: RegExpExecArray[] = [];
  #at = 0;
  readonly #sheet: string;
  readonly #cell: ReadCell;
  readonly #range: ReadRange;

  constructor(text: string, sheet: string, cell: ReadCell, range: ReadRange) {
    this.#sheet = sheet;
    this.#cell = cell;
    this.#range = range;
    TOKEN.lastIndex = 0;
    for (let from = 0; from < text.length; from = TOKEN.lastIndex) {
      const token = TOKEN.exec(text);
      if (!token) throw new Error(`not understood at ${from}: ${text}`);
      this.#tokens.push(token);
    }
  }

  value(): Value {
    const value = this.#compared();
    return isGrid(value) ? (value[0] ?? null) : value;
  }
  #peek = (): string | undefined => this.#tokens[this.#at]?.[7];
  #take(sign: string): void {
    if (this.#peek() !== sign) throw new Error(`expected ${sign}`);
    this.#at++;
  }
  #number(value: Any): number {
    if (value === null) return 0;
    if (typeof value !== "number") throw new Fault("#VALUE!");
    return value;
  }

  #compared(): Any {
    const left = this.#sum();
    const sign = this.#peek();
    if (sign !== "=" && sign !== "<") return left;
    this.#at++;
    const right = this.#sum();
    if (isGrid(left)) return left.map((one) => (one === right ? 1 : 0));
    return sign === "=" ? Number(left === right) : Number(this.#number(left) < this.#number(right));
  }
  #sum(): Any {
    let left = this.#product();
    for (let sign = this.#peek(); sign === "+" || sign === "-"; sign = this.#peek()) {
      this.#at++;
      const right = this.#number(this.#product());
      left = sign === "+" ? this.#number(left) + right : this.#number(left) - right;
    }
    return left;
  }
  #product(): Any {
    let left = this.#one();
    for (let sign = this.#peek(); sign === "*" || sign === "/"; sign = this.#peek()) {
      this.#at++;
      const right = this.#number(this.#one());
      if (sign === "/" && right === 0) throw new Fault("#DIV/0!");
      left = sign === "*" ? this.#number(left) * right : this.#number(left) / right;
    }
    return left;
  }
  #one(): Any {
    const token = this.#tokens[this.#at++]!;
    const [, sheet, at, to, digits, words, name, sign] = token;
    const place = sheet ? sheet.slice(1, -2).replaceAll("''", "'") : this.#sheet;
    if (at && to) return this.#range(place, `${at}:${to}`.replaceAll("$", ""));
    if (at) return this.#cell(place, at.replaceAll("$", ""));
    if (digits !== undefined) return Number(digits);
    if (words !== undefined) return words;
    if (name) return this.#call(name);
    if (sign === "--") return this.#one();
    if (sign === "(") {
      const inner = this.#compared();
      this.#take(")");
      return inner;
    }
    throw new Error(`unexpected ${sign}`);
  }
  #call(name: string): Any {
    if (name === "IFERROR") return this.#ifError();
    const args: Any[] = [];
    if (name === "IF") return this.#if();
    while (this.#peek() !== ")") {
      args.push(this.#compared());
      if (this.#peek() === ",") this.#at++;
    }
    this.#take(")");
    const all = args.flatMap(numbers);
    const total = (list: readonly number[]): number => list.reduce((sum, n) => sum + n, 0);
    switch (name) {
      case "SUM":
        return total(all);
      case "SUBTOTAL":
        return total(args.slice(1).flatMap(numbers));
      case "COUNT":
        return all.length;
      case "ABS":
        return Math.abs(this.#number(args[0]!));
      case "ROWS":
        return (args[0] as Grid).length;
      case "SUMPRODUCT":
        return total(
          (args[0] as Grid).map((_, i) =>
            args.reduce((product: number, list) => product * (Number((list as Grid)[i]) || 0), 1),
          ),
        );
      default:
        throw new Error(`${name} is not a function of reports`);
    }
  }
  /** The rest of the arguments up to this call's bracket. */
  #skip(): void {
    for (let open = 0; ; this.#at++) {
      const token = this.#tokens[this.#at]!;
      if (token[6] || token[7] === "(") open++;
      else if (token[7] === ")" && open-- === 0) return;
      else if (token[7] === "," && open === 0) return;
    }
  }
  #ifError(): Any {
    const start = this.#at;
    try {
      const value = this.#compared();
      this.#take(",");
      this.#skip();
      this.#take(")");
      return value;
    } catch (thrown) {
      if (!(thrown instanceof Fault)) throw thrown;
      this.#at = start;
      this.#skip();
      this.#take(",");
      const other = this.#compared();
      this.#take(")");
      return other;
    }
  }
  #if(): Any {
    const holds = this.#number(this.#compared()) !== 0;
    this.#take(",");
    if (!holds) {
      this.#skip();
      this.#take(",");
      const other = this.#compared();
      this.#take(")");
      return other;
    }
    const value = this.#compared();
    this.#take(",");
    this.#skip();
    this.#take(")");
    return value;
  }
}
