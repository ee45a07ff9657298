import type { Figure } from "../../answer.ts";
import { bindWords } from "./bindWords.ts";
import { cleanText } from "./clean.ts";
import type { Evidence } from "./evidence.ts";
import { fillReferences } from "./references.ts";

export { type Evidence, evidenceOf } from "./evidence.ts";

/** A reply and what its numbers come from. */
export interface Words {
  readonly reply: string;
  readonly figures: readonly Figure[];
}

/** Words that may stand, with their figures; or what in them could not be traced. */
export type Traced = Words | { readonly untraced: readonly { readonly piece: string; readonly why: string }[] };

/**
 * Traces all that a model's own words say in numbers, dates and ids to the results of the turn (bindWords.ts).
 * @param composed the reply that code made of the same results: proven as it is
 */
export function trace(words: string, evidence: Evidence, composed: Words): Traced {
  const clean = cleanText(words);
  if (clean === cleanText(composed.reply)) return composed;
  const { text, named } = fillReferences(clean, evidence.leaves);
  const bound = bindWords(text, evidence, named);
  const open = /\[\[[^\n]*?(?:\]\]|$)/m.exec(bound.text)?.[0];
  const untraced = [...bound.untraced, ...(open ? [{ piece: open, why: "names no number of the results" }] : [])];
  return untraced.length ? { untraced } : { reply: bound.text, figures: bound.figures };
}
