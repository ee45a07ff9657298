import { useRead } from "../api/useRead.ts";
import { label, t } from "../words/text.ts";
import { isRow } from "../words/values.ts";
import { Panel } from "./Panel.tsx";
import { Ready } from "./Ready.tsx";
import { Facts, RowsTable } from "./ResultView.tsx";
import { Source } from "./Source.tsx";
import { Empty } from "./states.tsx";

type Row = Readonly<Record<string, unknown>>;

/** What of a tool's result a view shows: some facts, and lists by their path with the columns that matter. */
export interface Shape {
  readonly facts?: string;
  readonly lists: Readonly<Record<string, string>>;
}

interface ToolListsProps {
  readonly tool: string;
  readonly args: Row;
  readonly shape: Shape;
}

const at = (result: Row, path: string): unknown =>
  path.split(".").reduce<unknown>((value, key) => (isRow(value) ? value[key] : undefined), result);

/** A tool's result in the lists that a person wants of it. */
export function ToolLists({ tool, args, shape }: ToolListsProps) {
  const found = useRead<Row>(tool, args);
  return (
    <Ready of={found}>
      {(result) => {
        const facts = (shape.facts?.split(" ") ?? []).map((path) => [path, at(result, path)] as const);
        const lists = Object.entries(shape.lists).flatMap(([path, columns]) => {
          const rows = at(result, path);
          return Array.isArray(rows) && rows.length ? [{ path, rows: rows as Row[], columns: columns.split(" ") }] : [];
        });
        const told = facts.filter(([, value]) => value !== null && value !== undefined);
        if (!lists.length && !told.length) return <Empty title={t("state.nothing")} />;
        return (
          <>
            {told.length > 0 && (
              <Facts entries={told.map(([path, value]) => [path.split(".").at(-1)!, value] as const)} row={result} />
            )}
            {lists.map(({ path, rows, columns }) => (
              <Panel key={path} title={label(path.replaceAll(".", "_"))}>
                <RowsTable
                  name={label(path.replaceAll(".", "_"))}
                  rows={rows}
                  columns={columns}
                  currency={result.currency}
                />
              </Panel>
            ))}
            <Notes lines={[...words(result.missing), ...words(result.assumptions)]} />
            <Source tool={tool} args={args} />
          </>
        );
      }}
    </Ready>
  );
}

const words = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((line): line is string => typeof line === "string") : [];

/** What a result rests on, and what is missing. */
function Notes({ lines }: { readonly lines: readonly string[] }) {
  if (!lines.length) return null;
  return (
    <details>
      <summary>{t("state.basis")}</summary>
      <ul className="notes">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </details>
  );
}
