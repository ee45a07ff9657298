import { existsSync } from "node:fs";
import { KamError } from "../../../data/common/errors.ts";
import { type ImportReport, type Inspected, inspectFile, runImport } from "../../../data/import/index.ts";
import { closeStore, openStore } from "../../../data/store/open.ts";
import { type Invocation, text } from "../command.ts";

/**
 * Reads the file through, then opens and writes the store (made where there is none), and says what was done.
 * @throws KamError rows_rejected, after the report, where a row was not taken; the others are in
 */
export async function importFile(invocation: Invocation): Promise<void> {
  const { values, positionals, io } = invocation;
  const file = await inspectFile(positionals[0]!, text(values.map)!);
  const report = await run(invocation, file);
  io.out(values.json ? JSON.stringify(report) : summary(report));
  if (report.rejected > 0) throw rowsRejected(report);
}

async function run({ values, config, io }: Invocation, file: Inspected): Promise<ImportReport> {
  const dryRun = values["dry-run"] === true;
  const rejectsPath = text(values.rejects);
  // A dry run makes no store where there is none.
  const path = dryRun && !existsSync(config.db) ? ":memory:" : config.db;
  const store = await openStore({ path, today: config.today });
  try {
    return await runImport(store, file, {
      dryRun,
      ...(rejectsPath ? { rejectsPath } : {}),
      onProgress: (rows, total) =>
        io.progress(`${number(rows)} of ${number(total)} rows (${Math.floor((100 * rows) / Math.max(1, total))} %)`),
    });
  } finally {
    await closeStore(store);
  }
}

const number = (n: number): string => n.toLocaleString("en-US");
const count = (n: number, one: string, many: string): string => `${number(n)} ${n === 1 ? one : many}`;

/** The report in one line. */
function summary(report: ImportReport): string {
  const { created } = report;
  const made = [
    created.accounts > 0 ? count(created.accounts, "account", "accounts") : "",
    created.products > 0 ? count(created.products, "product", "products") : "",
    created.brands > 0 ? count(created.brands, "brand", "brands") : "",
    created.categories > 0 ? count(created.categories, "category", "categories") : "",
    created.people > 0 ? count(created.people, "person", "people") : "",
  ].filter(Boolean);
  const parts = [
    `${count(report.read, "row", "rows")} read, ${number(report.written)} written, ${number(report.unchanged)} unchanged, ` +
      `${number(report.rejected)} rejected, ${number(report.skipped)} skipped`,
    ...(made.length > 0 ? [`new: ${made.join(", ")}`] : []),
    ...report.warnings.map((warning) => `note: ${warning}`),
  ];
  return `${report.dry_run ? "Dry run, nothing is written: " : ""}${report.file} (${report.kind}): ${parts.join("; ")} (${report.seconds.toFixed(1)} s)`;
}

function rowsRejected(report: ImportReport): KamError {
  const first = report.rejects[0]!;
  const where = `line ${first.line}${first.column ? `, column ${oneLine(first.column)}` : ""}`;
  const value = first.column ? `"${oneLine(first.value)}" ` : "";
  const all = report.rejects_file
    ? `all of them are in ${report.rejects_file}`
    : "a run without --dry-run lists all of them in a file";
  return new KamError(
    "rows_rejected",
    `${number(report.rejected)} of ${count(report.read, "row", "rows")} rejected; the first, ${where}: ${value}${oneLine(first.reason)}; ${all}.`,
    { rejected: report.rejected, read: report.read, rejects_file: report.rejects_file },
  );
}

/** What a file holds may hold line breaks and control characters, and be long. */
const oneLine = (text: string): string => {
  const line = text.replace(/\p{C}+/gu, " ");
  return line.length > 160 ? `${line.slice(0, 157)}…` : line;
};
