import { ACCOUNTS } from "./accounts.ts";
import { blank, type Calendar } from "./calendar.ts";
import { dress } from "./dress.ts";
import { type Frame, HISTORY } from "./frame.ts";
import { chooseMechanic } from "./offers.ts";
import type { Parameters } from "./parameters.ts";
import { BRANDS, CATEGORIES, PRODUCTS } from "./products.ts";
import { type Random, random } from "./random.ts";
import type { Mechanic } from "./types.ts";

/** A brand that loses ground at an account is promoted more, and deeper: the plans are no experiment. */
const weakness = (parameters: Parameters, brand: number): number => {
  const own = PRODUCTS.flatMap((product, p) => (product.brand === brand ? [parameters.trend[p]!] : []));
  return -own.reduce((sum, trend) => sum + trend, 0) / own.length;
};

/** Kestrel is promoted most, and at Bramley so often, and with so little going wrong, that its depths can be told apart. */
export const isStudied = (account: number, brand: number): boolean =>
  ACCOUNTS[account]!.code === "BRA" && BRANDS[brand]!.name === "Kestrel";

/** Some five promotions of a brand at an account, spread over the three years. */
export function fillCombo(calendar: Calendar, parameters: Parameters, a: number, b: number, last: number): void {
  const draw = random("plan", a, b);
  const account = ACCOUNTS[a]!;
  const weak = weakness(parameters, b);
  // One of them may stand already: an account's last.
  const planted = calendar.events.filter((e) => e.account === a && e.brand === b && e.start < HISTORY).length;
  const wanted =
    Math.round(
      account.pace + 7 * weak + draw.uniform(-0.6, 0.6) + (isStudied(a, b) ? 5 : BRANDS[b]!.name === "Kestrel" ? 1 : 0),
    ) - planted;
  const placed: { start: number; weeks: number; mechanic: Mechanic; score: number }[] = [];
  for (let i = 0; i < wanted; i++) {
    const mechanic = isStudied(a, b) && draw.chance(0.8) ? "tpr" : chooseMechanic(draw, account);
    const weeks =
      mechanic === "edlp"
        ? 6
        : draw.weighted([
            [1, 0.25],
            [2, 0.5],
            [3, 0.25],
          ] as const);
    const slot = (last + 1) / wanted;
    const start = bestStart(calendar, draw, a, b, weeks, slot * i, slot * (i + 1), last);
    if (start === null) continue;
    const score = 1.2 * soon(calendar.frame, start) + 6 * weak + draw.uniform(0, 1.2);
    placed.push({ start, weeks, mechanic, score });
    calendar.add(blank(a, b, start, weeks));
  }
  // Every level of depth is tried, the deep ones where a holiday is near.
  const levels = [0.1, 0.15, 0.2, 0.25, 0.3, ...(account.maxDiscount >= 0.35 ? [0.35] : [])];
  const depths = draw
    .shuffle([...levels, ...draw.shuffle(levels.slice(0, 5))].slice(0, placed.length))
    .sort((x, y) => x - y);
  placed.sort((x, y) => x.score - y.score);
  placed.forEach((slot, rank) => {
    const event = calendar.events.find((e) => e.account === a && e.brand === b && e.start === slot.start)!;
    dress(calendar.frame, parameters, draw, event, slot.mechanic, depths[rank]!);
  });
}

/** 1 in the weeks up to a shopping holiday, 0 elsewhere. */
const soon = (frame: Frame, week: number): number => (frame.holidayIn[week]! <= 3 ? 1 : 0);

function bestStart(
  calendar: Calendar,
  draw: Random,
  a: number,
  b: number,
  weeks: number,
  from: number,
  to: number,
  last: number,
): number | null {
  const category = BRANDS[b]!.category;
  let best: { start: number; score: number } | null = null;
  const consider = (low: number, high: number): void => {
    for (let start = Math.max(2, Math.ceil(low)); start < high && start + weeks - 1 <= last; start++) {
      if (!calendar.fits(a, b, start, weeks)) continue;
      const score = 0.15 * soon(calendar.frame, start) + warm(calendar.frame, category, start) + draw.uniform(0, 1.3);
      if (!best || score > best.score) best = { start, score };
    }
  };
  consider(from, to);
  if (!best) consider(from - 12, to + 12);
  return (best as { start: number } | null)?.start ?? null;
}

/** Ice cream is promoted in summer, as everywhere. */
const warm = (frame: Frame, category: number, week: number): number =>
  CATEGORIES[category]!.name === "Ice cream" && /-0[5678]-/.test(frame.weeks[week]!) ? 0.7 : 0;
