import type { Reading } from "./reading.ts";
import { ACCOUNT_WORDS, isKnown, MONTHS, PACK_UNITS, PREPOSITIONS, WEEKDAYS } from "./vocabulary/index.ts";
import { matchAt } from "./vocabulary/match.ts";

/**
 * Names that stand where goods are named and that nobody knows: "15 % off Nutella", "Kestrel and Nutella at Albion". They
 * go to the tool as they were said, which answers with what there is; a plan never goes on without them.
 */
export function unknownGoods(reading: Reading): string[] {
  const { tokens, names, codes, dates, quantities, concepts } = reading;
  const among = (spans: readonly { from: number; to: number }[], i: number): boolean =>
    spans.some((s) => s.from <= i && i < s.to);
  const named = (i: number): boolean => among([...names, ...codes, ...dates, ...quantities], i);
  const taken = (i: number): boolean => named(i) || among(concepts, i);
  const strange = (i: number): boolean => {
    const t = tokens[i];
    return (
      t?.kind === "word" &&
      t.text.length > 2 &&
      !taken(i) &&
      !isKnown(t.text, t.stem) &&
      !MONTHS.has(t.text) &&
      !WEEKDAYS.has(t.text) &&
      !ACCOUNT_WORDS.has(t.stem) &&
      !PACK_UNITS.has(t.text)
    );
  };
  // "Ben & Jerry's", "Red Bull": capitals beside a strange word are of its name.
  const capital = (i: number): boolean => tokens[i]?.kind === "word" && tokens[i]!.capital && !named(i);
  const joined = (i: number): boolean => tokens[i]?.raw === "&" && capital(i + 1);
  const found: string[] = [];
  for (let i = 0; i < tokens.length; i++) {
    if (!strange(i)) continue;
    const proper = tokens[i]!.capital;
    let from = i;
    while (proper && from > 1 && capital(from - 1)) from--;
    let to = i + 1;
    while (strange(to) || (proper && (capital(to) || joined(to)))) to++;
    if (stands(reading, from, to)) found.push(reading.text.slice(tokens[from]!.from, tokens[to - 1]!.to));
    i = to - 1;
  }
  return found;
}

const BEFORE = new Set(["on", "for", "of", "promote", "our", "the"]);
const GOODS = new Set(["brand", "product", "category"]);

/** True where goods stand: after "off", beside other goods, or first; and right before the offer, the account, a date or the end. */
function stands({ tokens, names, quantities, dates }: Reading, from: number, to: number): boolean {
  const begins = (i: number): boolean => [...quantities, ...dates, ...names].some((s) => s.from === i);
  const account = (i: number): boolean => names.some((n) => n.kind === "account" && n.from <= i && i < n.to);
  const goods = names.filter((n) => GOODS.has(n.kind));
  const before = tokens[from - 1]?.text ?? "";
  if (before === "off" && tokens[to]?.text !== "-") return true;
  const link = matchAt(tokens, to, PREPOSITIONS);
  const next = tokens[to]?.text ?? "";
  const closes =
    to >= tokens.length ||
    tokens[to]!.kind === "mark" ||
    begins(to) ||
    (link !== null && account(link.to)) ||
    ["and", "from"].includes(next);
  if (!closes) return false;
  if (goods.some((n) => n.to === from - 1) && ["and", ",", "or"].includes(before)) return true;
  const first = from === 0 && goods.length === 0 && (next !== "," || (tokens[from]!.capital && begins(to + 1)));
  if (first && to < tokens.length && tokens[to]!.text !== ":") return true;
  const afterOffer = quantities.some((q) => q.kind !== "number" && q.to === from);
  return tokens[from]!.capital && (afterOffer || BEFORE.has(before));
}
