import { listed } from "../../../../data/common/words.ts";
import type { Composer } from "../../say.ts";
import { checkLines, goOn } from "../promotions/draftParts.ts";

interface Booking {
  readonly to: string;
  readonly currency: string;
  readonly n: number;
  readonly promotions: number;
  readonly released: number;
  readonly short: number;
  readonly granted: number;
  readonly funds_granted: readonly string[];
  readonly rows: readonly {
    readonly promotion: string;
    readonly name: string;
    readonly account: string;
    readonly week: string | null;
    readonly units: number | null;
    readonly currency: string;
  }[];
}

export const composeBookAccruals: Composer = (say) => {
  const b = say.call.result as unknown as Booking;
  const money = (path: string): string => say.fig(path, b.currency);
  if (b.n)
    say.p(
      `Up to ${say.date(b.to)}, ${money("/amount")} would be accrued for ${say.fig("/promotions", "count")} ${b.promotions === 1 ? "promotion" : "promotions"}: the planned rate times the actual units of each closed week.` +
        (b.released > 0 ? ` ${money("/released")} that is not needed would go back to the funds.` : ""),
    );
  else say.p(`Up to ${say.date(b.to)} no promotion has anything to accrue.`);
  if (b.granted > 0)
    say.p(`${listed(b.funds_granted)} would be granted ${money("/granted")} by the rate of net sales.`);
  if (b.short > 0) checkLines(say, "/proposals/0");
  if (b.rows.length)
    say.table(
      ["Promotion", "Account", "Week", "Units", "Accrued"],
      b.rows.map((row, i) => [
        `${row.promotion}, ${row.name}`,
        row.account,
        row.week ? say.date(row.week) : "true-up",
        say.figOr(`/rows/${i}/units`, "units"),
        say.fig(`/rows/${i}/amount`, row.currency),
      ]),
    );
  say.p(goOn(false, "book them"));
};
