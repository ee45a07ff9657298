import type { Place } from "../app/router.ts";
import { useSession } from "../app/session.tsx";
import { Head } from "../parts/Head.tsx";
import { Empty } from "../parts/states.tsx";
import { ToolView } from "../parts/ToolView.tsx";
import { t } from "../words/text.ts";

/** Who changed what, when, and whether the chain of the log holds. */
export function Audit(_: { readonly place: Place }) {
  const { tools } = useSession();
  return (
    <>
      <Head title={t("view.audit")} lead={t("audit.lead")} />
      {tools.includes("audit_trail") ? <ToolView tool="audit_trail" /> : <Empty title={t("audit.none")} />}
    </>
  );
}
