import { ACCOUNTS } from "./accounts.ts";
import { HISTORY } from "./frame.ts";
import { CATEGORIES } from "./products.ts";
import { random } from "./random.ts";
import { type DemoEvent, lastWeekOf, type Rival } from "./types.ts";

/** A few weeks ahead are announced already. */
const ANNOUNCED = 5;

/** Competitors' promotions: some on purpose against ours, the others as they come, but never on one that fails for another cause. */
export function planRivals(events: readonly DemoEvent[]): readonly Rival[] {
  const planted = events
    .filter((event) => event.cause === "competitor")
    .map((event): Rival => {
      const draw = random("rival", event.account, event.start);
      return {
        account: event.account,
        category: event.category,
        competitor: draw.pick(CATEGORIES[event.category]!.competitors),
        start: event.start,
        weeks: event.weeks,
        depth: draw.pick([0.45, 0.5, 0.5]),
      };
    });
  const usual = ACCOUNTS.flatMap((account, a) =>
    CATEGORIES.flatMap((category, c): Rival[] => {
      if (account.code === "HAR" && c < 2) return [];
      const draw = random("rivals", a, c);
      return Array.from({ length: draw.int(8, 10) }, () => ({
        account: a,
        category: c,
        competitor: draw.pick(category.competitors),
        start: draw.int(0, HISTORY + ANNOUNCED - 1),
        weeks: draw.int(1, 2),
        depth: draw.pick([0.15, 0.2, 0.25, 0.25, 0.3, 0.35]),
      }));
    }),
  );
  const sensitive = events.filter((event) => event.cause);
  const free = usual.filter(
    (rival) =>
      !sensitive.some(
        (event) =>
          event.account === rival.account &&
          event.category === rival.category &&
          rival.start <= lastWeekOf(event) + 1 &&
          rival.start + rival.weeks >= event.start,
      ),
  );
  return [...planted, ...free].sort((x, y) => x.start - y.start || x.account - y.account || x.category - y.category);
}
