import { slips } from "./text/spelling.ts";
import type { Token } from "./text/tokens.ts";
import { stemOf } from "./text/tokens.ts";
import { CONCEPTS, isKnown, KNOWN_WORDS, PACK_UNITS, SPLIT_VERBS } from "./vocabulary/index.ts";
import { matchesAt } from "./vocabulary/match.ts";

/** A stretch of the sentence and the ideas of the vocabulary that it stands for. */
export interface ConceptHit {
  readonly from: number;
  readonly to: number;
  readonly concepts: readonly string[];
}

/** The ideas in a sentence, outside what names something; at each place the longest phrase comes first. */
export function findConcepts(tokens: readonly Token[], blocked: readonly boolean[]): ConceptHit[] {
  const hits: ConceptHit[] = [];
  for (let at = 0; at < tokens.length; at++) {
    if (blocked[at]) continue;
    for (const match of matchesAt(tokens, at, CONCEPTS))
      if (!blocked.slice(match.from, match.to).some(Boolean))
        hits.push({ from: match.from, to: match.to, concepts: match.values });
  }
  return [...hits, ...splitVerbs(tokens, blocked)].sort((a, b) => a.from - b.from || b.to - a.to);
}

const SPLIT_REACH = 14;

/** "bring the promotion forward", "call it off": the verb's place carries what its parts mean together. */
function splitVerbs(tokens: readonly Token[], blocked: readonly boolean[]): ConceptHit[] {
  const hits: ConceptHit[] = [];
  for (const [at, token] of tokens.entries()) {
    if (blocked[at]) continue;
    for (const { first, rest, concept } of SPLIT_VERBS) {
      if (token.stem !== first) continue;
      for (let i = at + 2; i < Math.min(tokens.length, at + SPLIT_REACH); i++)
        if (rest.every((word, k) => tokens[i + k]?.stem === word)) {
          hits.push({ from: at, to: at + 1, concepts: [concept, "split"] });
          break;
        }
    }
  }
  return hits;
}

/** Vocabulary words by length and first letter, for mending slips. */
const shelves = new Map<string, string[]>();
for (const word of KNOWN_WORDS) {
  if (word.length < 4) continue;
  const key = `${word[0]}${word.length}`;
  shelves.set(key, [...(shelves.get(key) ?? []), word]);
}

/**
 * The sentence with its slips mended: "crate a promtion" → "create a promotion". Only words that neither the vocabulary
 * nor a name knows are touched, and only where one word alone is nearest.
 */
export function mendSpelling(tokens: readonly Token[], named: readonly boolean[]): Token[] {
  return tokens.map((token, at) => {
    if (token.kind !== "word" || named[at] || token.text.length < 4 || isKnown(token.text, token.stem)) return token;
    if (PACK_UNITS.has(token.text)) return token;
    // A strange word with a capital, or where an account is named, is a name that nobody knows, not a slip.
    if ((token.capital && at > 0) || NAME_FOLLOWS.has(tokens[at - 1]?.text ?? "")) return token;
    const mended = nearestWord(token.text);
    return mended ? { ...token, text: mended, stem: stemOf(mended) } : token;
  });
}

const NAME_FOLLOWS = new Set(["at", "with", "bei", "chez", "bij"]);

function nearestWord(word: string): string | null {
  const most = word.length < 7 ? 1 : 2;
  let best = most + 1;
  let found: string[] = [];
  for (let length = word.length - most; length <= word.length + most; length++) {
    for (const candidate of shelves.get(`${word[0]}${length}`) ?? []) {
      const cost = slips(word, candidate);
      if (cost > most || cost > best) continue;
      if (cost < best) found = [];
      best = cost;
      found.push(candidate);
    }
  }
  const stems = new Set(found.map(stemOf));
  return stems.size === 1 ? found[0]! : null;
}
