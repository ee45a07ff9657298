import { distance } from "fastest-levenshtein";

/** Slips that are forgiven in a word of this length. */
export const allowedSlips = (length: number): number => (length < 4 ? 0 : length < 7 ? 1 : length < 10 ? 2 : 3);

/** Damerau–Levenshtein distance in its restricted form: a swap of neighbours counts as one slip. */
export function slips(a: string, b: string): number {
  const plain = distance(a, b);
  if (plain < 2 || a === b) return plain;
  let best = plain;
  for (let i = 0; i + 1 < a.length; i++) {
    if (a[i] !== b[i] && a[i] === b[i + 1] && a[i + 1] === b[i]) {
      const swapped = a.slice(0, i) + a[i + 1] + a[i] + a.slice(i + 2);
      best = Math.min(best, 1 + distance(swapped, b));
    }
  }
  return best;
}

/** How a word sounds, roughly: what a transcript of speech may have spelt in another way. */
export const soundOf = (word: string): string =>
  word
    .replace(/ph/g, "f")
    .replace(/ck|c(?![hiey])|q/g, "k")
    .replace(/z/g, "s")
    .replace(/(.)\1+/g, "$1")
    .replace(/y/g, "i")
    .replace(/(?<=.)h/g, "")
    .replace(/our(?=$|s$)/, "or")
    .replace(/(?<=...)e$/, "");
