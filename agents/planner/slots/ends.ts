import type { Args } from "../types.ts";
import { frameOf, planDates } from "../when.ts";
import type { Build } from "./build.ts";

/** "change the end to 20 June": the one day that is named is the end, and the start stays. */
export function endSaid<A extends { start?: unknown; end?: unknown }>(b: Build, dates: A, base: Args): A {
  const ends = b.features.has("enddate") && !b.features.has("startdate");
  if (!ends || dates.start === undefined || (dates.end !== undefined && dates.end !== dates.start)) return dates;
  const { start, ...rest } = dates;
  // "the 20th" is the next one after the start.
  const planningToday = typeof base.start === "string" ? base.start : b.lexicon.planningToday;
  const frame = { ...frameOf(b.lexicon, "future", undefined), planningToday };
  return { ...rest, end: planDates(b.reading.dates, frame, undefined, true).start ?? start } as A;
}
