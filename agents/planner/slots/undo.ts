import { promotionMeant } from "../promotionRef.ts";
import type { PriorCall } from "../types.ts";
import { type Build, type Built, done } from "./build.ts";

/** A named promotion may be in any state: what it became is what is taken back. */
const ANY = ["draft", "submitted", "approved", "running", "cancelled"];
/** Words that name something else than a promotion; her last change of all is meant then. */
const OTHER = ["noteword", "meeting", "visit", "callword", "activityword", "fundword", "head:transfer", "claim"];

/** The change that is taken back: of what is named, else the thread's last, else (no argument) the person's last of all. */
export function buildUndo(b: Build): Built {
  const code = b.reading.codes.find((c) => c.kind === "promotion" || c.kind === "claim");
  if (code) return done({ change: code.code });
  if (b.reading.names.length && !OTHER.some((f) => b.features.has(f))) {
    const meant = promotionMeant(b.reading, b.features, b.lexicon, b.focus, { statuses: ANY });
    if (meant.kind === "one") return done({ change: meant.code });
  }
  const last = lastChange(b.focus.recent);
  return done(last === null ? {} : { change: last });
}

/** The number of the thread's last change that stands. @param calls newest first */
export function lastChange(calls: readonly PriorCall[]): number | null {
  const undone = new Set(
    calls.flatMap((c) => (c.tool === "undo_change" ? ((c.result.undone as number[] | undefined) ?? []) : [])),
  );
  const made = calls.find(
    (c) => c.tool !== "undo_change" && typeof c.result.change_no === "number" && !undone.has(c.result.change_no),
  );
  return made ? (made.result.change_no as number) : null;
}
