import { z } from "zod";
import { KamError } from "../../common/errors.ts";
import type { Cell, SourceRow } from "../readers/source.ts";

/** Visits as a field system or image recognition sends them; docs/adapters/visits.md shows one. Ranges and names are the import's to check. */

const text = z.string();
const number = z.number();
const check = z.strictObject({
  product: text,
  on_shelf: z.boolean(),
  display_present: z.boolean(),
  feature_present: z.boolean().nullish(),
  price_seen: number.nullish(),
  confidence: number.nullish(),
  facings: number.nullish(),
  availability: number.nullish(),
  display_type: text.nullish(),
  photo: text.nullish(),
});
const visit = z.strictObject({
  external_id: z.string().trim().min(1, "must not be empty"),
  account: text,
  store: text,
  date: text,
  source: text.nullish(),
  promotion: text.nullish(),
  checks: z.array(check).max(200, "holds more than 200 checks").default([]),
});

/** The columns that a visit is laid out in, one row a check. */
export const VISIT_COLUMNS = [
  "external_id",
  "account",
  "store",
  "date",
  "source",
  "promotion",
  ...(Object.keys(check.shape) as (keyof typeof check.shape)[]),
] as const;

export interface SentVisit {
  /** Place in the array, or line of the text. */
  readonly line: number;
  readonly external_id: string | null;
  readonly rows: readonly SourceRow[];
}
export interface Refused {
  readonly line: number;
  readonly column: string;
  readonly value: string;
  readonly reason: string;
}

/** Most rows of one request. */
export const MOST_ROWS = 20_000;

/**
 * The visits of a body: a JSON array of them, or (`lines`) one JSON object a line.
 * @throws KamError bad_input where the body as a whole is none; a visit that is none is among `refused`
 */
export function readVisits(body: string, lines: boolean): { visits: SentVisit[]; refused: Refused[] } {
  const visits: SentVisit[] = [];
  const refused: Refused[] = [];
  let rows = 0;
  for (const { line, value } of lines ? byLine(body, refused) : byPlace(body)) {
    const parsed = visit.safeParse(value);
    if (!parsed.success) {
      refused.push(refusal(line, parsed.error.issues[0]!));
      continue;
    }
    const sent = laidOut(line, parsed.data);
    rows += sent.rows.length;
    if (rows > MOST_ROWS)
      throw new KamError("bad_input", `A request may hold ${MOST_ROWS} shelf checks; send the visits in several.`);
    visits.push(sent);
  }
  return { visits, refused };
}

function* byPlace(body: string): Generator<{ line: number; value: unknown }> {
  const array = parse(body);
  if (array === undefined) throw new KamError("bad_input", "The body is not JSON; send an array of visits.");
  if (!Array.isArray(array)) throw new KamError("bad_input", "The body is JSON, but no array of visits.");
  for (const [i, value] of array.entries()) yield { line: i + 1, value };
}

function* byLine(body: string, refused: Refused[]): Generator<{ line: number; value: unknown }> {
  for (const [i, line] of body.split("\n").entries()) {
    if (!line.trim()) continue;
    const value = parse(line);
    if (value === undefined) refused.push({ line: i + 1, column: "", value: short(line), reason: "is not JSON" });
    else yield { line: i + 1, value };
  }
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body.replace(/^\ufeff/, ""));
  } catch {
    return undefined;
  }
}

function refusal(line: number, issue: z.core.$ZodIssue): Refused {
  const path = issue.path.reduce<string>(
    (at, part) => (typeof part === "number" ? `${at}[${part}]` : at ? `${at}.${String(part)}` : String(part)),
    "",
  );
  const reason =
    issue.code === "unrecognized_keys"
      ? `holds "${short(issue.keys[0]!)}", which a visit does not have`
      : issue.message.replace(/^Invalid input: /, "");
  return { line, column: path, value: "", reason };
}

function laidOut(line: number, sent: z.output<typeof visit>): SentVisit {
  const { checks, ...head } = sent;
  const rows = (checks.length ? checks : [null]).map((one): SourceRow => {
    const all: Record<string, Cell | undefined> = { ...head, source: head.source ?? "sfa", ...one };
    return { line, cells: VISIT_COLUMNS.map((column) => all[column] ?? null) };
  });
  return { line, external_id: sent.external_id, rows };
}

const short = (value: string): string => (value.length > 60 ? `${value.slice(0, 57)}…` : value);
