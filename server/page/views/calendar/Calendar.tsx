import { addDays, addMonths, mondayOf } from "../../../../data/common/dates.ts";
import { periodInWords } from "../../../../data/common/format.ts";
import { useRead } from "../../api/useRead.ts";
import { type Place, setQuery } from "../../app/router.ts";
import { useSession } from "../../app/session.tsx";
import { Choose } from "../../parts/Choose.tsx";
import { Head } from "../../parts/Head.tsx";
import { Ready } from "../../parts/Ready.tsx";
import { Source } from "../../parts/Source.tsx";
import { Empty } from "../../parts/states.tsx";
import { t } from "../../words/text.ts";
import type { FoundPromotions } from "../promotions/types.ts";
import { Agenda } from "./Agenda.tsx";
import { Grid } from "./Grid.tsx";

const SPANS = { month: 5, quarter: 13, half: 26 } as const;
type Span = keyof typeof SPANS;
/** A promotion that began before what is shown may still run in it. */
const LONGEST_DAYS = 90;
const NARROW = matchMedia("(max-width: 46rem)");

/** Promotions by account over weeks. */
export function Calendar({ place }: { readonly place: Place }) {
  const { accounts, today } = useSession();
  const asked = (key: string): string => place.query.get(key) ?? "";
  const span: Span = asked("span") in SPANS ? (asked("span") as Span) : "quarter";
  const start = mondayOf(asked("from") || addDays(today, -14));
  const days = SPANS[span] * 7;
  const end = addDays(start, days - 1);
  const form = asked("form") || (NARROW.matches ? "list" : "weeks");
  const args = {
    account: asked("account") || null,
    status: ["draft", "submitted", "approved", "running", "ended", "closed"],
    period: { from: addDays(start, -LONGEST_DAYS), to: end },
    top: 500,
  };
  const found = useRead<FoundPromotions>("find_promotions", args);
  const set = (key: string) => (value: string) => setQuery(place, { [key]: value || undefined });
  const go = (months: number): void => setQuery(place, { from: addMonths(addDays(start, 6), months) });
  return (
    <>
      <Head title={t("view.calendar")} lead={t("calendar.lead")} ask={t("calendar.ask")}>
        <Choose
          label={t("label.account")}
          value={asked("account")}
          options={[["", t("filter.allAccounts")], ...accounts.map(({ name }) => [name, name] as const)]}
          change={set("account")}
        />
        <Choose
          label={t("calendar.span")}
          value={span}
          options={[
            ["month", t("calendar.month")],
            ["quarter", t("calendar.quarter")],
            ["half", t("calendar.half")],
          ]}
          change={set("span")}
        />
        <Choose
          label={t("calendar.form")}
          value={form}
          options={[
            ["weeks", t("calendar.weeks")],
            ["list", t("calendar.list")],
          ]}
          change={set("form")}
        />
      </Head>
      <div className="pager">
        <button type="button" className="quiet" onClick={() => go(-1)} aria-label={t("calendar.earlier")}>
          ←
        </button>
        <strong aria-live="polite">{periodInWords({ from: start, to: end })}</strong>
        <button type="button" className="quiet" onClick={() => go(1)} aria-label={t("calendar.later")}>
          →
        </button>
        <button type="button" className="quiet" onClick={() => setQuery(place, { from: undefined })}>
          {t("calendar.today")}
        </button>
      </div>
      <Ready of={found}>
        {({ promotions }) => {
          const shown = promotions.filter((row) => row.end >= start && row.start <= end);
          if (!shown.length) return <Empty title={t("calendar.none")} />;
          return (
            <>
              {form === "list" ? (
                <Agenda rows={shown} />
              ) : (
                <Grid rows={shown} start={start} days={days} today={today} />
              )}
              <Source tool="find_promotions" args={{ period: args.period }} />
            </>
          );
        }}
      </Ready>
    </>
  );
}
