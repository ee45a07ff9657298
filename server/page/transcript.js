import { namesIn } from "./figures.js";

/** Which conversation this browser is in (kept), and what was said in it (kept for this tab only: it holds the firm's figures). */
const THREAD = "kam.thread";
const SAID = "kam.said";
const MOST_ENTRIES = 40;
const MOST_CHARS = 2_000_000;

/** Storage may be switched off; the page works on without it. */
const quietly = (work, otherwise = null) => {
  try {
    return work();
  } catch {
    return otherwise;
  }
};

export const keptThread = () => quietly(() => localStorage.getItem(THREAD));
export const keepThread = (thread) => quietly(() => localStorage.setItem(THREAD, thread));

export function forget() {
  quietly(() => localStorage.removeItem(THREAD));
  quietly(() => sessionStorage.removeItem(SAID));
}

/** What was said in a conversation: [{ text } | { answer }], oldest first. */
export function saidIn(thread) {
  const kept = quietly(() => JSON.parse(sessionStorage.getItem(SAID) ?? "null"));
  return kept?.thread === thread && Array.isArray(kept.entries) ? kept.entries : [];
}

/** Results of calls are large; of them only the names are needed to show an answer again. */
const slim = (entry) =>
  entry.answer
    ? {
        answer: {
          ...entry.answer,
          names: namesIn(entry.answer),
          calls: entry.answer.calls.map(({ result: _, ...call }) => call),
        },
      }
    : entry;

export function keepSaid(thread, entries) {
  let kept = entries.slice(-MOST_ENTRIES).map(slim);
  let text = JSON.stringify({ thread, entries: kept });
  while (text.length > MOST_CHARS && kept.length > 2) {
    kept = kept.slice(2);
    text = JSON.stringify({ thread, entries: kept });
  }
  quietly(() => sessionStorage.setItem(SAID, text));
}
