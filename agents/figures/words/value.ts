import { formatFigure } from "../../../data/common/format.ts";
import { direction } from "./claims.ts";
import type { Leaf } from "./leaves.ts";
import type { Place } from "./meaning.ts";
import { WORDS } from "./wordList.ts";

/** What is written in the place of a piece of text. */
export interface Change {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** How a number that says this value is to be written in its place, or null where it says another. */
export function saysValue({ lead, tail, number }: Place, leaf: Leaf): Change | null {
  const scale = leaf.measure.unit === "%" || leaf.measure.unit === "pp" ? 100 : 1;
  const value = leaf.value * scale;
  const ours = shown(leaf);
  const points = direction(lead, tail);
  const loose =
    number.rounded ||
    [...lead.matchAll(WORDS.about)].some((m) => /^[\s~≈]*$/.test(lead.slice(m.index + m[0].length))) ||
    /[~≈]\s?$/.test(lead);
  const isIt = (said: number, decimals: number): boolean => {
    const step = 10 ** -decimals;
    if (Math.abs(said - ours.value) < 1e-9) return true;
    if (decimals >= ours.decimals && Math.abs(said - value) <= step / 2 + 1e-9) return true;
    const digits = String(Math.abs(said)).replace(/^0\.?0*|0+$|\./g, "").length;
    const last = number.rounded || decimals === 0 ? lastPlace(said) : step;
    return loose && digits >= 2 && Math.abs(said - value) <= last / 2;
  };
  const here = (said: string): Change => ({ start: number.start, end: number.end, text: said });
  const word = points.before || points.after;
  const straight = number.values.some((said, i) => isIt(said, number.decimals[i]!));
  if (straight) {
    // "Up 5 %" says a change, and which way; a level that rose "to 5 %" has no such word right beside it.
    if (word && !leaf.measure.signed) return leaf.measure.change || points.before ? null : here(leaf.text);
    if (word && leaf.measure.signed && Math.sign(value) !== word && value !== 0) return null;
    return here(leaf.text);
  }
  const turned = value < 0 && word < 0 && number.values.some((said, i) => said > 0 && isIt(-said, number.decimals[i]!));
  if (!turned || !leaf.measure.signed) return null;
  // "fell by 5 %" → "fell (-5 %)": the figure keeps its own sign.
  const by = /\s(?:by|of)\s*$/i.exec(lead)?.[0].length ?? 0;
  return { start: number.start - by, end: number.end, text: `${by ? " " : ""}(${leaf.text})` };
}

/** The number as our own text shows it. */
function shown(leaf: Leaf): { value: number; decimals: number } {
  const digits = formatFigure(leaf.value, leaf.unit).replace(/[^\d.-]/g, "");
  return { value: Number(digits), decimals: digits.split(".")[1]?.length ?? 0 };
}

/** The value of the last digit that is not a filling zero: 1,200 was rounded to hundreds. */
function lastPlace(value: number): number {
  let step = 1;
  while (value % (step * 10) === 0 && step < 1e12) step *= 10;
  return step;
}
