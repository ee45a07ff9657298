import { formatFigure } from "../../data/common/format.ts";
import type { Call, Figure } from "../answer.ts";
import { atPointer } from "../replies/say.ts";
import { scanNumbers } from "./scan.ts";

export interface Proven {
  readonly reply: string;
  readonly figures: Figure[];
  /** Pieces that were taken out because a number in them came from nowhere. */
  readonly removed: string[];
}

/** A figure holds when its text is its value in its unit, and its value is what stands at its path, now. */
export function figureHolds(figure: Figure, calls: readonly Call[]): boolean {
  const call = calls[figure.call];
  if (!call) return false;
  return (
    atPointer(call.result, figure.path) === figure.value && formatFigure(figure.value, figure.unit) === figure.text
  );
}

/** Sentences and table rows: the pieces in which a reply is kept or dropped. */
function piecesOf(reply: string): string[] {
  return reply.split(/(?<=[.!?])(?=\s)|(?<=\n)/);
}

/**
 * Keeps of a reply only what is proven: each number must be the text of a figure that holds; a piece (sentence, list
 * item, table row) with any other number is removed.
 * @param names names and ids whose digits are not figures
 */
export function prove(
  reply: string,
  figures: readonly Figure[],
  calls: readonly Call[],
  names: readonly string[],
): Proven {
  const good = figures.filter((f) => figureHolds(f, calls));
  const texts = [...new Set(good.map((f) => f.text))].sort((a, b) => b.length - a.length);
  const removed: string[] = [];
  const kept = piecesOf(reply).filter((piece) => {
    if (isCovered(piece, texts, names)) return true;
    removed.push(piece.trim());
    return false;
  });
  const text = kept.join("").trim();
  return { reply: text, figures: good.filter((f) => text.includes(f.text)), removed };
}

/** A figure's text must stand there whole, and its number must be the token, sign and unit included: not a part of a longer one. */
function isCovered(piece: string, texts: readonly string[], names: readonly string[]): boolean {
  return scanNumbers(piece, names).every((token) =>
    texts.some((text) => {
      const [own] = scanNumbers(text, []);
      return own !== undefined && own.text === token.text && piece.startsWith(text, token.start - own.start);
    }),
  );
}
