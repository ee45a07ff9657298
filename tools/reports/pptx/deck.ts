import { dateInWords, periodInWords } from "../../../data/common/format.ts";
import type { Report } from "../report.ts";
import { writtenFigure, writtenWords } from "../written.ts";

import { type Deck, newDeck } from "./library.ts";
import { sameBytes } from "./sameBytes.ts";
import { addSections } from "./tableSlides.ts";
import { ACCENT, addFrame, INK, MARGIN, MUTED, PALE, WIDTH } from "./theme.ts";

const CARDS_ACROSS = 3;

function addCover(deck: Deck, report: Report): void {
  const slide = deck.addSlide();
  slide.background = { color: ACCENT };
  slide.addText(report.title, {
    x: 0.8,
    y: 2.4,
    w: WIDTH - 1.6,
    h: 1.3,
    fontSize: 38,
    bold: true,
    color: "FFFFFF",
    fit: "shrink",
    valign: "bottom",
  });
  slide.addText(periodInWords(report.period), {
    x: 0.8,
    y: 3.8,
    w: WIDTH - 1.6,
    h: 0.5,
    fontSize: 20,
    color: "DCE6F2",
  });
  const taken = report.assumptions.length ? ` Taken: ${report.assumptions.join("; ")}.` : "";
  slide.addText(`As of ${dateInWords(report.asOf)}.${taken}`, {
    x: 0.8,
    y: 4.35,
    w: WIDTH - 1.6,
    h: 0.5,
    fontSize: 14,
    color: "DCE6F2",
  });
}

/** The key figures as cards over the sentences that the sections lead with. */
function addSummary(deck: Deck, report: Report): void {
  const sentences = report.sections.flatMap((s) => {
    const words = s.rows.length ? writtenWords(s) : "";
    if (!words) return [];
    const title = words.startsWith(s.title) ? [] : [{ text: `${s.title}: `, options: { bold: true } }];
    return [...title, { text: words, options: { breakLine: true } }];
  });
  if (!report.figures.length && !sentences.length) return;
  const slide = deck.addSlide();
  addFrame(slide, "At a glance", report, null);
  const width = (WIDTH - 2 * MARGIN - 0.3 * (CARDS_ACROSS - 1)) / CARDS_ACROSS;
  const figures = report.figures.slice(0, 2 * CARDS_ACROSS);
  figures.forEach((figure, i) => {
    const x = MARGIN + (i % CARDS_ACROSS) * (width + 0.3);
    const y = 1.25 + Math.floor(i / CARDS_ACROSS) * 1.45;
    slide.addShape("rect", { x, y, w: width, h: 1.25, fill: { color: PALE } });
    slide.addText(writtenFigure(figure), {
      x,
      y: y + 0.1,
      w: width,
      h: 0.65,
      align: "center",
      fontSize: 26,
      bold: true,
      color: ACCENT,
      fit: "shrink",
    });
    slide.addText(figure.label, { x, y: y + 0.75, w: width, h: 0.4, align: "center", fontSize: 13, color: MUTED });
  });
  const top = 1.25 + Math.ceil(figures.length / CARDS_ACROSS) * 1.45 + 0.1;
  if (sentences.length)
    slide.addText(sentences, {
      x: MARGIN,
      y: top,
      w: WIDTH - 2 * MARGIN,
      h: 6.7 - top,
      fontSize: 14,
      color: INK,
      valign: "top",
      paraSpaceAfter: 6,
      fit: "shrink",
    });
}

/** What was taken, what is missing, how to read it, and the sections that hold nothing. */
function addNotes(deck: Deck, report: Report): void {
  const block = (title: string, items: readonly string[]) =>
    items.length
      ? [
          { text: title, options: { bold: true, breakLine: true } },
          ...items.map((text) => ({ text, options: { bullet: true, breakLine: true } })),
        ]
      : [];
  const empty = report.sections.filter((s) => !s.rows.length).map((s) => `${s.title}: ${s.empty}`);
  const lines = [
    ...block("Taken without being asked", report.assumptions),
    ...block("Missing", [...report.missing, ...empty]),
    ...block("How to read it", [...new Set(report.sections.flatMap((s) => s.notes))]),
    ...block("Sources", [...new Set(report.sections.map((s) => s.source))]),
  ];
  if (!lines.length) return;
  const slide = deck.addSlide();
  addFrame(slide, "What this rests on", report, null);
  slide.addText(lines, {
    x: MARGIN,
    y: 1.2,
    w: WIDTH - 2 * MARGIN,
    h: 5.5,
    fontSize: 14,
    color: INK,
    valign: "top",
    paraSpaceAfter: 4,
    fit: "shrink",
  });
}

/** Slides: a cover, the key figures, each section as a native chart and tables, and what it rests on. */
export async function toPptx(report: Report): Promise<Buffer> {
  const deck = newDeck();
  deck.layout = "LAYOUT_WIDE";
  deck.title = report.title;
  deck.author = "kam";
  addCover(deck, report);
  addSummary(deck, report);
  addSections(deck, report);
  addNotes(deck, report);
  return sameBytes((await deck.write({ outputType: "nodebuffer" })) as Buffer, report.asOf);
}
