import { describe, expect, it } from "vitest";
import { demoLexicon } from "../demoLexicon.ts";
import { readSentence } from "../reading.ts";
import { frameOf, planDates } from "../when.ts";
import { resolveSpan, type Tense } from "./span.ts";

/** Today is Saturday, 21 November 2026. */
function range(text: string, tense: Tense, account?: string): string {
  const reading = readSentence(text, demoLexicon, "chat");
  const frame = frameOf(demoLexicon, tense, account);
  if (tense === "future") {
    const { start, end } = planDates(reading.dates, frame, account, true);
    return `${start ?? ""}..${end ?? ""}`;
  }
  const mention = reading.dates.find((d) => "span" in d);
  const period = mention && "span" in mention ? resolveSpan(mention.span, frame) : null;
  return `${period?.from ?? ""}..${period?.to ?? ""}`;
}

describe("plans: the dates that lie ahead", () => {
  it.each([
    ["2027-06-01 to 2027-06-14", "2027-06-01..2027-06-14"],
    ["from June 1 to June 14", "2027-06-01..2027-06-14"],
    ["June 1st through 14th", "2027-06-01..2027-06-14"],
    ["1–14 June", "2027-06-01..2027-06-14"],
    ["1 to 14 June 2028", "2028-06-01..2028-06-14"],
    ["from the 1st to the 14th of June", "2027-06-01..2027-06-14"],
    ["between 1 and 14 June", "2027-06-01..2027-06-14"],
    ["01.06. bis 14.06.", "2027-06-01..2027-06-14"],
    ["vom 1. bis 14. Juni", "2027-06-01..2027-06-14"],
    ["du 1er au 14 juin", "2027-06-01..2027-06-14"],
    ["van 1 tot 14 juni", "2027-06-01..2027-06-14"],
    ["1.-14.6.", "2027-06-01..2027-06-14"],
    ["1/6 - 14/6", "2027-06-01..2027-06-14"],
    ["3/6 to 16/6/27", "2027-06-03..2027-06-16"],
    ["1.6.27 to 14.6.27", "2027-06-01..2027-06-14"],
    ["june first to june fourteenth", "2027-06-01..2027-06-14"],
    ["first two weeks of June", "2027-06-01..2027-06-14"],
    ["the last week of May", "2027-05-25..2027-05-31"],
    ["second week of March", "2027-03-08..2027-03-14"],
    ["first half of April", "2027-04-01..2027-04-15"],
    ["second half of February", "2027-02-15..2027-02-28"],
    ["a fortnight from the 1st", "2026-12-01..2026-12-14"],
    ["for two weeks from 3 May", "2027-05-03..2027-05-16"],
    ["3 May for a month", "2027-05-03..2027-06-02"],
    ["ten days starting April 5", "2027-04-05..2027-04-14"],
    ["from 10 May until 23 May", "2027-05-10..2027-05-23"],
    ["from 1 June until the end of the month", "2027-06-01..2027-06-30"],
    ["next four weeks", "2026-11-23..2026-12-20"],
    ["next week", "2026-11-23..2026-11-29"],
    ["next month", "2026-12-01..2026-12-31"],
    ["next quarter", "2027-01-01..2027-03-31"],
    ["Q1", "2027-01-01..2027-03-31"],
    ["Q2/28", "2028-04-01..2028-06-30"],
    ["first half of 2027", "2027-01-01..2027-06-30"],
    ["H1 2027", "2027-01-01..2027-06-30"],
    ["June next year", "2027-06-01..2027-06-30"],
    ["CW 24–25", "2027-06-14..2027-06-27"],
    ["KW 24 bis 25", "2027-06-14..2027-06-27"],
    ["calendar week 1", "2027-01-04..2027-01-10"],
    ["ISO week 53 of 2026", "2026-12-28..2027-01-03"],
    ["weeks 24 and 25", "2027-06-14..2027-06-27"],
    ["two weeks from CW 24", "2027-06-14..2027-06-27"],
    ["week commencing 7 June", "2027-06-07..2027-06-13"],
    ["the two weeks before Easter", "2027-03-14..2027-03-27"],
    ["Easter week", "2027-03-22..2027-03-28"],
    ["20 December to 10 January", "2026-12-20..2027-01-10"],
    ["Monday 7 June to Sunday 20 June", "2027-06-07..2027-06-20"],
    ["early June", "2027-06-01..2027-06-10"],
    ["mid-June", "2027-06-11..2027-06-20"],
    ["from 29 February to 7 March", "2028-02-29..2028-03-07"],
  ])("%s", (text, want) => {
    expect(range(text, "future")).toBe(want);
  });

  it("counts a plain week in the account's own calendar", () => {
    expect(range("week 42", "future", "Cormorant Hyper")).toBe("2027-11-14..2027-11-20");
    expect(range("week 42", "future", "Albion Fresh")).toBe("2027-10-18..2027-10-24");
    expect(range("CW 42", "future", "Cormorant Hyper")).toBe("2027-10-18..2027-10-24");
    expect(range("week 42 of 2026", "future", "Cormorant Hyper")).toBe("2026-11-15..2026-11-21");
  });

  it("says which year and which days it took", () => {
    const reading = readSentence("from 1 to 14 June", demoLexicon, "chat");
    expect(
      planDates(reading.dates, frameOf(demoLexicon, "future", undefined), undefined, false).notes.join(),
    ).toContain("1–14 June 2027");
    const week = readSentence("week 42", demoLexicon, "chat");
    const { notes } = planDates(
      week.dates,
      frameOf(demoLexicon, "future", "Cormorant Hyper"),
      "Cormorant Hyper",
      false,
    );
    expect(notes.join()).toContain("Cormorant Hyper's own calendar is 14–20 November 2027");
  });

  it("takes a month as the time of the year only, where days are needed", () => {
    const reading = readSentence("in June", demoLexicon, "chat");
    expect(planDates(reading.dates, frameOf(demoLexicon, "future", undefined), undefined, false).start).toBeUndefined();
  });
});

