import type { Answer } from "../../../agents/answer.ts";
import { type Figured, namesIn } from "./figures.ts";

/** What was said in a conversation: by the person, or to her. */
export type Entry = { readonly text: string } | { readonly answer: Answer & Figured };

/** Which conversation a person's browser is in (kept), and what was said in it (kept for this tab only: it holds the firm's figures). */
const THREAD = "kam.thread.";
const SAID = "kam.said.";
const MOST_ENTRIES = 40;
const MOST_CHARS = 2_000_000;

/** Storage may be switched off; the page works on without it. */
export function quietly<T>(work: () => T): T | null {
  try {
    return work();
  } catch {
    return null;
  }
}

export const keptThread = (person: string): string | null => quietly(() => localStorage.getItem(THREAD + person));
export const keepThread = (person: string, thread: string): void =>
  void quietly(() => localStorage.setItem(THREAD + person, thread));

export function forget(person: string): void {
  const thread = keptThread(person);
  quietly(() => localStorage.removeItem(THREAD + person));
  if (thread) quietly(() => sessionStorage.removeItem(SAID + thread));
}

/** What was said in a conversation, oldest first. */
export function saidIn(thread: string): readonly Entry[] {
  const kept: unknown = quietly(() => JSON.parse(sessionStorage.getItem(SAID + thread) ?? "null"));
  return Array.isArray(kept) ? (kept as Entry[]) : [];
}

/** Results of calls are large; of them only the names are needed to show an answer again. */
const slim = (entry: Entry): Entry =>
  "answer" in entry
    ? {
        answer: {
          ...entry.answer,
          names: namesIn(entry.answer),
          calls: entry.answer.calls.map(({ result, ...call }) => ({
            ...call,
            result: typeof result.file === "string" ? { file: result.file } : {},
          })),
        },
      }
    : entry;

export function keepSaid(thread: string, entries: readonly Entry[]): void {
  let kept = entries.slice(-MOST_ENTRIES).map(slim);
  let text = JSON.stringify(kept);
  while (text.length > MOST_CHARS && kept.length > 2) {
    kept = kept.slice(2);
    text = JSON.stringify(kept);
  }
  quietly(() => sessionStorage.setItem(SAID + thread, text));
}
