import type { Features } from "./features.ts";
import type { Focus } from "./focus.ts";
import { roleOf } from "./intents.ts";
import type { Reading } from "./reading.ts";
import { BUILDERS } from "./slots/index.ts";
import type { Args, Decision } from "./types.ts";
import { ORDINALS } from "./vocabulary/index.ts";

const SHORT = 9;
/** "the first", "number 2", "the third one", of what was shown. */
function placeIn({ quantities, tokens }: Reading): number | null {
  const number = quantities.find((q) => q.kind === "number" && Number.isInteger(q.value) && q.value >= 1);
  if (number?.kind === "number") return number.value;
  return tokens.map((t) => ORDINALS.get(t.text)).find((n) => n !== undefined) ?? null;
}

/** What takes a suggestion up; "which …" and "why …" ask about it. */
const TAKES = ["takeup", "head:do", "chosen", "yes"];

/**
 * "do the first one" after a list of what needs attention: the step that the item suggests, as the tool that found it made it.
 * Null where nothing of the kind was shown, or the sentence says more than that.
 */
export function suggested(reading: Reading, features: Features, focus: Focus): Decision | null {
  const [watch] = focus.last;
  if (watch?.tool !== "weekly_watch" || reading.tokens.length > SHORT || reading.names.length || reading.codes.length)
    return null;
  if (!TAKES.some((feature) => features.has(feature)) || features.has("question")) return null;
  const rows = watch.result.rows;
  if (!Array.isArray(rows)) return null;
  const place = placeIn(reading) ?? (rows.length === 1 || features.has("pronoun") ? 1 : null);
  const action =
    place === null ? null : (rows[place - 1] as { action?: { tool?: string; args?: Args } } | undefined)?.action;
  if (!action?.tool || !BUILDERS[action.tool]) return null;
  return {
    kind: "calls",
    role: roleOf(action.tool),
    calls: [{ tool: action.tool, args: action.args ?? {} }],
    notes: [],
  };
}
