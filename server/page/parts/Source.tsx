import { label, t } from "../words/text.ts";
import { isRow } from "../words/values.ts";

/** Where the figures of a view come from: the tool, as the agent uses it too, and what it was asked. */
export function Source({ tool, args }: { readonly tool: string; readonly args: Readonly<Record<string, unknown>> }) {
  const asked = Object.entries(args).filter(([, value]) => value !== null);
  const text = asked
    .map(([key, value]) => `${label(key)}: ${isRow(value) ? JSON.stringify(value) : String(value)}`)
    .join(", ");
  return (
    <p className="source-line">
      {t("source.view")} <b>{label(tool)}</b>
      {text && ` (${text})`}
    </p>
  );
}
