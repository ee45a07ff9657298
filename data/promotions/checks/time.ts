import { addDays, daysBetween } from "../../common/dates.ts";
import { dateInWords, periodInWords } from "../../common/format.ts";
import { possessive } from "../words.ts";
import type { CheckContext } from "./context.ts";
import { check, counted, type DraftCheck } from "./sentence.ts";

/** A promotion cannot start in the past. */
export function datesCheck({ draft, store }: CheckContext): DraftCheck {
  const days = daysBetween(draft.start, draft.end) + 1;
  if (draft.start < store.today)
    return check("dates", "block", [`It would start on ${dateInWords(draft.start)}, which is in the past.`]);
  return check("dates", "pass", [
    `It runs ${periodInWords({ from: draft.start, to: draft.end })}, `,
    counted("days", days, "day"),
    ".",
  ]);
}

/** The retailer is told as many days before the start as its contract says. */
export function noticeCheck({ account, draft, store, terms, notice_binds }: CheckContext): DraftCheck[] {
  if (!terms || draft.start < store.today) return [];
  const days = daysBetween(store.today, draft.start);
  if (days >= terms.notice_days)
    return [
      check("notice", "pass", [
        `${account.name} hears of it `,
        counted("days_ahead", days, "day"),
        " ahead; its contract asks for ",
        counted("notice_days", terms.notice_days, "day"),
        ".",
      ]),
    ];
  return [
    check("notice", notice_binds ? "block" : "warn", [
      `${possessive(account.name)} contract asks for `,
      counted("notice_days", terms.notice_days, "day"),
      ", but the start is only ",
      counted("days_ahead", days, "day"),
      ` away; the earliest start is ${dateInWords(addDays(store.today, terms.notice_days))}.`,
    ]),
  ];
}

/** Weeks in which the contract allows no promotion. */
export function blackoutCheck({ account, draft, terms }: CheckContext): DraftCheck[] {
  if (!terms) return [];
  const hit = terms.blackouts.find((b) => b.start <= draft.end && b.end >= draft.start);
  if (!hit) return [check("blackout", "pass", [`It touches none of ${possessive(account.name)} blackout weeks.`])];
  return [
    check("blackout", "block", [
      `It falls into ${possessive(account.name)} blackout of ${periodInWords({ from: hit.start, to: hit.end })}.`,
    ]),
  ];
}
