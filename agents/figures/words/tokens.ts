import { foldWord } from "../../planner/text/tokens.ts";
import { MULTIPLIERS, NUMBERS } from "../../planner/vocabulary/index.ts";
import { WORDS } from "./wordList.ts";

/** How a number is written: bare, in per cent, in percentage points, as money, or in a way that no figure has ("2x", "half"). */
export type Kind = "plain" | "%" | "pp" | "money" | "odd";

/** A number as a model wrote it, in digits or in words. */
export interface Written {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** What its digits may mean ("1.234" is two numbers), signed; none where it can be no figure. */
  readonly values: readonly number[];
  /** Digits after the decimal sign, by the same order. */
  readonly decimals: readonly number[];
  /** A size was said in words ("1.2 million"), so that it is rounded. */
  readonly rounded: boolean;
  readonly kind: Kind;
  readonly currency: string | null;
}

const CURRENCIES: readonly (readonly [RegExp, string])[] = [
  [/€|\beur(?:os?)?\b/i, "EUR"],
  [/£|\bgbp\b|\bpounds?\b/i, "GBP"],
  [/¥|\bjpy\b|\byen\b/i, "JPY"],
  [/\bchf\b|\bfrancs?\b/i, "CHF"],
  [/\$|\busd\b|\bdollars?\b/i, "USD"],
];
const SIZES: Readonly<Record<string, number>> = {
  k: 1e3,
  thousand: 1e3,
  tsd: 1e3,
  m: 1e6,
  mn: 1e6,
  mio: 1e6,
  million: 1e6,
  bn: 1e9,
  billion: 1e9,
};

const SIGN = "(?:(?<![\\p{L}\\d%)])[-−–+±]\\s?|(?<!\\p{L})(?:minus|negative|plus)\\s)";
const MONEY = "(?:US\\s?\\$|[$€£¥]|(?<!\\p{L})(?:EUR|USD|GBP|CHF|JPY))\\s?";
const SIZE = "(?:\\s?(?:k|tsd|mn|mio|m|bn)\\b|\\s(?:thousand|million|billion)\\b)";
const UNIT =
  "(?:\\s?(?:%-points?|%|‰|percentage[\\s-]points?|per\\s?cent(?:age)?\\b|pct\\b|bps\\b|basis\\spoints?|points?\\b|ppts?\\b|pp\\b|pts?\\b|[€£¥$]|(?:EUR|USD|GBP|CHF|JPY)\\b|euros?\\b|dollars?\\b|pounds?\\b|yen\\b|francs?\\b|x\\b|×|times\\b|-?fold\\b))";
const DIGITS = "\\d+(?:[.,’']\\d+)*";
const NUMBER = new RegExp(
  `(?<sign>${SIGN})?(?<money>${MONEY})?(?<inner>[-−–+]\\s?)?(?<digits>${DIGITS})(?<size>${SIZE})?(?<unit>${UNIT})?`,
  "giu",
);

const lastPart = (digits: string): string =>
  digits.slice(Math.max(digits.lastIndexOf("."), digits.lastIndexOf(",")) + 1);

