import type { Answer } from "../../../agents/answer.ts";
import { useSession } from "../app/session.tsx";
import { t } from "../words/text.ts";

/** The name of the file that a report was written to, where it was. */
function fileOf(result: unknown): string | null {
  const file = (result as { file?: unknown } | null)?.file;
  return typeof file === "string" ? file.split(/[\\/]/).at(-1)! : null;
}

/** Links to the reports that an answer made, for the person who had them made. */
export function ReportFiles({ answer }: { readonly answer: Answer }) {
  const { person } = useSession();
  const names = answer.calls.flatMap((call) => (call.tool === "make_report" ? (fileOf(call.result) ?? []) : []));
  return [...new Set(names)].map((name) => (
    <p key={name}>
      <a href={`/api/reports/${encodeURIComponent(name)}?user=${encodeURIComponent(person.id)}`} download={name}>
        {t("chat.download", { name })}
      </a>
    </p>
  ));
}
