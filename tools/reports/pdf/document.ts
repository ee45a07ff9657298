import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import pdfmake, { type Content } from "pdfmake";
import { dateInWords, periodInWords } from "../../../data/common/format.ts";
import type { Report, Section } from "../report.ts";
import { columnShares, isNumeric, shownColumns, writtenCell, writtenFigure, writtenWords } from "../written.ts";
import { chartSvg } from "./drawing.ts";

const FONTS = join(dirname(createRequire(import.meta.url).resolve("pdfmake/package.json")), "fonts", "Roboto");
const ACCENT = "#1f3a5f";
const MUTED = "#666666";
/** Points of an A4 page lying on its side, and of its margins. */
const MARGIN = 36;
const ROOM = 842 - 2 * MARGIN;
/** How wide a character is, of its height. */
const CHARACTER = 0.56;

pdfmake.setFonts({
  Roboto: {
    normal: join(FONTS, "Roboto-Regular.ttf"),
    bold: join(FONTS, "Roboto-Medium.ttf"),
    italics: join(FONTS, "Roboto-Italic.ttf"),
    bolditalics: join(FONTS, "Roboto-MediumItalic.ttf"),
  },
});
// What people wrote may look like an address; nothing but the fonts is ever read for a document.
pdfmake.setUrlAccessPolicy(() => false);
pdfmake.setLocalAccessPolicy((path) => path.startsWith(FONTS));

/** Key figures in a row of boxes. */
function cards(report: Report): Content[] {
  if (!report.figures.length) return [];
  const box = (i: number): Content => {
    const figure = report.figures[i]!;
    return {
      stack: [
        { text: writtenFigure(figure), fontSize: 16, bold: true, color: ACCENT },
        { text: figure.label, color: MUTED },
      ],
      fillColor: "#eaf0f7",
      alignment: "center",
      margin: [4, 6, 4, 6],
    };
  };
  const boxes = report.figures.map((_, i) => box(i));
  return [
    { table: { widths: boxes.map(() => "*"), body: [boxes] }, layout: { defaultBorder: false }, margin: [0, 6, 0, 10] },
  ];
}

function table(section: Section): Content {
  const columns = shownColumns(section);
  const size = columns.length > 10 ? 7 : 8;
  const shares = columnShares(section, columns, ROOM / (size * CHARACTER));
  const padding = 8 * columns.length + 2;
  const cell = (text: string, i: number, more: object = {}): Content => ({
    text,
    alignment: isNumeric(columns[i]!) ? "right" : "left",
    ...more,
  });
  const body = [
    columns.map((c, i) => cell(c.label, i, { bold: true, color: "#ffffff", fillColor: ACCENT })),
    ...section.rows.map((row) => columns.map((c, i) => cell(writtenCell(c, row), i))),
  ];
  const { total } = section;
  if (total)
    body.push(
      columns.map((c, i) =>
        cell(i === 0 ? "Total" : total[c.key] == null ? "" : writtenCell(c, total), i, {
          bold: true,
          fillColor: "#eaf0f7",
        }),
      ),
    );
  return {
    table: { headerRows: 1, dontBreakRows: true, widths: shares.map((s) => s * (ROOM - padding)), body },
    layout: { hLineWidth: () => 0.4, vLineWidth: () => 0, hLineColor: () => "#c8d0dc" },
    fontSize: size,
  };
}

async function sectionContent(section: Section): Promise<Content[]> {
  const head = { text: section.title, style: "heading", headlineLevel: 1 };
  if (!section.rows.length) return [head, { text: section.empty, color: MUTED }];
  const words = writtenWords(section);
  const svg = await chartSvg(section);
  return [
    {
      stack: [
        head,
        ...(words ? [{ text: words }] : []),
        { text: [`Source: ${section.source}. `, ...section.notes.map((n) => `${n} `)], style: "small" },
        ...(svg ? [{ svg, alignment: "center", margin: [0, 4, 0, 4] }] : []),
      ],
      unbreakable: true,
      margin: [0, 0, 0, 4],
    },
    table(section),
  ];
}

const list = (title: string, items: readonly string[]): Content[] =>
  items.length ? [{ text: title, style: "heading" }, { ul: [...items] }] : [];

/** A printed report: key figures, each section with its chart and table, headers repeated, pages numbered. */
export async function toPdf(report: Report): Promise<Buffer> {
  const sections = await Promise.all(report.sections.map(sectionContent));
  const taken = report.assumptions.length ? ` Taken: ${report.assumptions.join("; ")}.` : "";
  return pdfmake
    .createPdf({
      pageSize: "A4",
      pageOrientation: "landscape",
      pageMargins: [MARGIN, MARGIN, MARGIN, MARGIN + 8],
      info: {
        title: report.title,
        creator: "kam",
        producer: "kam",
        creationDate: new Date(`${report.asOf}T00:00:00Z`),
      },
      defaultStyle: { font: "Roboto", fontSize: 9 },
      styles: {
        small: { fontSize: 7, color: MUTED, margin: [0, 2, 0, 0] },
        heading: { fontSize: 12, bold: true, color: ACCENT, margin: [0, 12, 0, 4] },
      },
      // A heading never stands alone at the foot of a page.
      pageBreakBefore: (node: { headlineLevel?: number }, nodes: { getFollowingNodesOnPage(): readonly unknown[] }) =>
        node.headlineLevel === 1 && nodes.getFollowingNodesOnPage().length === 0,
      footer: (page: number, pages: number) => ({
        columns: [
          { text: `${report.title} · as of ${dateInWords(report.asOf)}` },
          { text: `${page} / ${pages}`, alignment: "right" },
        ],
        color: MUTED,
        fontSize: 8,
        margin: [MARGIN, 12, MARGIN, 0],
      }),
      content: [
        { text: report.title, fontSize: 20, bold: true, color: ACCENT },
        { text: `${periodInWords(report.period)}. As of ${dateInWords(report.asOf)}.${taken}`, color: MUTED },
        ...cards(report),
        ...sections.flat(),
        ...list("Missing", report.missing),
      ],
    })
    .getBuffer();
}
