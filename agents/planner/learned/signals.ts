import type { Features } from "../features.ts";
import type { Reading } from "../reading.ts";

/**
 * What the learned weights look at: the features of a sentence, and its words and neighbouring words with every name,
 * date and amount put as what it is ("ACCT", "DATE", "PCT"), so that nothing is learned of one store's names.
 */
export function signalsOf(reading: Reading, features: Features): string[] {
  const words = placeholders(reading);
  const signals = new Set<string>([...features].map((f) => `f:${f}`));
  for (const [i, word] of words.entries()) {
    signals.add(`w:${word}`);
    if (i > 0) signals.add(`b:${words[i - 1]} ${word}`);
  }
  if (words[0]) signals.add(`1:${words[0]}`);
  if (words[1]) signals.add(`1:${words[0]} ${words[1]}`);
  return [...signals];
}

const NAMES: Record<string, string> = {
  account: "ACCT",
  brand: "GOODS",
  product: "GOODS",
  category: "GOODS",
  competitor: "RIVAL",
  person: "PERSON",
  contact: "PERSON",
};
const AMOUNTS: Record<string, string> = {
  percent: "PCT",
  multibuy: "MULTI",
  price_off: "OFF",
  money: "MONEY",
  number: "NUM",
};

function placeholders(reading: Reading): string[] {
  const marks = new Map<number, { to: number; word: string }>();
  for (const n of reading.names) marks.set(n.from, { to: n.to, word: NAMES[n.kind]! });
  for (const c of reading.codes) marks.set(c.from, { to: c.to, word: c.kind === "claim" ? "CLAIM" : "PROMO" });
  for (const d of reading.dates)
    marks.set(d.from, { to: d.to, word: d.role === "length" || d.role === "shift" ? "LENGTH" : "DATE" });
  for (const q of reading.quantities) marks.set(q.from, { to: q.to, word: AMOUNTS[q.kind]! });
  const words: string[] = [];
  for (let i = 0; i < reading.tokens.length && words.length < 60; ) {
    const mark = marks.get(i);
    if (mark) {
      words.push(mark.word);
      i = Math.max(i + 1, mark.to);
      continue;
    }
    const token = reading.tokens[i++]!;
    if (token.kind === "word") words.push(token.stem);
    else if (token.kind === "quote") words.push("QUOTE");
    else if (token.text === "?") words.push("?");
  }
  return words;
}
