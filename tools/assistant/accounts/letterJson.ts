import type { Recipient } from "../../../data/claims/letter.ts";
import { quoteParts } from "./quotes.ts";

/** A letter as tools give it: whole, and its paragraphs in parts for a reply that shows it. */
export const letterJson = (recipient: Recipient | null, body: string) => ({
  to: recipient?.name ?? null,
  to_title: recipient?.title ?? null,
  text: body,
  lines: body.split("\n").map((line) => ({ line_quote: quoteParts(line) })),
});

export type LetterJson = ReturnType<typeof letterJson>;
