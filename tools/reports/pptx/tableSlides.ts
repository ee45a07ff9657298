import type { Column, Report, Row, Section } from "../report.ts";
import { columnShares, isNumeric, shownColumns, writtenCell, writtenWords } from "../written.ts";
import { addSectionChart, drawsWell } from "./chartSlide.ts";
import type { CellLook, Deck, Slide, TableRow } from "./library.ts";
import { ACCENT, addFrame, INK, MARGIN, MUTED, PALE, WIDTH } from "./theme.ts";

/** Rows that fit on a slide, and slides that a section may take: whoever wants more wants the workbook. */
const ROWS = 14;
const SLIDES = 3;
const ROOM = WIDTH - 2 * MARGIN;
const ROW_HEIGHT = 0.35;
const HEADER_HEIGHT = 0.5;
const TOP = 1.2;
const FOOT = 6.7;
/** Inches of a character, by the points of its height. */
const CHARACTER = 0.0085;
const RULE = { type: "solid", pt: 0.5, color: "D0D7E2" } as const;

const lines = (rows: number, total: boolean): number => HEADER_HEIGHT + (rows + (total ? 1 : 0)) * ROW_HEIGHT;
/** A table with its sentence, and its name where it shares the slide. */
const heightOf = (s: Section): number => 0.85 + lines(s.rows.length, s.total !== null);

/** Every section that holds something: its chart and its tables; small tables that follow each other share a slide. */
export function addSections(deck: Deck, report: Report): void {
  let small: Section[] = [];
  const flush = (): void => {
    if (small.length === 1) addTables(deck, report, small[0]!);
    else if (small.length) addShared(deck, report, small);
    small = [];
  };
  for (const section of report.sections.filter((s) => s.rows.length > 0)) {
    if (drawsWell(section) || heightOf(section) > FOOT - TOP) {
      flush();
      if (drawsWell(section)) addSectionChart(deck, report, section);
      addTables(deck, report, section);
      continue;
    }
    if (small.reduce((sum, s) => sum + heightOf(s), heightOf(section)) > FOOT - TOP) flush();
    small.push(section);
  }
  flush();
}

/** Several small sections, one under the other. */
function addShared(deck: Deck, report: Report, sections: readonly Section[]): void {
  const slide = deck.addSlide();
  const source = [...new Set(sections.map((s) => s.source))].join(", ");
  addFrame(slide, sections.map((s, i) => (i ? s.title.toLowerCase() : s.title)).join(", "), report, source);
  let y = TOP;
  for (const section of sections) {
    const words = writtenWords(section);
    const title = { text: section.title, options: { bold: true, color: ACCENT } };
    slide.addText([title, { text: words ? `   ${words}` : "", options: { color: INK } }], {
      ...{ x: MARGIN, y, w: ROOM, h: 0.35, fontSize: 14, margin: 0 },
    });
    addTable(slide, section, section.rows, section.total, y + 0.4);
    y += heightOf(section);
  }
}

/** A section's rows as tables, so many to a slide, the totals under the last. */
function addTables(deck: Deck, report: Report, section: Section): void {
  const shown = section.rows.slice(0, ROWS * SLIDES);
  const pages = Math.ceil(shown.length / ROWS);
  const each = Math.ceil(shown.length / pages);
  for (let page = 0; page < pages; page++) {
    const slide = deck.addSlide();
    const of = pages > 1 ? ` (${page + 1} of ${pages})` : "";
    addFrame(slide, `${section.title}${of}`, report, section.source);
    const words = page === 0 && !drawsWell(section) ? writtenWords(section) : "";
    if (words) slide.addText(words, { x: MARGIN, y: 0.85, w: ROOM, h: 0.35, fontSize: 14, color: INK, margin: 0 });
    const last = page === pages - 1;
    addTable(slide, section, shown.slice(page * each, (page + 1) * each), last ? section.total : null, TOP);
    if (last && shown.length < section.rows.length)
      slide.addText(`The first ${shown.length} of ${section.rows.length} rows; the workbook holds all of them.`, {
        ...{ x: MARGIN, y: FOOT, w: ROOM, h: 0.28, fontSize: 11, italic: true, color: MUTED, margin: 0 },
      });
  }
}

function addTable(slide: Slide, section: Section, rows: readonly Row[], total: Row | null, y: number): void {
  const columns = shownColumns(section);
  const fontSize = columns.length > 9 ? 10 : 12;
  const shares = columnShares(section, columns, ROOM / (fontSize * CHARACTER));
  slide.addTable(tableRows(columns, rows, total), {
    x: MARGIN,
    y,
    w: ROOM,
    colW: shares.map((share) => share * ROOM),
    rowH: [HEADER_HEIGHT, ...Array<number>(rows.length + (total ? 1 : 0)).fill(ROW_HEIGHT)],
    fontSize,
    color: INK,
    valign: "middle",
    border: RULE,
    margin: [0.02, 0.06, 0.02, 0.06],
  });
}

function tableRows(columns: readonly Column[], rows: readonly Row[], total: Row | null): TableRow[] {
  const cell = (column: Column, text: string, more: CellLook = {}) => ({
    text,
    options: { align: isNumeric(column) ? ("right" as const) : ("left" as const), ...more },
  });
  const sum = (column: Column, i: number, sums: Row): string =>
    i === 0 ? "Total" : sums[column.key] == null ? "" : writtenCell(column, sums);
  const header = columns.map((c) => cell(c, c.label, { bold: true, color: "FFFFFF", fill: { color: ACCENT } }));
  const body = rows.map((row) => columns.map((c) => cell(c, writtenCell(c, row))));
  const foot = total ? [columns.map((c, i) => cell(c, sum(c, i, total), { bold: true, fill: { color: PALE } }))] : [];
  return [header, ...body, ...foot];
}
