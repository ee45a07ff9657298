import { formatFigure } from "../../../../data/common/format.ts";
import { useRead } from "../../api/useRead.ts";
import { Badge } from "../../parts/Badge.tsx";
import { Meter } from "../../parts/Bars.tsx";
import { Ready } from "../../parts/Ready.tsx";
import { Source } from "../../parts/Source.tsx";
import { Empty } from "../../parts/states.tsx";
import { label, t } from "../../words/text.ts";
import { textOf } from "../../words/values.ts";

interface Target {
  readonly measure: string;
  readonly category: string | null;
  readonly from: string;
  readonly to: string;
  readonly value: number;
  readonly currency: string | null;
  readonly actual: number | null;
  readonly progress: number | null;
  readonly expected: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly chance: number | null;
  readonly state: string;
}

/** The joint business plan: every agreed target, what is reached and what is expected by its end. */
export function JointPlan({ account }: { readonly account: string }) {
  const args = { account };
  const found = useRead<{ readonly rows: readonly Target[]; readonly basis: readonly string[] }>("plan_tracking", args);
  return (
    <Ready of={found}>
      {({ rows, basis }) =>
        rows.length === 0 ? (
          <Empty title={t("target.none")}>
            <p>{t("target.noneHint")}</p>
          </Empty>
        ) : (
          <>
            <ul className="cards">
              {rows.map((target) => (
                <TargetCard key={`${target.measure} ${target.category} ${target.from}`} target={target} />
              ))}
            </ul>
            {basis.map((line) => (
              <p key={line} className="source-line">
                {line}
              </p>
            ))}
            <Source tool="plan_tracking" args={args} />
          </>
        )
      }
    </Ready>
  );
}

function TargetCard({ target }: { readonly target: Target }) {
  const { measure, category, value, currency, actual, progress, expected, low, high, chance, state } = target;
  const shown = (number: number | null): string => textOf(measure, number, { currency });
  return (
    <li className="fund">
      <h2>
        {label(measure)}
        {category && `, ${category}`} <Badge state={state} />
      </h2>
      <p className="soft">{textOf("period", { from: target.from, to: target.to })}</p>
      {progress === null ? (
        <p>{t("target.reached", { actual: shown(actual), value: shown(value) })}</p>
      ) : (
        <Meter
          name={t("target.reached", { actual: shown(actual), value: shown(value) })}
          share={progress}
          text={formatFigure(progress, "%")}
        />
      )}
      {expected !== null && (
        <p>
          {t(low === null ? "target.expectedOnly" : "target.expected", {
            expected: shown(expected),
            low: shown(low),
            high: shown(high),
            chance: textOf("share", chance),
          })}
        </p>
      )}
    </li>
  );
}
