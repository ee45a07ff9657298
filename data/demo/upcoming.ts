import { addDays } from "../common/dates.ts";
import { ACCOUNTS } from "./accounts.ts";
import { blank, type Calendar } from "./calendar.ts";
import { dress } from "./dress.ts";
import { HISTORY } from "./frame.ts";
import { chooseMechanic } from "./offers.ts";
import type { Parameters } from "./parameters.ts";
import { BRANDS } from "./products.ts";
import { type Random, random } from "./random.ts";
import type { DemoEvent, Mechanic, Status } from "./types.ts";

const RUNNING = 4;
const TOTAL = 20;

/** About 20 promotions that run or are planned, none of them past the end of the next quarter. */
export function planAhead(calendar: Calendar, parameters: Parameters): void {
  const draw = random("ahead");
  const { frame } = calendar;
  let count = 0;
  for (const a of oneOfEachFirst(draw)) {
    if (count >= RUNNING) break;
    if (placeRunning(calendar, parameters, draw, a)) count++;
  }
  // In turn, so that every KAM has some of each; drafts start late enough for the notice still to be given.
  const states: Status[] = ["approved", "submitted", "draft", "approved", "draft", "approved", "submitted", "draft"];
  for (let i = 0; count < TOTAL && i < 200; i++) {
    const status = states[i % states.length]!;
    const a = (i + Math.floor(i / 8)) % ACCOUNTS.length;
    const brand = draw.int(0, BRANDS.length - 1);
    const mechanic = chooseMechanic(draw, ACCOUNTS[a]!);
    const weeks = mechanic === "edlp" ? 5 : draw.int(1, 2);
    const earliest = frame.weeks.findIndex(
      (monday) => monday >= addDays(frame.today, status === "approved" ? 3 : ACCOUNTS[a]!.noticeDays + 4),
    );
    const latest = frame.planEnd - weeks + 1;
    if (latest < earliest) continue;
    const start =
      status === "approved" ? draw.int(earliest, Math.round((earliest + latest) / 2)) : draw.int(earliest, latest);
    if (add(calendar, parameters, draw, { a, brand, start, weeks, mechanic, status })) count++;
  }
}

/** The accounts in some order that begins with one of every KAM's. */
function oneOfEachFirst(draw: Random): number[] {
  const mixed = draw.shuffle(ACCOUNTS.map((_, a) => a));
  const first = [...new Set(ACCOUNTS.map(({ owner }) => owner))].map(
    (owner) => mixed.find((a) => ACCOUNTS[a]!.owner === owner)!,
  );
  return [...first, ...mixed.filter((a) => !first.includes(a))];
}

/** One that today lies in, as a whole number of weeks: from last Monday or the one before. */
function placeRunning(calendar: Calendar, parameters: Parameters, draw: Random, a: number): boolean {
  for (const brand of draw.shuffle(BRANDS.map((_, i) => i)))
    for (const [start, weeks] of [
      [HISTORY - 1, 2],
      [HISTORY, 2],
      [HISTORY, 1],
    ] as const)
      if (add(calendar, parameters, draw, { a, brand, start, weeks, mechanic: "tpr", status: "running" })) return true;
  return false;
}

interface Wish {
  readonly a: number;
  readonly brand: number;
  readonly start: number;
  readonly weeks: number;
  readonly mechanic: Mechanic;
  readonly status: Status;
}

function add(calendar: Calendar, parameters: Parameters, draw: Random, wish: Wish): boolean {
  if (!calendar.fits(wish.a, wish.brand, wish.start, wish.weeks)) return false;
  const event: DemoEvent = blank(wish.a, wish.brand, wish.start, wish.weeks);
  event.status = wish.status;
  const depth = Math.min(ACCOUNTS[wish.a]!.maxDiscount, draw.pick([0.1, 0.15, 0.2, 0.2, 0.25, 0.3]));
  dress(calendar.frame, parameters, draw, event, wish.mechanic, depth);
  calendar.add(event);
  return true;
}
