import { useRead } from "../api/useRead.ts";
import { type Place, setQuery } from "../app/router.ts";
import { useSession } from "../app/session.tsx";
import { Badge } from "../parts/Badge.tsx";
import { Choose } from "../parts/Choose.tsx";
import { Head } from "../parts/Head.tsx";
import { Panel } from "../parts/Panel.tsx";
import { Ready } from "../parts/Ready.tsx";
import { RowsTable } from "../parts/ResultView.tsx";
import { Source } from "../parts/Source.tsx";
import { Empty } from "../parts/states.tsx";
import { t, termOf } from "../words/text.ts";
import { textOf } from "../words/values.ts";

type Row = Readonly<Record<string, unknown>>;
interface Signal {
  readonly start: string;
  readonly end: string;
  readonly when: string;
  readonly kind: string;
  readonly account: string | null;
  readonly category: string | null;
  readonly text: string;
  readonly source: string;
  readonly reported: string;
}
interface Found {
  readonly signals: number;
  readonly rows: readonly Signal[];
  readonly price_index: readonly Row[];
  readonly shares: readonly Row[];
}

/** What is happening in the market, as others reported it. */
export function Signals({ place }: { readonly place: Place }) {
  const { accounts, categories } = useSession();
  const asked = (key: string): string => place.query.get(key) ?? "";
  const args = { account: asked("account") || null, category: asked("category") || null };
  const found = useRead<Found>("market_signals", args);
  const set = (key: string) => (value: string) => setQuery(place, { [key]: value || undefined });
  return (
    <>
      <Head title={t("view.signals")} lead={t("signals.lead")} ask={t("signals.ask")}>
        <Choose
          label={t("label.account")}
          value={asked("account")}
          options={[["", t("filter.allAccounts")], ...accounts.map(({ name }) => [name, name] as const)]}
          change={set("account")}
        />
        <Choose
          label={t("label.category")}
          value={asked("category")}
          options={[["", t("filter.any")], ...categories.map((name) => [name, name] as const)]}
          change={set("category")}
        />
      </Head>
      <Ready of={found}>
        {({ signals, rows, price_index, shares }) => (
          <>
            {rows.length === 0 ? (
              <Empty title={t("signals.none")} />
            ) : (
              <>
                <p className="soft">{t("signals.count", { n: signals, shown: rows.length })}</p>
                <ol className="signals">
                  {rows.map((row) => (
                    <SignalItem key={`${row.start} ${row.text} ${row.account}`} signal={row} />
                  ))}
                </ol>
              </>
            )}
            {price_index.length > 0 && (
              <Panel title={t("signals.priceIndex")}>
                <RowsTable
                  name={t("signals.priceIndex")}
                  rows={price_index.map(({ from, to, ...row }) => ({ ...row, index_before: from, index: to }))}
                />
              </Panel>
            )}
            {shares.length > 0 && (
              <Panel title={t("signals.shares")}>
                <RowsTable name={t("signals.shares")} rows={shares.map(sharesOf)} />
              </Panel>
            )}
            <Source tool="market_signals" args={args} />
          </>
        )}
      </Ready>
    </>
  );
}

const sharesOf = ({ category, own, competitors, private_label }: Row): Row => ({
  category,
  own_share: own,
  competitors_share: competitors,
  private_label_share: private_label,
});

function SignalItem({ signal }: { readonly signal: Signal }) {
  const { start, end, when, kind, account, category, text, source, reported } = signal;
  return (
    <li>
      <p className="what">
        <Badge state={when} /> <span>{termOf("kind", kind)}</span>
        {category && <span className="soft"> · {category}</span>}
        {account && <span className="soft"> · {account}</span>}
      </p>
      <p>
        <q>{text}</q>
      </p>
      <p className="soft">
        {textOf("period", { from: start, to: end })} ·{" "}
        {t("signals.reported", { source, date: textOf("date", reported) })}
      </p>
    </li>
  );
}
