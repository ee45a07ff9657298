import type { Check } from "../../../../tools/define.ts";
import { useRead } from "../../api/useRead.ts";
import { useConversation } from "../../app/conversation.tsx";
import { linkTo } from "../../app/router.ts";
import { useSession } from "../../app/session.tsx";
import { Checks } from "../../chat/Card.tsx";
import { offerOf, supportOf } from "../../chat/change.ts";
import { Badge } from "../../parts/Badge.tsx";
import { Fold } from "../../parts/Fold.tsx";
import { Head } from "../../parts/Head.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { Ready } from "../../parts/Ready.tsx";
import { Facts, ResultView, RowsTable } from "../../parts/ResultView.tsx";
import { ToolLists } from "../../parts/ToolLists.tsx";
import { t, termOf } from "../../words/text.ts";
import { textOf } from "../../words/values.ts";
import { ClaimsTable, type FoundClaims } from "../ClaimsTable.tsx";
import { MoveForm } from "./MoveForm.tsx";
import { Proof } from "./Proof.tsx";
import type { PromotionRow } from "./types.ts";

interface Whole extends PromotionRow {
  readonly note: string | null;
  readonly lines: readonly Readonly<Record<string, unknown>>[];
  readonly money: readonly Readonly<Record<string, unknown>>[];
  readonly history: readonly HistoryRow[];
  readonly result: Readonly<Record<string, unknown>> | null;
}
interface HistoryRow {
  readonly at: string;
  readonly from: string | null;
  readonly to: string;
  readonly by: string;
  readonly reason: string | null;
}

/** One promotion whole. */
export function Promotion({ id }: { readonly id: string }) {
  const found = useRead<Whole>("get_promotion", { promotion: id });
  return <Ready of={found}>{(promotion) => <Page promotion={promotion} />}</Ready>;
}

/** What this page shows itself; whatever else the tool tells stands below, as it comes. */
const OWN = new Set(
  "promotion name account owner category brand products start end status mechanic discount price_off get pay offer feature display payment fixed_spend currency series spend net_roi true_incremental assumptions note maker created version n_products lines money history result".split(
    " ",
  ),
);

function Page({ promotion }: { readonly promotion: Whole }) {
  const { status, lines, money, history, result, note, currency } = promotion;
  const rest = Object.entries(promotion).filter(([key]) => !OWN.has(key));
  const claims = useRead<FoundClaims>("find_claims", { promotion: promotion.promotion, top: 20 });
  const facts: readonly (readonly [string, unknown])[] = [
    ["account", promotion.account],
    ["owner", promotion.owner],
    ["in_store", { from: promotion.start, to: promotion.end }],
    ["offer", offerOf(promotion)],
    ["support", supportOf(promotion)],
    ["payment", promotion.payment],
    ["spend", promotion.spend],
    ["fixed_spend", promotion.fixed_spend],
    ["series", promotion.series],
    ["note", note],
  ];
  return (
    <>
      <p className="crumbs">
        <a href={linkTo("promotions")}>{t("view.promotions")}</a>
      </p>
      <Head
        title={promotion.name}
        lead={
          <>
            <span className="code">{promotion.promotion}</span> <Badge state={status} />
          </>
        }
        ask={t(result ? "promotion.askWhy" : "promotion.askForecast", { id: promotion.promotion })}
      />
      <Actions promotion={promotion} />
      <Facts entries={facts.filter(([, value]) => value !== null && value !== 0)} row={promotion} />
      {result && (
        <Panel title={t("promotion.result")}>
          <Facts entries={RESULT.map((key) => [key, result[key]] as const)} row={{ currency, ...result }} />
        </Panel>
      )}
      <Panel title={t("promotion.lines")}>
        <RowsTable name={t("promotion.lines")} rows={lines} currency={currency} />
      </Panel>
      {money.length > 0 && (
        <Panel title={t("promotion.money")}>
          <RowsTable name={t("promotion.money")} rows={money} currency={currency} />
        </Panel>
      )}
      {["draft", "submitted", "approved"].includes(status) && (
        <>
          <Fold title={t("promotion.check")}>
            <CheckResult id={promotion.promotion} />
          </Fold>
          <Fold title={t("promotion.orders")}>
            <ToolLists tool="order_proposal" args={{ promotion: promotion.promotion }} shape={ORDERS} />
          </Fold>
        </>
      )}
      {["running", "ended", "closed"].includes(status) && (
        <Panel title={t("promotion.proof")}>
          <Proof id={promotion.promotion} />
        </Panel>
      )}
      <Panel title={t("promotion.claims")}>
        <Ready of={claims}>
          {({ claims: rows }) =>
            rows.length ? <ClaimsTable rows={rows} /> : <p className="soft">{t("promotion.noClaims")}</p>
          }
        </Ready>
      </Panel>
      <Panel title={t("promotion.history")}>
        <History rows={history} />
      </Panel>
      {rest.length > 0 && <ResultView result={{ currency, ...Object.fromEntries(rest) }} />}
    </>
  );
}

