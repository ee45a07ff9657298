import { useState } from "react";
import { formatFigure } from "../../../data/common/format.ts";
import { PageError, readTool } from "../api/http.ts";
import { useRead } from "../api/useRead.ts";
import { type Place, setQuery } from "../app/router.ts";
import { useSession } from "../app/session.tsx";
import { Choose } from "../parts/Choose.tsx";
import { Head } from "../parts/Head.tsx";
import { Panel } from "../parts/Panel.tsx";
import { Ready } from "../parts/Ready.tsx";
import { Source } from "../parts/Source.tsx";
import { Empty, ErrorBox } from "../parts/states.tsx";
import { type Column, Table } from "../parts/Table.tsx";
import { t, termOf } from "../words/text.ts";
import { textOf } from "../words/values.ts";

type Row = Readonly<Record<string, unknown>>;
interface Section {
  readonly id: string;
  readonly title: string;
  readonly columns: readonly { readonly key: string; readonly head: string; readonly unit: string }[];
  readonly rows: readonly Row[];
  readonly total: Row | null;
  readonly found: number;
  readonly shown: number;
  readonly empty: string;
}
interface Report {
  readonly title: string;
  readonly period: { readonly from: string; readonly to: string };
  readonly figures: readonly { readonly label: string; readonly value: number; readonly unit: string }[];
  readonly sections: readonly Section[];
  readonly missing: readonly string[];
}

const REPORTS = ["calendar", "post_event", "account_review", "budget", "forecast_accuracy", "joint_business_plan"];
const OF_ONE = new Set(["account_review", "joint_business_plan"]);
const FILES = ["xlsx", "pptx", "pdf", "csv"];

/** The reports as a page, and each as the file that is sent on. */
export function Reports({ place }: { readonly place: Place }) {
  const { accounts } = useSession();
  const report = place.query.get("report") ?? "budget";
  const account = place.query.get("account") || (OF_ONE.has(report) ? (accounts[0]?.name ?? "") : "");
  const args = { report, account: account || null };
  const found = useRead<Report>("make_report", args);
  return (
    <>
      <Head title={t("view.reports")} lead={t("reports.lead")}>
        <Choose
          label={t("reports.report")}
          value={report}
          options={REPORTS.map((name) => [name, termOf("report", name)] as const)}
          change={(value) => setQuery(place, { report: value })}
        />
        <Choose
          label={t("label.account")}
          value={account}
          options={[
            ...(OF_ONE.has(report) ? [] : [["", t("filter.allAccounts")] as const]),
            ...accounts.map(({ name }) => [name, name] as const),
          ]}
          change={(value) => setQuery(place, { account: value || undefined })}
        />
      </Head>
      <Downloads key={JSON.stringify(args)} args={args} formats={report === "calendar" ? [...FILES, "ics"] : FILES} />
      <Ready of={found}>
        {({ title, period, figures, sections, missing }) => (
          <>
            <h2 className="report-title">
              {title}, {textOf("period", period)}
            </h2>
            <ul className="tiles">
              {figures.map(({ label, value, unit }) => (
                <li key={label}>
                  <span className="soft">{label}</span>
                  <b>{formatFigure(value, unit)}</b>
                </li>
              ))}
            </ul>
            {sections.map((section) => (
              <Panel key={section.id} title={section.title}>
                <SectionTable section={section} />
              </Panel>
            ))}
            {sections.length === 0 && <Empty title={t("state.nothing")} />}
            {missing.map((line) => (
              <p key={line} className="soft">
                {line}
              </p>
            ))}
            <Source tool="make_report" args={args} />
          </>
        )}
      </Ready>
    </>
  );
}

/** "1 January 2026" → "1 Jan 2026" */
const shortDate = (date: string): string => date.replace(/\p{L}{4,}/gu, (month) => month.slice(0, 3));

function SectionTable({ section }: { readonly section: Section }) {
  const { title, columns, rows, total, found, shown, empty } = section;
  if (!rows.length) return <p className="soft">{empty}</p>;
  const cell = (column: Section["columns"][number], row: Row): string => {
    const value = row[column.key];
    if (typeof value !== "number") return textOf(column.key, value, row);
    return formatFigure(value, column.unit === "money" ? String(row.currency ?? "") : column.unit);
  };
  return (
    <>
      <Table
        name={title}
        rows={rows}
        keyOf={(_, at) => String(at)}
        columns={columns.map(
          (column): Column<Row> => ({
            key: column.key,
            head: column.head,
            isNumber: !["text", "quote", "date"].includes(column.unit),
            cell: (row) =>
              column.unit === "date" ? (
                <span className="dates">{shortDate(cell(column, row))}</span>
              ) : (
                cell(column, row)
              ),
          }),
        )}
        {...(total && {
          total: columns.map((column, at) =>
            at === 0 ? t("pnl.total") : total[column.key] === undefined ? "" : cell(column, total),
          ),
        })}
      />
      {shown < found && <p className="soft">{t("reports.cut", { n: shown, all: found })}</p>}
    </>
  );
}

interface DownloadsProps {
  readonly args: Row;
  readonly formats: readonly string[];
}

/** Makes the report as a file and hands it over. */
function Downloads({ args, formats }: DownloadsProps) {
  const { person } = useSession();
  const [making, setMaking] = useState<string | null>(null);
  const [error, setError] = useState<PageError | null>(null);
  const make = async (format: string): Promise<void> => {
    setMaking(format);
    setError(null);
    try {
      const { file } = await readTool<{ readonly file: string }>("make_report", { ...args, format }, person.id);
      const name = file.split(/[\\/]/).at(-1)!;
      location.href = `/api/reports/${encodeURIComponent(name)}?user=${encodeURIComponent(person.id)}`;
    } catch (thrown) {
      setError(thrown instanceof PageError ? thrown : new PageError("internal", t("error.page")));
    }
    setMaking(null);
  };
  return (
    <>
      <div className="actions">
        {formats.map((format) => (
          <button
            key={format}
            type="button"
            className="button"
            disabled={making !== null}
            onClick={() => void make(format)}
          >
            {making === format ? t("reports.making") : t("reports.download", { format: termOf("report", format) })}
          </button>
        ))}
      </div>
      {error && <ErrorBox error={error} />}
    </>
  );
}
