import { formatFigure } from "../../../data/common/format.ts";
import { useRead } from "../api/useRead.ts";
import { useConversation } from "../app/conversation.tsx";
import { linkTo, type Place, setQuery } from "../app/router.ts";
import { useSession } from "../app/session.tsx";
import { Badge } from "../parts/Badge.tsx";
import { Choose } from "../parts/Choose.tsx";
import { Head } from "../parts/Head.tsx";
import { Panel } from "../parts/Panel.tsx";
import { Ready } from "../parts/Ready.tsx";
import { ResultView } from "../parts/ResultView.tsx";
import { Empty } from "../parts/states.tsx";
import { t, termOf } from "../words/text.ts";
import { ClaimGrounds, type Judged } from "./ClaimGrounds.tsx";
import { type ClaimRow, ClaimsTable, type FoundClaims } from "./ClaimsTable.tsx";

const STATES = ["open", "paid", "part_paid", "disputed", "settled"];
const KINDS = ["claim", "deduction"];
const MOST = 50;

/** Claims and deductions; one of them where the address names it. */
export function Claims({ place }: { readonly place: Place }) {
  return place.id ? <OneClaim id={place.id} /> : <List place={place} />;
}

function List({ place }: { readonly place: Place }) {
  const { accounts } = useSession();
  const asked = (key: string): string => place.query.get(key) ?? "";
  const found = useRead<FoundClaims>("find_claims", {
    account: asked("account") || null,
    status: asked("status") || null,
    kind: asked("kind") || null,
    doubtful: asked("doubtful") ? true : null,
    top: MOST,
  });
  const set = (key: string) => (value: string) => setQuery(place, { [key]: value || undefined });
  return (
    <>
      <Head title={t("view.claims")} lead={t("claims.lead")} ask={t("claims.ask")}>
        <Choose
          label={t("label.account")}
          value={asked("account")}
          options={[["", t("filter.allAccounts")], ...accounts.map(({ name }) => [name, name] as const)]}
          change={set("account")}
        />
        <Choose
          label={t("label.status")}
          value={asked("status")}
          options={[["", t("filter.any")], ...STATES.map((state) => [state, termOf("state", state)] as const)]}
          change={set("status")}
        />
        <Choose
          label={t("label.kind")}
          value={asked("kind")}
          options={[["", t("filter.any")], ...KINDS.map((kind) => [kind, termOf("kind", kind)] as const)]}
          change={set("kind")}
        />
        <Choose
          label={t("label.doubts")}
          value={asked("doubtful")}
          options={[
            ["", t("filter.any")],
            ["yes", t("claims.onlyDoubtful")],
          ]}
          change={set("doubtful")}
        />
      </Head>
      <Ready of={found}>
        {({ found: n, claims, totals }) =>
          claims.length === 0 ? (
            <Empty title={t("claims.none")}>
              <a className="button" href="#/claims">
                {t("filter.clear")}
              </a>
            </Empty>
          ) : (
            <>
              <ul className="tiles">
                {totals.map((total) => (
                  <li key={total.status}>
                    <Badge state={total.status} />
                    <b>{formatFigure(total.amount, total.currency)}</b>
                    <span className="soft">{t("claims.n", { n: total.n })}</span>
                  </li>
                ))}
              </ul>
              <ClaimsTable rows={claims} />
              {claims.length < n && <p className="soft">{t("table.cut", { n: claims.length, all: n })}</p>}
            </>
          )
        }
      </Ready>
    </>
  );
}

function OneClaim({ id }: { readonly id: string }) {
  const found = useRead<FoundClaims>("find_claims", { claim: id });
  return (
    <>
      <p className="crumbs">
        <a href={linkTo("claims")}>{t("view.claims")}</a>
      </p>
      <Ready of={found}>
        {({ claims: [claim], judged }) =>
          claim ? <ClaimPage claim={claim} judged={judged ?? null} /> : <Empty title={t("claims.none")} />
        }
      </Ready>
    </>
  );
}

function ClaimPage({ claim, judged }: { readonly claim: ClaimRow; readonly judged: Judged | null }) {
  const { propose, busy } = useConversation();
  const { person } = useSession();
  const decide = (decision: "pay" | "dispute"): void =>
    void propose({
      tool: "settle_claim",
      args: { claim: claim.claim, decision },
      text: t(decision === "pay" ? "claims.pay" : "claims.dispute", { id: claim.claim }),
    });
  const isOpen = claim.status === "open" && person.role !== "reader";
  return (
    <>
      <Head
        title={t("claims.one", { id: claim.claim, account: claim.account })}
        lead={<Badge state={claim.status} />}
        ask={t("claims.askOne", { id: claim.claim })}
      />
      {isOpen && (
        <div className="actions">
          <button type="button" className="button" disabled={busy} onClick={() => decide("pay")}>
            {termOf("kind", "pay")}
          </button>
          <button type="button" className="button" disabled={busy} onClick={() => decide("dispute")}>
            {termOf("kind", "dispute")}
          </button>
          <a className="button" href={linkTo("chat", "", { ask: t("claims.partAsk", { id: claim.claim }) })}>
            {termOf("kind", "part_pay")}
          </a>
        </div>
      )}
      <Panel title={t("claims.details")}>
        <ResultView result={claim} />
      </Panel>
      {judged && <ClaimGrounds id={claim.claim} judged={judged} currency={claim.currency} />}
    </>
  );
}
