import { addDays, earliest } from "../common/dates.ts";
import { paidByUnit } from "../promotions/draft.ts";
import { ACCOUNTS } from "./accounts.ts";
import { HISTORY } from "./frame.ts";
import { offerName } from "./offers.ts";
import type { Plan } from "./plans.ts";
import { BRANDS, PRODUCTS } from "./products.ts";
import { random } from "./random.ts";
import type { Outcome } from "./response.ts";
import { buyInOf, type Shipped, shippedFor } from "./shipments.ts";
import type { Tables } from "./tables.ts";
import { type DemoEvent, lastWeekOf, type Status } from "./types.ts";
import type { DemoWorld } from "./world.ts";

/** A promotion as the store holds it, with what the other files need of it. */
export interface Booked {
  readonly id: number;
  readonly event: DemoEvent;
  readonly plan: Plan;
  readonly code: string;
  readonly name: string;
  readonly start: string;
  readonly end: string;
  readonly created: string;
  readonly fundId: number;
  /** Cents: what was spent, or what the plan will cost while it has not ended. */
  readonly spend: number;
}

export const isPast = (status: Status): boolean => status === "ended" || status === "closed";
export const fundIdOf = (account: number, year: number): number => (account + 1) * 10_000 + year;

/** Numbers the promotions by start and works out what each costs. */
export function book(
  world: DemoWorld,
  plans: readonly Plan[],
  outcomes: readonly Outcome[],
  shipped: readonly Shipped[],
): Booked[] {
  const { frame } = world;
  return world.events.map((event, i) => {
    const account = ACCOUNTS[event.account]!;
    const draw = random("paper", event.account, event.brand, event.start);
    const start = frame.weeks[event.start]!;
    const plan = plans[i]!;
    const ended = isPast(event.status);
    const cost = plan.lines.reduce((sum, line) => {
      if (!paidByUnit(event.payment)) return sum;
      const planned = !ended || event.status === "cancelled";
      return (
        sum +
        line.allowance *
          (planned ? line.units : paidUnits(event, line.product, outcomes[event.account]!, shipped[event.account]!))
      );
    }, plan.fixedSpend);
    const early = account.noticeDays + draw.int(6, 40);
    const created = addDays(start, -early);
    const latest = addDays(frame.today, -draw.int(1, 20));
    return {
      id: i + 1,
      event,
      plan,
      code: `P-${1001 + i}`,
      start,
      end: addDays(frame.weeks[lastWeekOf(event)]!, 6),
      name: `${BRANDS[event.brand]!.name} ${offerName(event.offer)} at ${account.short}`,
      // What lies far ahead was written down lately; what lies near, early enough for the notice.
      created: created < latest ? created : earliest(latest, addDays(start, -account.noticeDays)),
      fundId: fundIdOf(event.account, Number(start.slice(0, 4))),
      spend: Math.round(cost),
    };
  });
}

/** Off-invoice is paid on what was shipped in the buy-in window, the others on what was sold. */
function paidUnits(event: DemoEvent, product: number, outcome: Outcome, shipped: Shipped): number {
  if (event.payment === "off_invoice") return shippedFor(shipped, event, product);
  let units = 0;
  for (let t = event.start; t <= lastWeekOf(event) && t < HISTORY; t++)
    units += Math.round(outcome.sales[product]![t]!);
  return units;
}

