import type { Place } from "../app/router.ts";
import { useSession } from "../app/session.tsx";
import { Head } from "../parts/Head.tsx";
import { Empty } from "../parts/states.tsx";
import { ToolView } from "../parts/ToolView.tsx";
import { t } from "../words/text.ts";

/** The rules that drafts are held to, and who approves what. */
export function Guardrails(_: { readonly place: Place }) {
  const { tools } = useSession();
  return (
    <>
      <Head title={t("view.guardrails")} lead={t("guardrails.lead")} ask={t("guardrails.ask")} />
      {tools.includes("find_policies") ? <ToolView tool="find_policies" /> : <Empty title={t("guardrails.none")} />}
    </>
  );
}