/** A result as it is read: what it brought, then out of what. */
const RESULT =
  "net_roi net_roi_range gross_roi probability_of_loss uplift true_incremental incremental_profit spend units baseline gross_incremental dip cannibalised halo".split(
    " ",
  );

const ORDERS = {
  facts: "quantity cases buy_in lead_days service_level too_late",
  lists: {
    lines: "product expected stock due sold_before short units_per_case quantity cases",
    deliveries: "deliver_by order_by in_time quantity cases",
  },
};

/** The promotion held against the guardrails as they are now. */
function CheckResult({ id }: { readonly id: string }) {
  const found = useRead<{ readonly checks: readonly Check[] }>("check_promotion", { promotion: id });
  return <Ready of={found}>{({ checks }) => <Checks checks={checks} />}</Ready>;
}

function History({ rows }: { readonly rows: readonly HistoryRow[] }) {
  return (
    <ol className="timeline">
      {rows.map((row) => (
        <li key={`${row.at} ${row.to} ${row.from}`}>
          <Badge state={row.to} />
          <span>
            {textOf("at", row.at)} · {row.by}
            {row.reason && <q>{row.reason}</q>}
          </span>
        </li>
      ))}
    </ol>
  );
}

/** What may be done next; each only drafts, and asks for a decision. */
function Actions({ promotion: { promotion: id, name, status, start, end } }: { readonly promotion: Whole }) {
  const { propose, busy } = useConversation();
  const { person } = useSession();
  const act = (tool: string, text: string, args: Readonly<Record<string, unknown>> = {}): void =>
    void propose({ tool, args: { promotion: id, ...args }, text });
  const what = `${id} (${name})`;
  if (person.role === "reader") return null;
  return (
    <div className="actions">
      {status === "draft" && (
        <>
          <MoveForm id={id} name={name} start={start} end={end} />
          <button
            type="button"
            className="button"
            disabled={busy}
            onClick={() => act("submit_promotion", t("act.submit", { what }))}
          >
            {termOf("label", "submit_promotion")}
          </button>
        </>
      )}
      {status === "submitted" && person.role === "manager" && (
        <>
          <button
            type="button"
            className="button"
            disabled={busy}
            onClick={() => act("decide_promotion", t("act.approve", { what }), { decision: "approve" })}
          >
            {t("card.approve")}
          </button>
          <a className="button" href={linkTo("chat", "", { ask: t("act.rejectAsk", { id }) })}>
            {t("card.reject")}
          </a>
        </>
      )}
      {status === "ended" && (
        <button
          type="button"
          className="button"
          disabled={busy}
          onClick={() => act("close_promotion", t("act.close", { what }))}
        >
          {t("act.closeButton")}
        </button>
      )}
      {["draft", "submitted", "approved"].includes(status) && (
        <button
          type="button"
          className="button"
          disabled={busy}
          onClick={() => act("cancel_promotion", t("act.cancel", { what }))}
        >
          {t("act.cancelButton")}
        </button>
      )}
      <button
        type="button"
        className="button"
        disabled={busy}
        onClick={() => act("copy_promotion", t("act.copy", { what }))}
      >
        {t("act.copyButton")}
      </button>
    </div>
  );
}
