import { ACCOUNTS } from "./accounts.ts";
import { blank, type Calendar } from "./calendar.ts";
import { support } from "./dress.ts";
import { HISTORY } from "./frame.ts";
import { tpr } from "./offers.ts";
import type { Parameters } from "./parameters.ts";
import { isStudied } from "./past.ts";
import { CATEGORIES } from "./products.ts";
import { random } from "./random.ts";
import { type Cause, type DemoEvent, lastWeekOf } from "./types.ts";

/** How many of the past promotions fail for each cause, besides the accounts' last. */
const WANTED: Readonly<Record<Cause, number>> = { competitor: 7, missing_display: 6, stock_out: 5, pull_forward: 4 };

/** How far back an old promotion stands in the queue for failing. */
const LONG_AGO = 0.12;
/** A response to depth that is large enough for a stock-out or a full cupboard to be felt. */
const KEEN = 2.4;

/** Makes some of the past promotions fail, each for one cause, more of them lately than long ago. */
export function plantFailures(calendar: Calendar, parameters: Parameters, lastWeeks: readonly number[]): void {
  const draw = random("failures");
  const candidates = calendar.events.filter(
    (e) =>
      e.start >= 20 &&
      lastWeekOf(e) < HISTORY &&
      e.cause === null &&
      e.status === "closed" &&
      !isStudied(e.account, e.brand),
  );
  const inOrder = candidates
    .map((event) => ({ event, key: draw.next() + (event.start >= HISTORY - 60 ? 0 : LONG_AGO) }))
    .sort((x, y) => x.key - y.key)
    .map(({ event }) => event);
  // The deep one before a promotion that came too soon has to be a success itself.
  const followed = new Set<DemoEvent>();
  for (const cause of ["pull_forward", "missing_display", "stock_out", "competitor"] as const) {
    const perAccount = new Map<number, number>();
    let left = WANTED[cause];
    for (const event of inOrder) {
      if (left === 0) break;
      if (
        event.cause ||
        followed.has(event) ||
        isOutlasting(event, lastWeeks) ||
        (perAccount.get(event.account) ?? 0) >= 2
      )
        continue;
      if (!plant(calendar, parameters, event, cause, lastWeeks)) continue;
      if (cause === "pull_forward") followed.add(event);
      perAccount.set(event.account, (perAccount.get(event.account) ?? 0) + 1);
      left--;
    }
  }
  for (const event of calendar.events) if (event.cause) suffer(event);
}

const isOutlasting = (event: DemoEvent, lastWeeks: readonly number[]): boolean =>
  lastWeekOf(event) > lastWeeks[event.account]!;

/** @returns whether the event can fail in this way. */
function plant(
  calendar: Calendar,
  parameters: Parameters,
  event: DemoEvent,
  cause: Cause,
  lastWeeks: readonly number[],
): boolean {
  const { offer } = event;
  if (cause === "pull_forward") return plantPullForward(calendar, parameters, event, lastWeeks);
  if (
    cause === "missing_display" &&
    !(event.display && offer.depth <= 0.2 && ACCOUNTS[event.account]!.displayResponse >= 0.8)
  )
    return false;
  const keen = parameters.depth[event.account]![event.products[0]!]! >= KEEN;
  if (cause === "stock_out" && !(offer.mechanic === "tpr" && offer.depth >= 0.2 && event.weeks <= 2 && keen))
    return false;
  if (cause === "competitor" && !(offer.depth <= 0.2 && offer.mechanic !== "edlp" && !event.display)) return false;
  event.cause = cause;
  return true;
}

/** A second promotion of the same products, right after a deep one, where shoppers' cupboards are full. */
function plantPullForward(
  calendar: Calendar,
  parameters: Parameters,
  deep: DemoEvent,
  lastWeeks: readonly number[],
): boolean {
  if (deep.offer.mechanic !== "tpr" || deep.offer.depth < 0.25 || CATEGORIES[deep.category]!.pantry < 0.2) return false;
  if (parameters.depth[deep.account]![deep.products[0]!]! < KEEN) return false;
  const start = lastWeekOf(deep) + 1;
  const weeks = 2;
  if (start + weeks - 1 > lastWeeks[deep.account]!) return false;
  if (!calendar.fits(deep.account, deep.brand, start, weeks, 0)) return false;
  // The next one must not come too soon in its turn.
  const next = calendar.events.find(
    (e) => e.account === deep.account && e.brand === deep.brand && e.start > deep.start,
  );
  if (next && next.start - (start + weeks) < 3) return false;
  const event = blank(deep.account, deep.brand, start, weeks);
  Object.assign(event, { products: deep.products, offer: tpr(0.1), payment: deep.payment, cause: "pull_forward" });
  support(random("too soon", deep.account, start), event, { display: false, feature: false });
  calendar.add(event);
  return true;
}

/** What the cause does to the promotion itself; a competitor's part is in rivals.ts. */
function suffer(event: DemoEvent): void {
  const draw = random("suffer", event.account, event.start);
  if (event.cause === "missing_display") event.displayShare = Math.round(100 * draw.uniform(0.04, 0.12)) / 100;
  if (event.cause === "stock_out")
    event.stockOut = Array.from(
      { length: event.weeks },
      (_, i) => Math.round(100 * draw.uniform(i === 0 ? 0.35 : 0.5, i === 0 ? 0.5 : 0.65)) / 100,
    );
}
