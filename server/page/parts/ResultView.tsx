import { linkTo } from "../app/router.ts";
import { label, t } from "../words/text.ts";
import { isRow, isShownKey, shown } from "../words/values.ts";
import { Badge } from "./Badge.tsx";
import { Panel } from "./Panel.tsx";
import { type Column, Table } from "./Table.tsx";

type Row = Readonly<Record<string, unknown>>;
const MOST_ROWS = 200;
const STATES = new Set(["status", "state", "severity", "verdict"]);

interface ResultViewProps {
  readonly result: Row;
  /** Keys that another part of the view shows, or that say how it was asked. */
  readonly without?: readonly string[];
}

/** Any tool's result as it stands: what is said once as facts, what is said of many as tables. */
export function ResultView({ result, without = [] }: ResultViewProps) {
  const entries = Object.entries(result).filter(([key]) => isShownKey(key) && !without.includes(key));
  const plain = entries.filter(([, value]) => value !== null && value !== "" && !isWhole(value) && !isTable(value));
  const facts = plain.filter(([, value]) => !Array.isArray(value) || value.length > 0);
  return (
    <>
      {facts.length > 0 && <Facts entries={facts} row={result} />}
      {entries.map(([key, value]) => {
        if (isTable(value)) return <RowsPanel key={key} title={label(key)} rows={value} currency={result.currency} />;
        if (isWhole(value))
          return (
            <Panel key={key} title={label(key)}>
              <ResultView result={{ currency: result.currency, ...value }} />
            </Panel>
          );
        return null;
      })}
    </>
  );
}

/** A record that needs a place of its own; a range, a period and an amount stand in a line. */
const isWhole = (value: unknown): value is Row =>
  isRow(value) &&
  Object.keys(value).length > 0 &&
  !("low" in value && "high" in value) &&
  !("from" in value && "to" in value) &&
  !("amount" in value && "currency" in value);
const isTable = (value: unknown): value is Row[] => Array.isArray(value) && value.length > 0 && value.every(isRow);

export function Facts({
  entries,
  row,
}: {
  readonly entries: readonly (readonly [string, unknown])[];
  readonly row: Row;
}) {
  return (
    <dl className="facts">
      {entries.map(([key, value]) => (
        <div key={key}>
          <dt>{label(key)}</dt>
          <dd>
            <Value name={key} value={value} row={row} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function RowsPanel({
  title,
  rows,
  currency,
}: {
  readonly title: string;
  readonly rows: readonly Row[];
  readonly currency: unknown;
}) {
  return (
    <Panel title={title}>
      <RowsTable name={title} rows={rows} currency={currency} />
    </Panel>
  );
}

interface RowsTableProps {
  readonly name: string;
  readonly rows: readonly Row[];
  readonly currency?: unknown;
  /** The keys that are shown, in their order; else every one. */
  readonly columns?: readonly string[];
}

/** Rows with a column for each key that any of them fills. */
export function RowsTable({ name, rows, currency, columns: asked }: RowsTableProps) {
  const keys = (asked ?? [...new Set(rows.flatMap((row) => Object.keys(row)))]).filter(
    (key) => isShownKey(key) && rows.some((row) => row[key] !== null && row[key] !== undefined && row[key] !== ""),
  );
  const columns = keys.map((key): Column<Row> => {
    const isNumber = rows.some((row) => shown(key, row[key], row).isNumber);
    return {
      key,
      head: label(key),
      isNumber,
      cell: (row) => <Value name={key} value={row[key]} row={{ currency, ...row }} />,
      by: (row) => (typeof row[key] === "number" ? row[key] : row[key] === null ? null : String(row[key] ?? "")),
    };
  });
  return (
    <>
      <Table name={name} columns={columns} rows={rows.slice(0, MOST_ROWS)} keyOf={(_, at) => String(at)} />
      {rows.length > MOST_ROWS && <p className="soft">{t("table.cut", { n: MOST_ROWS, all: rows.length })}</p>}
    </>
  );
}

/** A value as it is read: an id leads to what it names, a state has its colour. */
export function Value({ name, value, row }: { readonly name: string; readonly value: unknown; readonly row: Row }) {
  if (typeof value === "string" && /^P-\d+$/.test(value)) return <a href={linkTo("promotions", value)}>{value}</a>;
  if (typeof value === "string" && STATES.has(name)) return <Badge state={value} />;
  return shown(name, value, row).text;
}
