import type { Answer } from "../../../agents/answer.ts";

const MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)";
/** What holds digits and is no figure: dates, numbered weeks, ids. */
const NOT_FIGURES = new RegExp(
  `\\d{4}-\\d{2}-\\d{2}|\\d{1,2}(?:–\\d{1,2})? ${MONTH}(?: \\d{4})?|\\b[Ww]eeks? \\d{1,2}|\\b[A-Z]{1,3}-\\d+`,
  "g",
);

const NAME_KEYS =
  /(^|_)(name|names|account|accounts|product|products|brand|promotion|claim|fund|file|title|series|store)$/;

/** What of an answer its figures are found by; `names` where it was kept without its results. */
export interface Figured {
  readonly names?: readonly string[];
}
type Told = Pick<Answer, "reply"> & {
  readonly calls: readonly { readonly args: unknown; readonly result: unknown }[];
  readonly pending: readonly { readonly change: unknown }[];
} & Figured;

/** Names with digits that stand in an answer ("Kestrel 20 % at Albion"): their numbers are no figures. */
export function namesIn(answer: Told): string[] {
  const names = new Set(answer.names ?? []);
  const walk = (value: unknown, key: string): void => {
    if (typeof value === "string") {
      if (NAME_KEYS.test(key) && /\d/.test(value) && /\p{L}/u.test(value) && answer.reply.includes(value))
        names.add(value);
    } else if (Array.isArray(value)) for (const item of value) walk(item, key);
    else if (value !== null && typeof value === "object") for (const [k, v] of Object.entries(value)) walk(v, k);
  };
  for (const call of answer.calls) walk([call.args, call.result], "");
  walk(
    answer.pending.map((item) => item.change),
    "",
  );
  return [...names];
}

/** A figure is a whole number as written: neither "20" in "1,207" or "20 %", nor "0.46" in "€0.46". */
const whole = (text: string, start: number, end: number): boolean =>
  !/[\p{L}\d€$£_]$|\d[.,]$|(?:^|[\s(|])[-−+]$/u.test(text.slice(Math.max(0, start - 2), start)) &&
  !/^(?:\d|[.,]\d|\s?%)/.test(text.slice(end, end + 2));

export interface Place {
  readonly start: number;
  readonly end: number;
  readonly index: number;
}

/**
 * Where the figures of a reply stand in its text. Figures that are written alike are told apart by their order.
 * @param names names with digits, which are passed over
 * @returns in reading order, never overlapping; `index` into `figures`
 */
export function placeFigures(
  text: string,
  figures: readonly { readonly text: string }[],
  names: readonly string[] = [],
): Place[] {
  const taken = [...text.matchAll(NOT_FIGURES)].map((match): [number, number] => [
    match.index,
    match.index + match[0].length,
  ]);
  for (const name of names) {
    for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) taken.push([at, at + name.length]);
  }
  const free = (start: number, end: number): boolean => taken.every(([from, to]) => end <= from || start >= to);
  const places: Place[] = [];
  const next = new Map<string, number>();
  // The longest first, so that "20" never takes a piece of a longer figure.
  const order = figures.map((figure, index) => ({ ...figure, index })).sort((a, b) => b.text.length - a.text.length);
  for (const { text: piece, index } of order) {
    if (!piece) continue;
    let at = text.indexOf(piece, next.get(piece) ?? 0);
    while (at >= 0 && !(whole(text, at, at + piece.length) && free(at, at + piece.length)))
      at = text.indexOf(piece, at + 1);
    if (at < 0) continue;
    next.set(piece, at + piece.length);
    taken.push([at, at + piece.length]);
    places.push({ start: at, end: at + piece.length, index });
  }
  return places.sort((a, b) => a.start - b.start);
}
