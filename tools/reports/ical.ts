import ical, { ICalCalendarMethod } from "ical-generator";
import { addDays } from "../../data/common/dates.ts";
import { KamError } from "../../data/common/errors.ts";
import { foldName } from "../../data/common/names.ts";
import type { Dated, Report, Row, Section } from "./report.ts";
import { clean } from "./text.ts";
import { writtenCell } from "./written.ts";

const LONGEST = 500;
const dayOf = (iso: string): Date => new Date(`${iso}T00:00:00Z`);

/** What else is known of the entry, a line each. */
const details = (section: Section, row: Row, dated: Dated): string =>
  section.columns
    .filter((c) => c.key !== dated.name && c.key !== "version" && row[c.key] != null && row[c.key] !== "")
    .map((c) => `${c.label}: ${writtenCell(c, row)}`)
    .join("\n");

/**
 * The dated rows of a report as iCalendar (RFC 5545): whole days, the end exclusive; an entry keeps its id, and its sequence grows
 * with the promotion's version, so that importing it again moves what was moved.
 * @throws KamError bad_input where the report has no dates to put into a calendar
 */
export function toIcs(report: Report): string {
  const sections = report.sections.filter((s) => s.dated.length > 0);
  if (!sections.length)
    throw new KamError(
      "bad_input",
      "Only the promotion calendar and the joint business plan have dates for a calendar; ask for either as iCalendar.",
    );
  const calendar = ical({
    name: clean(report.title, LONGEST),
    prodId: { company: "kam", product: "promotion calendar" },
    method: ICalCalendarMethod.PUBLISH,
  });
  for (const section of sections)
    for (const dated of section.dated)
      for (const row of section.rows) {
        const from = row[dated.from];
        const to = row[dated.to];
        if (typeof from !== "string" || typeof to !== "string" || (dated.since !== undefined && from < dated.since))
          continue;
        calendar.createEvent({
          id: `${[...dated.id.map((key) => foldName(String(row[key]))), dated.kind].join("-").replaceAll(" ", "-")}@kam`,
          allDay: true,
          start: dayOf(from),
          end: dayOf(addDays(to, 1)),
          summary: clean(`${dated.title}${row[dated.name]}`, LONGEST),
          description: clean(details(section, row, dated), 4 * LONGEST),
          location: clean(String(row.account ?? ""), LONGEST),
          sequence: Number(row.version ?? 0),
          stamp: dayOf(report.asOf),
        });
      }
  return calendar.toString();
}
