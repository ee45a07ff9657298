import { MECHANIC_WORDS, supportWords } from "../../../data/promotions/words.ts";
import { blackoutWeeks, promotionCalendar, type ReportScope } from "../../../data/reports/reports.service.ts";
import type { Section } from "../report.ts";
import { section } from "../section.ts";
import { money, PROMOTION, type Reader, text, units } from "./columns.ts";

/** Promotions on the shelf in the period, with their plan and what they hold of a fund. */
export async function calendarSection(
  { actor, store }: Reader,
  scope: ReportScope,
  title = "Promotions",
): Promise<Section> {
  const rows = (await promotionCalendar(actor, store, scope)).map((row) => ({
    ...row,
    mechanic: MECHANIC_WORDS[row.mechanic].short,
    support: supportWords({ feature: row.feature === 1, display: row.display === 1 }),
  }));
  return section({
    id: "calendar",
    title,
    columns: [
      ...PROMOTION,
      { key: "buy_in_start", label: "Buy-in from", unit: "date", detail: true },
      { key: "buy_in_end", label: "Buy-in to", unit: "date", detail: true },
      { key: "notice_by", label: "Notice by", unit: "date", detail: true },
      text("mechanic", "Mechanic"),
      { key: "discount", label: "Discount", unit: "%" },
      text("support", "Support"),
      text("status", "State"),
      units("planned_units", "Planned units"),
      money("spend", "Booked spend"),
      { key: "version", label: "Version", unit: "count", detail: true },
    ],
    rows,
    words: ["Promotions: ", { rows: true }, ", with ", { column: "spend", unknown: "an unknown amount" }, " booked."],
    empty: "No promotion lies in this period.",
    source: "v_promotion",
    chart: {
      kind: "timeline",
      title: "Promotion calendar",
      label: "name",
      values: ["start", "end"],
      colour: "account",
    },
    dated: [
      { kind: "in-store", title: "", name: "name", id: ["promotion"], from: "start", to: "end" },
      { kind: "buy-in", title: "Buy-in: ", name: "name", id: ["promotion"], from: "buy_in_start", to: "buy_in_end" },
      {
        ...{ kind: "notice", title: "Last day of notice: ", name: "name", id: ["promotion"] },
        ...{ from: "notice_by", to: "notice_by", since: store.today },
      },
    ],
  });
}

/** Weeks in which the contracts allow no promotion. */
export async function blackoutSection({ actor, store }: Reader, scope: ReportScope): Promise<Section> {
  return section({
    id: "blackouts",
    title: "Blackout weeks",
    columns: [
      text("account", "Account"),
      { key: "start", label: "From", unit: "date" },
      { key: "end", label: "To", unit: "date" },
      { key: "reason", label: "Reason", unit: "quote" },
    ],
    rows: await blackoutWeeks(actor, store, scope),
    empty: "No blackout lies in this period.",
    source: "contracts",
    dated: [
      {
        kind: "blackout",
        title: "No promotions: ",
        name: "account",
        id: ["account", "start"],
        from: "start",
        to: "end",
      },
    ],
  });
}
