import { createHash } from "node:crypto";
import { KamError } from "../../common/errors.ts";
import type { Store } from "../../store/open.ts";
import type { Actor } from "../../users/actor.ts";
import { bindColumns } from "../bind.ts";
import type { Inspected } from "../inspect.ts";
import { loadMapping } from "../mappingFile.ts";
import type { Source, SourceRow } from "../readers/source.ts";
import { largestOf } from "../rows.ts";
import { runImport } from "../run.ts";
import { type Refused, readVisits, type SentVisit, VISIT_COLUMNS } from "./visits.ts";

/** What became of the visits of one request; rows are shelf checks, and visits without any. */
export interface VisitsReport {
  readonly visits: number;
  readonly rows: { readonly read: number; readonly written: number; readonly unchanged: number };
  /** Visits that were not taken, each whole, with its first reasons. */
  readonly rejected: number;
  readonly rejects: readonly (Refused & { readonly external_id: string | null })[];
}

const SHOWN_REJECTS = 100;
const MAPPING = { kind: "visits", columns: Object.fromEntries(VISIT_COLUMNS.map((column) => [column, column])) };

/**
 * Takes visits that a system sends, by the same checks as a file of them. A visit is taken whole or not at all, all that are taken in one transaction; one that
 * was sent before changes nothing.
 * @param lines one JSON object a line, instead of an array
 * @throws KamError no_right for a reader; bad_input where the body is none
 */
export async function receiveVisits(actor: Actor, store: Store, body: string, lines: boolean): Promise<VisitsReport> {
  if (actor.role === "reader") throw new KamError("no_right", `${actor.name} only reads and cannot import visits.`);
  const { visits, refused } = readVisits(body, lines);
  const bad = [...refused];
  await run(actor, store, body, visits, { dryRun: true, onReject: (why) => bad.push(why) });
  const failing = new Set(bad.map(({ line }) => line));
  const good = visits.filter(({ line }) => !failing.has(line));
  const { written, unchanged } = good.length ? await run(actor, store, body, good, {}) : { written: 0, unchanged: 0 };
  const ids = new Map(visits.map((visit) => [visit.line, visit.external_id]));
  return {
    visits: good.length + failing.size,
    rows: { read: visits.reduce((sum, visit) => sum + visit.rows.length, 0), written, unchanged },
    rejected: failing.size,
    rejects: bad
      .sort((a, b) => a.line - b.line)
      .slice(0, SHOWN_REJECTS)
      .map((why) => ({ ...why, external_id: ids.get(why.line) ?? null })),
  };
}

type Options = Pick<NonNullable<Parameters<typeof runImport>[2]>, "dryRun" | "onReject">;

const run = (actor: Actor, store: Store, body: string, visits: readonly SentVisit[], options: Options) =>
  runImport(store, inspected(body, visits), {
    ...options,
    actor,
    rejectsPath: null,
    batchRows: Number.MAX_SAFE_INTEGER,
  });

/** Rows in hand as the import takes them from a file. */
function inspected(body: string, visits: readonly SentVisit[]): Inspected {
  const name = "visits received";
  const rows: readonly SourceRow[] = visits.flatMap((visit) => visit.rows);
  const source: Source = {
    format: "json",
    header: [...VISIT_COLUMNS],
    async *chunks() {
      yield rows;
    },
    warnings: () => [],
  };
  const { mapping, hash } = loadMapping(MAPPING);
  const binding = bindColumns(source, mapping, name);
  return {
    ...{ path: name, name, mapping, mapHash: hash, source, binding, rows: rows.length, warnings: [] },
    fileHash: createHash("sha256").update(body).digest("hex"),
    largest: largestOf(binding, mapping).largest,
    started: performance.now(),
  };
}
