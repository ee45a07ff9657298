/** A sentence, list item or table row of a text, by its place. */
export interface Sentence {
  readonly start: number;
  readonly end: number;
  /** The cells of a row of a table, or null. */
  readonly cells: readonly { readonly start: number; readonly end: number }[] | null;
  /** The head of the column in which a place of the row lies; null where there is none. */
  headOf(at: number): string | null;
}

const RULE = /^\s*\|?[\s:|-]+\|?\s*$/;

/** Cuts a text into its sentences; lines of a table are whole, and know their columns' heads. */
export function sentencesOf(text: string): Sentence[] {
  const sentences: Sentence[] = [];
  let heads: string[] | null = null;
  let from = 0;
  for (const line of text.split("\n")) {
    const to = from + line.length;
    if (line.trim().startsWith("|")) {
      const cells = cellsOf(line, from);
      const known = heads;
      if (!RULE.test(line)) {
        sentences.push({
          start: from,
          end: to,
          cells,
          headOf: (at) => known?.[cells.findIndex((c) => at >= c.start && at <= c.end)] ?? null,
        });
        heads ??= cells.map((c) => text.slice(c.start, c.end));
      }
    } else {
      heads = null;
      for (const piece of line.matchAll(/.+?(?:[.!?;](?=\s)|$)/g))
        if (piece[0].trim())
          sentences.push({
            start: from + piece.index,
            end: from + piece.index + piece[0].length,
            cells: null,
            headOf: () => null,
          });
    }
    from = to + 1;
  }
  return sentences;
}

function cellsOf(line: string, from: number): { start: number; end: number }[] {
  const bars = [...line.matchAll(/(?<!\\)\|/g)].map((m) => from + m.index);
  const ends = line.trimEnd().endsWith("|") ? bars : [...bars, from + line.length];
  return ends.slice(1).map((end, i) => ({ start: ends[i]! + 1, end }));
}