describe("history: the dates that lie behind", () => {
  it.each([
    ["last quarter", "2026-07-01..2026-09-30"],
    ["last year", "2025-01-01..2025-12-31"],
    ["last month", "2026-10-01..2026-10-31"],
    ["in June", "2026-06-01..2026-06-30"],
    ["in Q4", "2026-10-01..2026-12-31"],
    ["in November", "2026-11-01..2026-11-30"],
    ["in December", "2025-12-01..2025-12-31"],
    ["on 30 November", "2025-11-30..2025-11-30"],
    ["in October", "2026-10-01..2026-10-31"],
    ["last 6 months", "2026-05-22..2026-11-21"],
    ["last twelve months", "2025-11-22..2026-11-21"],
    ["last 8 weeks", "2026-09-21..2026-11-15"],
    ["since June", "2026-06-01..2026-11-21"],
    ["year to date", "2026-01-01..2026-11-21"],
    ["in 2025", "2025-01-01..2025-12-31"],
    ["last summer", "2026-06-01..2026-08-31"],
    ["last year's Easter", "2025-04-20..2025-04-21"],
    ["yesterday", "2026-11-20..2026-11-20"],
    ["on Tuesday", "2026-11-17..2026-11-17"],
    ["two weeks ago", "2026-11-07..2026-11-07"],
    ["this year", "2026-01-01..2026-12-31"],
    ["in the second quarter", "2026-04-01..2026-06-30"],
  ])("%s", (text, want) => {
    expect(range(text, "past")).toBe(want);
  });
});

it("counts what lies ahead from the end of the data where that lies long before today", () => {
  const old = { ...demoLexicon, planningToday: "2001-03-01" };
  const reading = readSentence("in the next four weeks", old, "chat");
  expect(planDates(reading.dates, frameOf(old, "future", undefined), undefined, true)).toMatchObject({
    start: "2001-03-05",
    end: "2001-04-01",
  });
});

it("reads month first where the firm does", () => {
  const american = { ...demoLexicon, locale: { dayFirst: false } };
  const reading = readSentence("6/1 to 6/14", american, "chat");
  expect(planDates(reading.dates, frameOf(american, "future", undefined), undefined, true)).toMatchObject({
    start: "2027-06-01",
    end: "2027-06-14",
  });
});

it("takes 'the January one' as the promotion in January, and 'january one' as a day", () => {
  const grain = (text: string) => {
    const [mention] = readSentence(text, demoLexicon, "chat").dates;
    return mention && "span" in mention ? mention.span.grain : undefined;
  };
  expect(grain("submit the January one")).toBe("month");
  expect(grain("it begins on january one")).toBe("day");
});
