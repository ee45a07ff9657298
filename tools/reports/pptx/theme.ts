import { dateInWords } from "../../../data/common/format.ts";
import type { Report } from "../report.ts";
import type { Slide } from "./library.ts";

/** Inches of a wide slide. */
export const WIDTH = 13.33;
export const MARGIN = 0.6;
export const ACCENT = "1F3A5F";
export const INK = "222222";
export const MUTED = "666666";
export const PALE = "EAF0F7";
export const COLOURS = ["1F6FB2", "E07B39", "4C9F70", "8E6BB0", "C0504D", "5B9BA6", "B8860B", "7F7F7F"];

/** The title above, and below where the figures come from, of which day, and the slide's number. */
export function addFrame(slide: Slide, title: string, report: Report, source: string | null): void {
  slide.addText(title, {
    x: MARGIN,
    y: 0.3,
    w: WIDTH - 2 * MARGIN,
    h: 0.7,
    fontSize: 24,
    bold: true,
    color: ACCENT,
    fit: "shrink",
    margin: 0,
  });
  const from = source === null ? "" : `Source: ${source} · `;
  slide.addText(`${report.title} · ${from}as of ${dateInWords(report.asOf)}`, {
    x: MARGIN,
    y: 7.0,
    w: WIDTH - 2 * MARGIN - 1,
    h: 0.3,
    fontSize: 10,
    color: MUTED,
    margin: 0,
  });
  slide.slideNumber = { x: WIDTH - MARGIN - 0.6, y: 7.0, w: 0.6, h: 0.3, fontSize: 10, color: MUTED, align: "right" };
}
