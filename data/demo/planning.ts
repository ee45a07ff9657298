import { ACCOUNTS } from "./accounts.ts";
import { blank, Calendar } from "./calendar.ts";
import { dress } from "./dress.ts";
import { plantFailures } from "./failures.ts";
import { type Frame, HISTORY } from "./frame.ts";
import { plantLastEvents } from "./last.ts";
import type { Parameters } from "./parameters.ts";
import { fillCombo } from "./past.ts";
import { BRANDS } from "./products.ts";
import { random } from "./random.ts";
import { type DemoEvent, lastWeekOf } from "./types.ts";
import { planAhead } from "./upcoming.ts";

/** Weeks after its end in which a promotion is still only accrued: claims come late. */
const SETTLING = 8;
const CANCELLED = 5;

/** The whole calendar, by start: some 300 promotions of the past and about 20 that run or are planned. */
export function planPromotions(frame: Frame, parameters: Parameters): readonly DemoEvent[] {
  const calendar = new Calendar(frame);
  const lastWeeks = plantLastEvents(calendar);
  planAhead(calendar, parameters);
  const combos = ACCOUNTS.flatMap((account, a) =>
    BRANDS.flatMap((brand, b) => (account.code === "HAR" && brand.category < 2 ? [] : [{ a, b }])),
  );
  for (const { a, b } of random("combos").shuffle(combos)) fillCombo(calendar, parameters, a, b, lastWeeks[a]!);
  calendar.events.sort((x, y) => x.start - y.start);
  plantFailures(calendar, parameters, lastWeeks);
  addCancelled(calendar, parameters, lastWeeks);
  for (const event of calendar.events)
    if (event.status === "closed" && lastWeekOf(event) >= HISTORY - SETTLING) event.status = "ended";
  return calendar.events.sort((x, y) => x.start - y.start || x.account - y.account || x.brand - y.brand);
}

/** Some that were planned and called off: they moved nothing. */
function addCancelled(calendar: Calendar, parameters: Parameters, lastWeeks: readonly number[]): void {
  const draw = random("cancelled");
  for (let i = 0, count = 0; i < 300 && count < CANCELLED; i++) {
    const a = draw.int(0, ACCOUNTS.length - 1);
    const [b, start] = [draw.int(0, BRANDS.length - 1), draw.int(30, HISTORY - 6)];
    if (start + 1 > lastWeeks[a]! || !calendar.fits(a, b, start, 2, 1)) continue;
    const event = blank(a, b, start, 2);
    event.status = "cancelled";
    dress(calendar.frame, parameters, draw, event, "tpr", draw.pick([0.15, 0.2]));
    calendar.add(event);
    count++;
  }
}