/** What digits with separators may mean: a lone separator before three digits parts thousands or is the decimal sign. */
function readingsOf(raw: string): { value: number; decimals: number }[] {
  const digits = raw.replace(/[’']/g, "");
  const signs = digits.match(/[.,]/g) ?? ([] as string[]);
  const whole = { value: Number(digits.replace(/[.,]/g, "")), decimals: 0 };
  if (!signs.length) return [whole];
  const tail = lastPart(digits);
  const groups = digits.split(/[.,]/);
  const grouped = groups[0]!.length <= 3 && groups[0] !== "0" && groups.slice(1).every((g) => g.length === 3);
  const oneSign = new Set(signs).size === 1;
  const decimal = {
    value: Number(`${digits.slice(0, -tail.length - 1).replace(/[.,]/g, "")}.${tail}`),
    decimals: tail.length,
  };
  if (oneSign && signs.length > 1) return grouped ? [whole] : [];
  if (oneSign) return grouped ? [whole, decimal] : [decimal];
  // "1,234.5": all before the last sign is grouped by the other one.
  const head = groups.slice(0, -1);
  const last = signs.at(-1)!;
  const good =
    head.slice(1).every((g) => g.length === 3) && head[0]!.length <= 3 && signs.indexOf(last) === signs.length - 1;
  return good ? [decimal] : [];
}

function kindOf(unit: string, currency: string | null): Kind {
  const u = unit.trim().toLowerCase();
  if (currency) return u && !CURRENCIES.some(([p]) => p.test(u)) ? "odd" : "money";
  if (!u) return "plain";
  if (u === "%" || /^per\s?cent|^pct/.test(u)) return "%";
  if (/^(?:%-)?points?$|^percentage[\s-]points?$|^p(?:p|pts?|ts?)$|^ppts?$/.test(u)) return "pp";
  return "odd";
}

const currencyOf = (text: string): string | null => CURRENCIES.find(([pattern]) => pattern.test(text))?.[1] ?? null;

/** Numbers in digits. @param text what is not a number of the text (dates, names) is blank in it */
function inDigits(text: string): Written[] {
  return [...text.matchAll(NUMBER)].map((match) => {
    const { sign = "", money = "", inner = "", digits = "", size = "", unit = "" } = match.groups!;
    const negative = /[-−–]|minus|negative/i.test(sign + inner);
    const times = SIZES[size.trim().toLowerCase()] ?? 1;
    const before = currencyOf(money);
    const after = currencyOf(unit);
    const currency = before ?? after;
    const kind = before && after && before !== after ? "odd" : kindOf(after ? "" : unit, currency);
    const glued =
      /[\p{L}\d_]/u.test(text[match.index - 1] ?? "") || /[\p{L}\d_]/u.test(text[match.index + match[0].length] ?? "");
    const read = glued || /±/.test(sign) ? [] : readingsOf(digits);
    return {
      start: match.index,
      end: match.index + match[0].length,
      text: match[0],
      values: read.map(({ value }) => (negative ? -1 : 1) * value * times),
      decimals: read.map(({ decimals }) => decimals),
      rounded: times !== 1,
      kind,
      currency,
    };
  });
}

const WORD = /\p{L}+/gu;
const AFTER_WORDS = new RegExp(`^${UNIT}`, "iu");

/** Numbers in words of any language of the vocabulary: "twelve", "twenty-five per cent", "three thousand". "One" is a word before a thing that is counted only. */
function inWords(text: string, counted: (at: number) => boolean): Written[] {
  const found: Written[] = [];
  const words = [...text.matchAll(WORD)].map((m) => ({
    text: foldWord(m[0]),
    from: m.index,
    to: m.index + m[0].length,
  }));
  for (let i = 0; i < words.length; i++) {
    if (!NUMBERS.has(words[i]!.text)) continue;
    let total = 0;
    let group = 0;
    let end = i;
    for (let j = i; j < words.length; j++) {
      const { text: word, from } = words[j]!;
      const gap = j > i ? text.slice(words[j - 1]!.to, from) : "";
      if (j > i && !/^(?:\s|-)$/.test(gap)) break;
      const times = word.length > 1 ? MULTIPLIERS.get(word) : undefined;
      if (NUMBERS.has(word)) group += NUMBERS.get(word)!;
      else if (times === 100) group *= 100;
      else if (times !== undefined) {
        total += group * times;
        group = 0;
      } else if (word !== "and" || !NUMBERS.has(words[j + 1]?.text ?? "") || group < 100) break;
      end = j;
    }
    const from = words[i]!.from;
    const to = words[end]!.to;
    const value = total + group;
    if (value === 1 && end === i && !counted(to)) continue;
    const minus = /(?:minus|negative)\s$/i.exec(text.slice(0, from))?.[0] ?? "";
    const unit = AFTER_WORDS.exec(text.slice(to))?.[0] ?? "";
    const currency = currencyOf(unit);
    found.push({
      start: from - minus.length,
      end: to + unit.length,
      text: text.slice(from - minus.length, to + unit.length),
      values: [minus ? -value : value],
      decimals: [0],
      rounded: false,
      kind: kindOf(currency ? "" : unit, currency),
      currency,
    });
    i = end;
  }
  return found;
}

/** Other numerals than decimal digits, Roman ones of three letters and more among them. */
const ODD =
  /[\p{Nl}\p{No}⁄〇一二三四五六七八九十百千万億]+|(?<![\p{L}\d])(?=[IVXLCDM]{3})M{0,3}(?:C[MD]|D?C{0,3})(?:X[CL]|L?X{0,3})(?:I[XV]|V?I{0,3})(?![\p{L}\d])/gu;

/** What says how much without a figure of ours ("doubled", "a third", "½"): no value can stand behind it. */
function odd(text: string): Written[] {
  const labels = [...text.matchAll(WORDS.labels)].map((m) => [m.index, m.index + m[0].length] as const);
  return [...text.matchAll(WORDS.multiples), ...text.matchAll(ODD)]
    .filter((m) => !labels.some(([from, to]) => m.index >= from && m.index < to))
    .map((m) => ({
      start: m.index,
      end: m.index + m[0].length,
      text: m[0],
      values: [],
      decimals: [],
      rounded: false,
      kind: "odd" as const,
      currency: null,
    }));
}

/**
 * Every number of a text, in digits of any script and in words, in order.
 * @param text cleaned; labels and names in it are blank
 * @param counted true where at this place begins the word of a thing that is counted ("promotions")
 */
export function writtenNumbers(text: string, counted: (at: number) => boolean): Written[] {
  const digits = inDigits(text);
  const others = [...inWords(text, counted), ...odd(text)].filter(
    (w) => !digits.some((d) => w.start < d.end && w.end > d.start),
  );
  return [...digits, ...others].sort((a, b) => a.start - b.start);
}
