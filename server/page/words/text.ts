import { texts } from "./en/texts.ts";
import { ADVICE, DOING, ROLES } from "./en/tools.ts";

/** A text of the translation file, by its key. */
export type TextKey = keyof typeof texts;

/** @example t("card.passed", { n: 3 }) // "3 checks passed" */
export function t(key: TextKey, values: Readonly<Record<string, string | number>> = {}): string {
  return texts[key].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

const known = (key: string): string | undefined => (texts as Readonly<Record<string, string>>)[key];

/** A key of the server's in words: of a list of the translation file where it stands there, else as it is written. */
export const termOf = (
  list: "state" | "mechanic" | "payment" | "label" | "kind" | "person" | "report",
  key: string,
): string => known(`${list}.${key}`) ?? label(key);

/** "net_roi" → "Net ROI" */
export function label(key: string): string {
  const own = known(`label.${key}`);
  if (own) return own;
  const words = key.replaceAll("_", " ").replace(/\b(roi|edlp|tpr|mdf|id|sku|p&l)\b/g, (word) => word.toUpperCase());
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What a tool is doing, for a person who waits. */
export const doing = (tool: string): string => DOING[tool] ?? label(tool);
export const roleName = (role: string): string => ROLES[role] ?? t("role.assistant");
/** What to do about an error, where its own sentence does not say it. */
export const advice = (code: string): string => ADVICE[code] ?? "";
