import type { Answer } from "../agents/answer.ts";
import type { Sql } from "./grade.ts";

const MONTH =
  "(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec)";
/** Dates, week, quarter and year labels, list markers, ids, paths of files: digits that are no figures. */
const LABELS: readonly RegExp[] = [
  /\d{4}-\d{2}-\d{2}/g,
  new RegExp(`\\d{1,2}(?:\\s?–\\s?\\d{1,2})? ${MONTH}(?: \\d{4})?`, "g"),
  new RegExp(`${MONTH} \\d{4}`, "g"),
  /(?:CW|KW|[Ww]eeks?|Q|H) ?\d{1,2}(?:–\d{1,2})?(?: (?:of )?\d{4})?/g,
  /(?:[Cc]alendar year|in|of|year|for) 20\d{2}/g,
  /^\s*\d+\. /gm,
  /\b[A-Z]{1,3}-\d+/g,
  /\bw\d+\b/g,
  /`[^`\n]*`/g,
];

const NAMES = `SELECT group_concat(name, char(10)) FROM (
  SELECT name FROM account UNION SELECT name FROM product UNION SELECT name FROM promotion UNION SELECT name FROM fund)`;

/** Names of the store whose digits are no figures. */
export const storeNames = async (sql: Sql): Promise<string[]> => String((await sql(NAMES)) ?? "").split("\n");

const blank = (text: string, piece: string): string => text.replaceAll(piece, (m) => "·".repeat(m.length));

/**
 * Numbers of a reply that stand in no figure, as somebody outside would look for them: with plain patterns, apart from the
 * agent's own proof. Each with what stands around it.
 */
export function numbersOutside(answer: Answer, names: readonly string[]): string[] {
  const drafts = [...answer.pending.map(({ change }) => change.name), ...answer.calls.flatMap(namesOf)];
  const known = [...names, ...drafts.filter((name) => typeof name === "string")].filter((name) => /\d/.test(name));
  let rest = answer.reply;
  for (const name of known.sort((a, b) => b.length - a.length)) rest = blank(rest, name);
  for (const label of LABELS) rest = rest.replace(label, (m) => "·".repeat(m.length));
  for (const text of [...new Set(answer.figures.map((f) => f.text))].sort((a, b) => b.length - a.length)) {
    const literal = text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    rest = rest.replace(new RegExp(`(?<![\\d.,])${literal}(?!\\d|[.,]\\d)`, "g"), (m) => "·".repeat(m.length));
  }
  return [...rest.matchAll(/\d[\d.,]*/g)].map((m) =>
    answer.reply.slice(Math.max(0, m.index - 30), m.index + 20).replaceAll("\n", " "),
  );
}

const namesOf = ({ args, result }: Answer["calls"][number]): string[] =>
  [args.name, result.name].filter((name): name is string => typeof name === "string");
