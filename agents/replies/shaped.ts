import type { Preferences } from "../../data/preferences/kinds.ts";
import type { Call } from "../answer.ts";
import { isDecided } from "./committed.ts";
import type { Say } from "./say.ts";

/** Replies that are asked for in full: steps, checks and what is remembered lose their sense when they are cut. */
const WHOLE = new Set(["guide", "check_promotion", "make_report", "recall_conversation", "find_preferences"]);
const isTable = (block: string): boolean => block.startsWith("| ");
const isList = (block: string): boolean => /^(?:-|\d+\.) /.test(block);
/** "**Against the others**": a heading that stands alone before its table. */
const isHeading = (block: string): boolean => /^\*\*[^*]+\*\*$/.test(block) || block.endsWith(":");
const GROUND = /^\*\*Ground\.\*\*.*?\.(?=\s|$)/;

/** One call's part of a reply in the form that the person prefers, and what was left out for it. */
export function shaped(
  say: Say,
  call: Call,
  preferences: Preferences,
): { readonly blocks: readonly string[]; readonly charts: Say["charts"]; readonly notes: readonly string[] } {
  const { blocks, charts } = say;
  if (call.status !== "ok" || isDecided(call) || WHOLE.has(call.tool)) return { blocks, charts, notes: [] };
  if (preferences.answers === "short") {
    const [first, ...more] = blocks;
    const kept = first === undefined ? [] : [first, ...more.flatMap((block) => GROUND.exec(block)?.[0] ?? [])];
    const cut = kept.length < blocks.length || charts.length > 0;
    return { blocks: kept, charts: [], notes: cut ? ["short, as you prefer; ask for it in detail to see all"] : [] };
  }
  const noTables = preferences.tables === "hidden" && blocks.some(isTable);
  const noCharts = preferences.charts === "hidden" && charts.length > 0;
  const shown = blocks.filter(
    (block, i) => !isTable(block) && !(isHeading(block) && !isList(block) && isTable(blocks[i + 1] ?? "")),
  );
  return {
    blocks: noTables ? shown : blocks,
    charts: noCharts ? [] : charts,
    notes: [...(noTables ? ["no tables, as you prefer"] : []), ...(noCharts ? ["no charts, as you prefer"] : [])],
  };
}
