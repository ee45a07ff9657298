import { formatFigure } from "../../../data/common/format.ts";

/** Depths that are looked at together, fractions of what a shopper saves on average; `to` null is any deeper one. */
export interface DepthBand {
  readonly from: number;
  readonly to: number | null;
  /** "15 % to 25 %" */
  readonly words: string;
}

const percent = (depth: number): string => formatFigure(depth, "%");
const between = (from: number, to: number): DepthBand => ({ from, to, words: `${percent(from)} to ${percent(to)}` });
const NOTHING_OFF: DepthBand = { from: 0, to: 0, words: "no price cut" };

/** Bands ten points wide, each around a usual level of discount; nothing off (a display or a feature alone) is one of its own. */
const CUTS: readonly DepthBand[] = [
  { from: 0, to: 0.15, words: `under ${percent(0.15)}` },
  between(0.15, 0.25),
  between(0.25, 0.35),
  { from: 0.35, to: null, words: `${percent(0.35)} or deeper` },
];
export const DEPTH_BANDS: readonly DepthBand[] = [NOTHING_OFF, ...CUTS];

/** Depths come out of divisions: 0.15 is in the band that begins with it. */
const SLACK = 1e-6;

/** The band of a depth: its lower end belongs to it, its upper end to the next. */
export function bandOf(depth: number): DepthBand {
  if (depth <= SLACK) return NOTHING_OFF;
  return CUTS.find((band) => band.to === null || depth < band.to - SLACK)!;
}
