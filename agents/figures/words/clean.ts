const ENTITIES: Readonly<Record<string, string>> = {
  nbsp: " ",
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  euro: "€",
  pound: "£",
  yen: "¥",
  percnt: "%",
  minus: "-",
  ndash: "–",
  mdash: "—",
  period: ".",
  comma: ",",
  frac12: "½",
  frac14: "¼",
  frac34: "¾",
};

const codePoint = (code: number): string => (code > 0 && code <= 0x10_ffff ? String.fromCodePoint(code) : "");

const decodeEntities = (text: string): string =>
  text
    .replace(/&#x([0-9a-f]{1,6});?/gi, (_, hex: string) => codePoint(Number.parseInt(hex, 16)))
    .replace(/&#(\d{1,7});?/g, (_, digits: string) => codePoint(Number(digits)))
    .replace(/&([a-z]+\d{0,2});/gi, (whole, name: string) => ENTITIES[name.toLowerCase()] ?? whole);

/** The digit of any script that writes decimals ("٤", "４", "४") in ours: a script's ten stand together, in order. */
function asciiDigit(char: string): string {
  const code = char.codePointAt(0)!;
  let zero = code;
  while (code - zero < 9 && /^\p{Nd}$/u.test(String.fromCodePoint(zero - 1))) zero--;
  return String((code - zero) % 10);
}

/** A combined fraction after NFKC ("1⁄2") is no number that anything here is written as; it stays one piece. */
const MARKS_IN_NUMBER = /(?<=[\d.,])[*_`~\\]+(?=[\d.,])/g;

/**
 * A model's text as a person would see it: what a page does not show is gone (tags, comments, zero-width characters, the
 * addresses of links and pictures), and every digit is one of ours, so that nothing can hide in writing.
 */
export function cleanText(text: string): string {
  return decodeEntities(text)
    .replace(/<!--[\s\S]*?(?:-->|$)/g, "")
    .replace(/<\/?[a-z][^>\n]*>/gi, "")
    .replace(/!?\[([^[\]]*)\]\([^)\n]*\)/g, "$1")
    .replace(/^\s*\[[^\]]+\]:\s+\S+.*$/gm, "")
    .replace(/\p{Cf}|[\uFE00-\uFE0F]/gu, "")
    .normalize("NFKC")
    .replace(/\p{Nd}/gu, (digit) => (digit <= "9" ? digit : asciiDigit(digit)))
    .replace(MARKS_IN_NUMBER, "")
    .replace(/\r\n?/g, "\n")
    .trim();
}
