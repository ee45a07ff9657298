import { formatFigure } from "../../../data/common/format.ts";
import { useRead } from "../api/useRead.ts";
import { linkTo, type Place, setQuery } from "../app/router.ts";
import { useSession } from "../app/session.tsx";
import { Bar, type Part } from "../parts/Bars.tsx";
import { Choose } from "../parts/Choose.tsx";
import { Head } from "../parts/Head.tsx";
import { Panel } from "../parts/Panel.tsx";
import { Ready } from "../parts/Ready.tsx";
import { ResultView, RowsTable } from "../parts/ResultView.tsx";
import { Source } from "../parts/Source.tsx";
import { Empty } from "../parts/states.tsx";
import { Tabs } from "../parts/Tabs.tsx";
import { ToolView } from "../parts/ToolView.tsx";
import { label, t, termOf } from "../words/text.ts";
import { textOf } from "../words/values.ts";

interface Fund {
  readonly fund: string;
  readonly account: string | null;
  readonly from: string;
  readonly to: string;
  readonly amount: number;
  readonly left: number;
  readonly share_used: number;
  readonly currency: string;
  readonly [key: string]: unknown;
}
interface Status {
  readonly warn_share: number;
  readonly funds: readonly Fund[];
  readonly totals: Fund | null;
  readonly largest: readonly Readonly<Record<string, unknown>>[];
  readonly later: readonly Readonly<Record<string, unknown>>[];
  readonly requests: readonly Readonly<Record<string, unknown>>[];
  readonly [key: string]: unknown;
}

/** The states in which a fund's money lies, from firm to loose, each with its colour. */
const STATES: readonly (readonly [string, string])[] = [
  ["settled", "series-1"],
  ["claimed", "series-5"],
  ["accrued", "series-2"],
  ["committed", "series-3"],
  ["planned", "series-4"],
];
const partsOf = (fund: Fund): Part[] =>
  STATES.map(([state, tone]) => ({ name: termOf("state", state), value: Number(fund[state] ?? 0), tone }));

/** The funds of the person's accounts, what lies in which state, and the books behind them. */
export function Budget({ place }: { readonly place: Place }) {
  const { accounts, tools } = useSession();
  const account = place.query.get("account") ?? "";
  const args = { account: account || null };
  const tabs = [
    { name: "funds", title: t("budget.funds"), show: () => <Funds args={args} /> },
    ...(tools.includes("ledger_entries")
      ? [{ name: "books", title: t("budget.books"), show: () => <ToolView tool="ledger_entries" args={args} /> }]
      : []),
  ];
  return (
    <>
      <Head title={t("view.budget")} lead={t("budget.lead")} ask={t("budget.ask")}>
        <Choose
          label={t("label.account")}
          value={account}
          options={[["", t("filter.allAccounts")], ...accounts.map(({ name }) => [name, name] as const)]}
          change={(value) => setQuery(place, { account: value || undefined })}
        />
      </Head>
      <Tabs
        label={t("view.budget")}
        tabs={tabs}
        chosen={place.query.get("tab") ?? "funds"}
        choose={(tab) => setQuery(place, { tab })}
      />
    </>
  );
}

/** What this part shows itself; what else the tool tells (alerts, the year-end) stands below as it comes. */
const OWN = [
  "account",
  "accounts",
  "period",
  "today",
  "n",
  "warn_share",
  "funds",
  "totals",
  "largest",
  "later",
  "requests",
  "assumptions",
];

function Funds({ args }: { readonly args: Readonly<Record<string, unknown>> }) {
  const found = useRead<Status>("budget_status", args);
  return (
    <Ready of={found}>
      {(status) => {
        const { funds, totals, largest, later, requests, warn_share } = status;
        if (!funds.length)
          return (
            <Empty title={t("budget.none")}>
              <p>{t("budget.noneHint")}</p>
            </Empty>
          );
        return (
          <>
            {totals && (
              <ul className="tiles">
                {["amount", "used", "left"].map((key) => (
                  <li key={key}>
                    <span className="soft">{label(key)}</span>
                    <b>{formatFigure(Number(totals[key]), totals.currency)}</b>
                  </li>
                ))}
                <li>
                  <span className="soft">{label("share_used")}</span>
                  <b>{formatFigure(totals.share_used, "%")}</b>
                </li>
              </ul>
            )}
            <ul className="cards">
              {funds.map((fund) => (
                <FundCard key={`${fund.fund} ${fund.account}`} fund={fund} warnShare={warn_share} />
              ))}
            </ul>
            <ResultView result={{ currency: totals?.currency, ...status }} without={OWN} />
            {largest.length > 0 && (
              <Panel title={t("budget.largest")}>
                <RowsTable name={t("budget.largest")} rows={largest} />
              </Panel>
            )}
            {later.length > 0 && (
              <Panel title={t("budget.later")}>
                <RowsTable name={t("budget.later")} rows={later} />
              </Panel>
            )}
            {requests.length > 0 && (
              <Panel title={t("budget.requests")}>
                <RowsTable name={t("budget.requests")} rows={requests} />
              </Panel>
            )}
            <Source tool="budget_status" args={args} />
          </>
        );
      }}
    </Ready>
  );
}

function FundCard({ fund, warnShare }: { readonly fund: Fund; readonly warnShare: number }) {
  const { account, amount, left, share_used, currency } = fund;
  const tight = share_used >= warnShare;
  return (
    <li className={tight ? "fund tight" : "fund"}>
      <h2>{account ? <a href={linkTo("account", account)}>{account}</a> : t("budget.allAccounts")}</h2>
      <p className="soft">
        {fund.fund}, {textOf("period", { from: fund.from, to: fund.to })}
      </p>
      <Bar parts={partsOf(fund)} whole={amount} currency={currency} />
      <p>
        {t("budget.left", { left: formatFigure(left, currency), amount: formatFigure(amount, currency) })}
        {tight && <strong className="alert"> {t("budget.tight", { share: formatFigure(share_used, "%") })}</strong>}
      </p>
    </li>
  );
}
