import { linkTo } from "../../app/router.ts";
import { Badge } from "../../parts/Badge.tsx";
import { textOf } from "../../words/values.ts";
import type { PromotionRow } from "../promotions/types.ts";

const monthOf = (day: string): string =>
  new Date(`${day}T00:00:00Z`).toLocaleDateString("en-GB", { month: "long", year: "numeric", timeZone: "UTC" });

/** The calendar as a list, month by month: what a small screen shows. */
export function Agenda({ rows }: { readonly rows: readonly PromotionRow[] }) {
  const months = Map.groupBy(
    rows.toSorted((a, b) => a.start.localeCompare(b.start)),
    (row) => monthOf(row.start),
  );
  return [...months].map(([month, own]) => (
    <section key={month} className="agenda" aria-label={month}>
      <h2>{month}</h2>
      <ul>
        {own.map((row) => (
          <li key={row.promotion}>
            <a href={linkTo("promotions", row.promotion)}>{row.name}</a> <Badge state={row.status} />
            <small className="soft">
              {textOf("period", { from: row.start, to: row.end })} · {row.account}
            </small>
          </li>
        ))}
      </ul>
    </section>
  ));
}
