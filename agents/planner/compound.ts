import { tokensOf } from "./text/reported.ts";
import type { CallsDecision, Decision } from "./types.ts";

/**
 * Where one request ends and another begins: a new sentence, "; ", or "and" before a word that commands or asks. The
 * planner tries the parts, and keeps them apart only where each is a clear request of its own.
 */
const SEAM =
  /(?:[.;!?]\s+|,?\s+and\s+(?=(?:then|also|please|tell|show|give|what|how|which|list|create|cancel|submit|approve|reject|copy|check|forecast|compare|log|explain|send|export)\b)|,\s+then\s+)/gi;
const MOST_PARTS = 3;

/** The parts of a sentence that may be requests of their own; one part where it has no seam. A quotation is never cut. */
export function partsOf(text: string, people: readonly string[] = []): string[] {
  const quotes = tokensOf(text, people).filter((token) => token.kind === "quote");
  const seams = [...text.slice(0, 1_000).matchAll(SEAM)]
    .filter(({ index }) => !quotes.some(({ from, to }) => from <= index && index < to))
    .slice(0, MOST_PARTS - 1);
  const parts: string[] = [];
  let from = 0;
  for (const seam of seams) {
    parts.push(text.slice(from, seam.index + (/^[.!?;]/.test(seam[0]) ? 1 : 0)));
    from = seam.index + seam[0].length;
  }
  return [...parts, text.slice(from)].map((p) => p.trim()).filter(Boolean);
}

/** Several requests as one decision: their calls in the order in which they were said. */
export function together(decisions: readonly Decision[]): CallsDecision | null {
  const calls = decisions.filter((d): d is CallsDecision => d.kind === "calls");
  const [first] = calls;
  if (!first || calls.length < decisions.length || calls.some((d) => d.followUp || d.calls.some((c) => c.replaces)))
    return null;
  return { ...first, calls: calls.flatMap((d) => d.calls), notes: [...new Set(calls.flatMap((d) => d.notes))] };
}
