import { useId } from "react";
import { isoWeek } from "../../../../data/common/calendar.ts";
import { addDays, daysBetween } from "../../../../data/common/dates.ts";
import { useConversation } from "../../app/conversation.tsx";
import { linkTo } from "../../app/router.ts";
import { useSession } from "../../app/session.tsx";
import { ScrollBox } from "../../parts/ScrollBox.tsx";
import { t } from "../../words/text.ts";
import { moveOf } from "../promotions/MoveForm.tsx";
import type { PromotionRow } from "../promotions/types.ts";
import { BarButton } from "./BarButton.tsx";
import { lanesOf, movedBy } from "./layout.ts";

interface GridProps {
  readonly rows: readonly PromotionRow[];
  readonly start: string;
  readonly days: number;
  readonly today: string;
}

const shortMonth = (day: string): string =>
  new Date(`${day}T00:00:00Z`).toLocaleDateString("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });

/** Weeks across, accounts down. A draft is moved by dragging it or by the arrow keys; that drafts the change and asks. */
export function Grid({ rows, start, days, today }: GridProps) {
  const { propose, busy } = useConversation();
  const { person } = useSession();
  const help = useId();
  const weeks = Array.from({ length: days / 7 }, (_, at) => addDays(start, at * 7));
  const now = daysBetween(start, today);
  const move = (row: PromotionRow, by: number): void =>
    void propose(moveOf({ id: row.promotion, name: row.name, ...movedBy(row, by) }));
  return (
    <section className="calendar" aria-label={t("view.calendar")} aria-describedby={help}>
      <p id={help} className="soft">
        {t("calendar.help")}
      </p>
      <ul className="legend" aria-label={t("calendar.legend")}>
        {(["draft", "submitted", "approved", "running", "ended"] as const).map((state) => (
          <li key={state}>
            <i className={`key ${state}`} aria-hidden="true" />
            {t(`state.${state}`)}
          </li>
        ))}
      </ul>
      <ScrollBox
        className="weeks"
        name={t("calendar.weeks")}
        style={{ "--weeks": weeks.length, "--days": days } as React.CSSProperties}
      >
        <div className="row heads" aria-hidden="true">
          <span className="account" />
          <div className="track">
            {weeks.map((week) => (
              <span key={week} className="week">
                <b>{t("calendar.week", { week: isoWeek(week).week })}</b>
                {shortMonth(week)}
              </span>
            ))}
          </div>
        </div>
        {lanesOf(rows, start, days).map(({ account, bars, lanes }) => (
          <div key={account} className="row">
            <a className="account" href={linkTo("account", account)}>
              {account}
            </a>
            <div className="track" style={{ "--lanes": lanes } as React.CSSProperties}>
              {now >= 0 && now < days && (
                <span className="now" aria-hidden="true" style={{ left: `${((now + 0.5) / days) * 100}%` }} />
              )}
              <ul aria-label={account}>
                {bars.map((bar) => (
                  <li
                    key={bar.row.promotion}
                    className="place"
                    style={{
                      left: `${(bar.from / days) * 100}%`,
                      width: `${(bar.days / days) * 100}%`,
                      top: `calc(${bar.lane} * var(--lane) + 4px)`,
                    }}
                  >
                    <BarButton
                      row={bar.row}
                      days={days}
                      canMove={bar.row.status === "draft" && person.role !== "reader" && !busy}
                      move={(by) => move(bar.row, by)}
                    />
                  </li>
                ))}
              </ul>
            </div>
          </div>
        ))}
      </ScrollBox>
    </section>
  );
}
