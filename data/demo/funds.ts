import { daysBetween } from "../common/dates.ts";
import { ACCOUNTS } from "./accounts.ts";
import { type Booked, fundIdOf } from "./promotions.ts";
import { random } from "./random.ts";
import type { Tables } from "./tables.ts";
import type { DemoWorld } from "./world.ts";

/** Funds are round sums, EUR 5,000 at a time. */
const STEP = 500_000;
/** The calendar is planned about so many days ahead, so that much of a fund is spoken for before its day comes. */
const PLANNED_AHEAD = 60;
/** What the firm's budget holds for each euro that the accounts' funds get. */
const RESERVE = 1.03;

/** A fund and the money that it is granted, cents. */
export type FundGrant = Tables["fund"][number] & { readonly id: number; readonly amount_minor: number };

/** The firm's trade budget of a year, which the accounts' funds come out of: it pays nothing itself and keeps a small reserve. */
export const poolIdOf = (year: number): number => year;

export const poolRows = (funds: readonly FundGrant[]): FundGrant[] =>
  [...Map.groupBy(funds, (fund) => fund.start.slice(0, 4))].map(([year, of]) => ({
    id: poolIdOf(Number(year)),
    account_id: null,
    name: `Trade budget ${year}`,
    start: `${year}-01-01`,
    end: `${year}-12-31`,
    amount_minor: Math.ceil((RESERVE * of.reduce((sum, fund) => sum + fund.amount_minor, 0)) / STEP) * STEP,
    currency: "EUR",
  }));

/** One fund an account and year, with something left in each and plenty in the year that lies ahead. */
export function fundRows(world: DemoWorld, booked: readonly Booked[]): FundGrant[] {
  const { today, years } = world.frame;
  const thisYear = Number(today.slice(0, 4));
  const gone = Math.min(1, (daysBetween(`${thisYear}-01-01`, today) + PLANNED_AHEAD) / 365);
  return ACCOUNTS.flatMap((account, a) => {
    const draw = random("fund", account.code);
    let before = 0;
    return years.map((year) => {
      const id = fundIdOf(a, year);
      const used = booked.reduce(
        (sum, b) => (b.fundId === id && b.event.status !== "cancelled" ? sum + b.spend : sum),
        0,
      );
      const room = used * draw.uniform(1.1, 1.16);
      const wanted =
        year < thisYear
          ? used * draw.uniform(1.03, 1.1)
          : year === thisYear
            ? Math.max(room, Math.min(1.04 * before, room / gone))
            : Math.max(room, 1.04 * before);
      before = Math.max(1, Math.ceil(wanted / STEP)) * STEP;
      return {
        id,
        account_id: a + 1,
        parent_id: poolIdOf(year),
        name: `Trade fund ${year}`,
        start: `${year}-01-01`,
        end: `${year}-12-31`,
        amount_minor: before,
        currency: "EUR",
      };
    });
  });
}
