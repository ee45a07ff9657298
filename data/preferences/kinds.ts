import { z } from "zod";
import { KamError } from "../common/errors.ts";
import { MOVING_PERIODS, movingPeriodWords } from "./periods.ts";

const LONGEST_LIST = 20;

/** The kinds of preference there are: what each may be, and its words. Values are of closed sets, so that nothing kept here can say more. */
const VALUES = {
  roi: z.enum(["net", "gross"]),
  accounts: z.array(z.string().min(1).max(100)).min(1).max(50),
  period: z.enum(MOVING_PERIODS as [string, ...string[]]),
  list_length: z.number().int().min(1).max(LONGEST_LIST),
  report_format: z.enum(["page", "xlsx", "pptx", "pdf", "csv"]),
  answers: z.enum(["short", "full"]),
  tables: z.enum(["shown", "hidden"]),
  charts: z.enum(["shown", "hidden"]),
} as const;

export type PreferenceKind = keyof typeof VALUES;
export type PreferenceValue = string | number | readonly string[];
/** What a person prefers; what is absent goes by the common defaults. */
export type Preferences = { readonly [K in PreferenceKind]?: z.output<(typeof VALUES)[K]> };

export const PREFERENCE_KINDS = Object.keys(VALUES) as [PreferenceKind, ...PreferenceKind[]];

/** What each kind is about, and how one is asked for; "…" stands for names. */
export const PREFERENCE_TITLES: Readonly<Record<PreferenceKind, { readonly title: string; readonly say: string }>> = {
  roi: { title: "which ROI is meant", say: "From now on show ROI gross" },
  accounts: { title: "your accounts", say: "My accounts are …" },
  period: { title: "the period of a question", say: "Always show me the last quarter" },
  list_length: { title: "the length of lists", say: "Always list the top five" },
  report_format: { title: "the format of reports", say: "Send my reports as Excel" },
  answers: { title: "the length of answers", say: "Keep your answers short" },
  tables: { title: "tables", say: "No tables, please" },
  charts: { title: "charts", say: "Never show charts" },
};

/** @throws KamError bad_input, which says what the kind may be */
export function parsePreference<K extends PreferenceKind>(kind: K, value: unknown): PreferenceValue {
  const parsed = VALUES[kind].safeParse(kind === "accounts" && typeof value === "string" ? [value] : value);
  if (parsed.success) return parsed.data as PreferenceValue;
  throw new KamError("bad_input", `A preference for ${PREFERENCE_TITLES[kind].title} can be ${ALLOWED[kind]}.`, {
    preference: kind,
  });
}

const ALLOWED: Readonly<Record<PreferenceKind, string>> = {
  roi: "net or gross",
  accounts: "one or more of the accounts that you see",
  period: "one that moves with the day, like the last quarter, the last twelve months or the year to date",
  list_length: "a whole number from one to twenty",
  report_format: "a page, XLSX or CSV",
  answers: "short or full",
  tables: "shown or hidden",
  charts: "shown or hidden",
};

/** "Albion Fresh", "Albion Fresh, Bramley Stores and Delphi Discount" */
const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;

/** "ROI gross", "my accounts are Albion Fresh and Bramley Stores": a preference in a person's words, without a digit. */
export function preferenceWords(kind: PreferenceKind, value: PreferenceValue): string {
  switch (kind) {
    case "roi":
      return `ROI ${value}`;
    case "accounts":
      return `“my accounts” are ${listed(value as readonly string[])}`;
    case "period":
      return movingPeriodWords(String(value));
    case "list_length":
      return "lists of a length of their own";
    case "report_format":
      return `reports as ${value === "page" ? "a page" : String(value).toUpperCase()}`;
    case "answers":
      return `${value} answers`;
    default:
      return value === "hidden" ? `no ${kind}` : `${kind} shown`;
  }
}
