import { overlaps } from "../../common/dates.ts";
import { dateInWords, periodInWords } from "../../common/format.ts";
import type { CheckContext } from "./context.ts";
import { check, type DraftCheck } from "./sentence.ts";

/** Windows that somebody gave: goods are bought in by the first day on the shelf, scans count days on the shelf. */
export function windowsCheck({ draft }: CheckContext): DraftCheck[] {
  const { start, end, buy_in, scan } = draft;
  if (!buy_in && !scan) return [];
  if (buy_in && buy_in.from > start)
    return [
      check("windows", "block", [
        `The buy-in would start on ${dateInWords(buy_in.from)}, after the in-store start on ${dateInWords(start)}; start it by then.`,
      ]),
    ];
  if (buy_in && buy_in.to > end)
    return [
      check("windows", "block", [
        `The buy-in would end on ${dateInWords(buy_in.to)}, after the in-store end on ${dateInWords(end)}; end it by then.`,
      ]),
    ];
  if (scan && !overlaps(scan, { from: start, to: end }))
    return [
      check("windows", "block", [
        `The scan window ${periodInWords(scan)} touches no day of the in-store window ${periodInWords({ from: start, to: end })}; move it there.`,
      ]),
    ];
  return [check("windows", "pass", ["The buy-in and scan windows fit the in-store dates."])];
}
