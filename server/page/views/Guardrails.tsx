import type { Place } from "../app/router.ts";
import { useSession } from "../app/session.tsx";
import { Head } from "../parts/Head.tsx";
import { Empty } from "../parts/states.tsx";
import { ToolLists } from "../parts/ToolLists.tsx";
import { t } from "../words/text.ts";

const COLUMNS = "words scope account category brand bound value severity overridden_by from version decided_by";
const SHAPE = {
  lists: {
    guardrails: COLUMNS,
    approvals: "words role value scope account from version decided_by",
    proposals: COLUMNS,
  },
};

/** The rules that drafts are held to, and who approves what. */
export function Guardrails(_: { readonly place: Place }) {
  const { tools } = useSession();
  return (
    <>
      <Head title={t("view.guardrails")} lead={t("guardrails.lead")} ask={t("guardrails.ask")} />
      {tools.includes("find_policies") ? (
        <ToolLists tool="find_policies" args={{}} shape={SHAPE} />
      ) : (
        <Empty title={t("guardrails.none")} />
      )}
    </>
  );
}
