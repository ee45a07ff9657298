import lists from "./words.json" with { type: "json" };

/** Words of one list of words.json, found as whole words in lower-case text; a hyphen is a space and an apostrophe nothing. */
const listOf = (words: string): RegExp => {
  const alternatives = words
    .split(", ")
    .sort((a, b) => b.length - a.length)
    .map((w) => w.replaceAll(" ", "[\\s-]+"));
  return new RegExp(`(?<![\\p{L}\\d])(?:${alternatives.join("|")})(?![\\p{L}\\d])`, "giu");
};

export const WORDS = Object.fromEntries(
  Object.entries(lists).map(([name, words]) => [name, listOf(words)]),
) as Readonly<Record<keyof typeof lists, RegExp>>;

export const says = (text: string, list: keyof typeof WORDS): boolean => text.search(WORDS[list]) >= 0;

/** A text as a pattern of itself. */
export const literally = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
