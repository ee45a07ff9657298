import { scanNumbers } from "./scan.ts";

/** One wrong text made from a right one. */
export interface Mutation {
  readonly kind: string;
  readonly text: string;
}

/** Numbers from 0 to 1, the same for the same seed. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const WORDS = ["seventeen", "forty-three", "ninety-one per cent", "two hundred", "a third", "half", "twice as many"];
const UNIT = /^\s?(?:%|points?)/;

interface Number {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

const replaced = (text: string, { start, end }: Number, by: string): string =>
  text.slice(0, start) + by + text.slice(end);

/** A wrong form of one number by kind, or null where that kind does not fit it. */
const KINDS: Readonly<
  Record<string, (text: string, number: Number, random: () => number, all: readonly Number[]) => string | null>
> = {
  "digit changed": (text, n, random) => {
    const at = digitIn(n.text, random);
    return replaced(
      text,
      n,
      n.text.slice(0, at) + ((Number(n.text[at]) + 1 + Math.floor(random() * 8)) % 10) + n.text.slice(at + 1),
    );
  },
  "digit added": (text, n, random) => {
    const at = digitIn(n.text, random);
    return replaced(text, n, `${n.text.slice(0, at)}${1 + Math.floor(random() * 9)}${n.text.slice(at)}`);
  },
  "digit dropped": (text, n, random) => {
    if (n.text.replace(/\D/g, "").length < 2) return null;
    const at = digitIn(n.text, random);
    return replaced(text, n, n.text.slice(0, at) + n.text.slice(at + 1));
  },
  "sign flipped": (text, n) => {
    if (!/[1-9]/.test(n.text)) return null;
    return replaced(text, n, n.text.startsWith("-") ? n.text.slice(1) : `-${n.text}`);
  },
  "unit swapped": (text, n) =>
    replaced(text, n, /[€$£]/.test(n.text) ? `${n.text.replace(/[€$£]/, "")} %` : `€${n.text.replace(/\s?%$/, "")}`),
  "currency swapped": (text, n) => (n.text.includes("€") ? replaced(text, n, n.text.replace("€", "$")) : null),
  "percent for points": (text, n) => {
    if (n.text.endsWith("%")) return replaced(text, n, n.text.replace(/\s?%$/, " points"));
    return UNIT.test(text.slice(n.end)) ? text.slice(0, n.end) + text.slice(n.end).replace(UNIT, " %") : null;
  },
  "decimal sign moved": (text, n) => {
    const digits = n.text.replace(/[.,]/g, "");
    const first = digits.search(/\d/);
    const dot = n.text.indexOf(".");
    if (digits.replace(/\D/g, "").length < 2 || dot === first + 1)
      return dot < 0 ? null : replaced(text, n, n.text.replace(".", ""));
    return replaced(text, n, `${digits.slice(0, first + 1)}.${digits.slice(first + 1)}`);
  },
  "size changed": (text, n, random) =>
    n.text.endsWith("%") ? null : replaced(text, n, `${n.text}${random() < 0.5 ? "k" : " million"}`),
  "said in words": (text, n, random) => replaced(text, n, WORDS[Math.floor(random() * WORDS.length)]!),
  "two exchanged": (text, n, random, all) => {
    const others = all.filter((o) => o.text !== n.text);
    const other = others[Math.floor(random() * others.length)];
    if (!other) return null;
    const [first, second] = n.start < other.start ? [n, other] : [other, n];
    return replaced(replaced(text, second, first.text), first, second.text);
  },
  "another's figure": (text, n, random, all) => {
    const others = all.filter((o) => o.text !== n.text && o.text.endsWith("%") === n.text.endsWith("%"));
    const other = others[Math.floor(random() * others.length)];
    return other ? replaced(text, n, other.text) : null;
  },
  "other digits": (text, n, random) => {
    const wrong = n.text.replace(/\d/, (d) => String((Number(d) + 3) % 10));
    const script = random() < 0.5 ? 0x0660 : 0xff10;
    return replaced(
      text,
      n,
      wrong.replace(/\d/g, (d) => String.fromCodePoint(script + Number(d))),
    );
  },
  "hidden in markup": (text, n) =>
    n.text.replace(/\D/g, "").length < 2
      ? null
      : replaced(
          text,
          n,
          n.text.replace(/(\d)(?=\D*$)/, (d) => `**${(Number(d) + 1) % 10}**`),
        ),
};

const digitIn = (text: string, random: () => number): number => {
  const places = [...text].flatMap((char, i) => (/\d/.test(char) ? [i] : []));
  return places[Math.floor(random() * places.length)]!;
};

/**
 * Wrong versions of a right text, the same for the same seed: one for each kind that fits a number drawn for it, `rounds`
 * times over, and where several names are given, with one in the place of another.
 * @param names whose digits are not figures
 * @param subjects names that sentences are about
 */
export function mutations(
  text: string,
  {
    names,
    subjects,
    rounds,
    seed,
  }: { names: readonly string[]; subjects: readonly string[]; rounds: number; seed: number },
): Mutation[] {
  const random = seeded(seed);
  const all = scanNumbers(text, names);
  const found: Mutation[] = [];
  if (!all.length) return found;
  for (let round = 0; round < rounds; round++) {
    for (const [kind, make] of Object.entries(KINDS)) {
      const wrong = make(text, all[Math.floor(random() * all.length)]!, random, all);
      if (wrong !== null && wrong !== text) found.push({ kind, text: wrong });
    }
    const said = subjects.filter((name) => text.includes(name));
    const other = subjects[Math.floor(random() * subjects.length)]!;
    if (said[0] && !text.includes(other)) found.push({ kind: "another's name", text: text.replaceAll(said[0], other) });
  }
  return found;
}