export function promotionRows(
  world: DemoWorld,
  booked: readonly Booked[],
): Pick<Tables, "promotion" | "promotion_line" | "promotion_history"> {
  const series = seriesOf(booked);
  return {
    promotion: booked.map((b) => {
      const { event } = b;
      const buyIn = buyInOf(event);
      const monday = (t: number): string => addDays(b.start, 7 * (t - event.start));
      return {
        id: b.id,
        code: b.code,
        series: series.get(b.id) ?? null,
        account_id: event.account + 1,
        name: b.name,
        mechanic: event.offer.mechanic,
        discount: event.offer.discount,
        price_off_minor: null,
        get_n: event.offer.getN,
        pay_n: event.offer.payN,
        redemption: event.offer.redemption,
        feature: Number(event.feature),
        display: Number(event.display),
        payment: event.payment,
        fixed_spend_minor: b.plan.fixedSpend,
        currency: "EUR",
        status: event.status,
        start: b.start,
        end: b.end,
        buy_in_start: monday(buyIn.from),
        buy_in_end: addDays(monday(buyIn.to), 6),
        scan_start: b.start,
        scan_end: b.end,
        fund_id: b.fundId,
        note: noteOf(world, event),
        created_by: ACCOUNTS[event.account]!.owner,
        created_at: b.created,
        version: historyOf(world, b).length,
      };
    }),
    promotion_line: booked.flatMap((b) =>
      b.plan.lines.map((line) => ({
        promotion_id: b.id,
        product_id: line.product + 1,
        allowance_minor: line.allowance,
        planned_units: line.units,
        planned_baseline: line.baseline,
      })),
    ),
    promotion_history: booked.flatMap((b) => historyOf(world, b)).map((row, i) => ({ id: i + 1, ...row })),
  };
}

/** The same offer of a brand at several accounts from the same Monday is one series. */
function seriesOf(booked: readonly Booked[]): Map<number, string> {
  const groups = Map.groupBy(
    booked.filter((b) => b.event.status !== "cancelled"),
    ({ event: { brand, offer }, start }) => [start, brand, offer.mechanic, offer.discount, offer.getN].join("/"),
  );
  return new Map(
    [...groups.values()]
      .filter((group) => group.length > 1)
      .flatMap((group, i) => group.map((b) => [b.id, `S-${101 + i}`] as const)),
  );
}

function noteOf(world: DemoWorld, event: DemoEvent): string | null {
  const holiday = world.frame.holidayIn[event.start]!;
  if (event.payment === "slotting") return "Listing fee included";
  if (holiday <= 3)
    return /-1[01]-/.test(world.frame.weeks[event.start]!) ? "Before the winter holidays" : "Easter deal";
  const weak = event.products.every((p) => world.parameters.trend[p]! < -0.05);
  return weak ? `To win back ${PRODUCTS[event.products[0]!]!.name.split(" ").slice(0, 2).join(" ")} volume` : null;
}

type History = Omit<Tables["promotion_history"][number], "id">;

/** The steps that a promotion has taken, each dated; none lies after today. */
function historyOf(world: DemoWorld, b: Booked): History[] {
  const { event } = b;
  const draw = random("history", event.account, event.brand, event.start);
  const owner = ACCOUNTS[event.account]!.owner;
  const { today } = world.frame;
  const notice = addDays(b.start, -ACCOUNTS[event.account]!.noticeDays);
  const sent = earliest(addDays(b.created, draw.int(0, 3)), notice, today);
  const approved = earliest(addDays(sent, draw.int(0, 3)), notice, today);
  const steps: History[] = [
    { promotion_id: b.id, at: b.created, from_status: null, to_status: "draft", by: owner, reason: null },
  ];
  const step = (at: string, to: Status, by: string, reason: string | null = null): void => {
    steps.push({
      promotion_id: b.id,
      at: earliest(at, today),
      from_status: steps[steps.length - 1]!.to_status,
      to_status: to,
      by,
      reason,
    });
  };
  const reached = (...statuses: Status[]): boolean => statuses.includes(event.status);
  if (reached("submitted", "approved", "running", "ended", "closed", "cancelled")) step(sent, "submitted", owner);
  if (reached("approved", "running", "ended", "closed", "cancelled")) step(approved, "approved", "dan");
  if (reached("running", "ended", "closed")) step(b.start, "running", owner);
  if (reached("ended", "closed")) step(addDays(b.end, 1), "ended", owner);
  if (reached("closed")) step(addDays(b.end, 36 + draw.int(0, 18)), "closed", "eva");
  if (reached("cancelled"))
    step(
      addDays(b.start, -draw.int(3, 10)),
      "cancelled",
      owner,
      draw.pick([
        "The buyer took a competitor's slot instead",
        "Supply could not be promised",
        "Price round was still open",
      ]),
    );
  return steps;
}
