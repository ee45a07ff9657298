import { useRead } from "../../api/useRead.ts";
import { goTo, type Place, setQuery } from "../../app/router.ts";
import { useSession } from "../../app/session.tsx";
import { Choose } from "../../parts/Choose.tsx";
import { Head } from "../../parts/Head.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { Ready } from "../../parts/Ready.tsx";
import { Facts, ResultView, RowsTable } from "../../parts/ResultView.tsx";
import { Source } from "../../parts/Source.tsx";
import { Empty } from "../../parts/states.tsx";
import { Tabs } from "../../parts/Tabs.tsx";
import { ToolLists } from "../../parts/ToolLists.tsx";
import { label, t } from "../../words/text.ts";
import { textOf } from "../../words/values.ts";
import { JointPlan } from "./JointPlan.tsx";
import { Pnl } from "./Pnl.tsx";
import { PARTS } from "./parts.ts";

/** One account: contract, contacts, talks and next steps, money and growth. */
export function Account({ place }: { readonly place: Place }) {
  const { accounts, tools } = useSession();
  const account = place.id || accounts[0]?.name;
  if (!account) return <Empty title={t("account.none")} />;
  const tabs = [
    { name: "profile", title: t("account.profile"), show: () => <Profile account={account} /> },
    { name: "pnl", title: t("account.pnl"), show: () => <Pnl account={account} /> },
    { name: "plan", title: t("account.jointPlan"), show: () => <JointPlan account={account} /> },
    ...PARTS.filter(({ tool }) => tools.includes(tool)).map(({ tool, title, shape }) => ({
      name: tool,
      title: t(title),
      show: () => <ToolLists key={tool} tool={tool} args={{ account }} shape={shape} />,
    })),
  ];
  return (
    <>
      <Head title={account} lead={t("account.lead")} ask={t("account.ask", { account })}>
        <Choose
          label={t("label.account")}
          value={account}
          options={accounts.map(({ name }) => [name, name] as const)}
          change={(name) => goTo("account", name, Object.fromEntries(place.query))}
        />
      </Head>
      <Tabs
        label={account}
        tabs={tabs}
        chosen={place.query.get("tab") ?? "profile"}
        choose={(tab) => setQuery({ ...place, id: account }, { tab })}
      />
    </>
  );
}

type Row = Readonly<Record<string, unknown>>;
interface Talk extends Row {
  readonly date: string;
  readonly kind: string;
  readonly by: string;
  readonly text: string;
  readonly next_step: string | null;
}
interface AccountProfile extends Row {
  readonly currency: string;
  readonly contract: Row | null;
  readonly contacts: readonly Row[];
  readonly funds: readonly Row[];
  readonly listings: { readonly products: number; readonly brands: readonly Row[] } | null;
  readonly talks: readonly Talk[];
  readonly next_steps: readonly Talk[];
}

/** What this part shows itself; what else the tool tells stands below as it comes. */
const OWN =
  "account owner channel country currency calendar as_of contract contacts decides funds listings promotions talks next_steps missing".split(
    " ",
  );

function Profile({ account }: { readonly account: string }) {
  const found = useRead<AccountProfile>("account_profile", { account });
  return (
    <Ready of={found}>
      {(profile) => {
        const { contract, contacts, funds, listings, talks, next_steps, currency } = profile;
        const { blackouts, tiers, lump_sums, ...terms } = contract ?? {};
        return (
          <>
            <Facts
              entries={["owner", "channel", "country", "calendar"].map((key) => [key, profile[key]] as const)}
              row={profile}
            />
            <div className="columns">
              <Panel title={t("account.contract")}>
                {contract ? (
                  <ResultView result={{ currency, ...terms }} />
                ) : (
                  <p className="soft">{t("account.noContract")}</p>
                )}
                {[
                  ["tiers", tiers],
                  ["lump_sums", lump_sums],
                ].map(
                  ([name, rows]) =>
                    Array.isArray(rows) &&
                    rows.length > 0 && (
                      <div key={String(name)}>
                        <h3>{label(String(name))}</h3>
                        <RowsTable name={label(String(name))} rows={rows} currency={currency} />
                      </div>
                    ),
                )}
                {Array.isArray(blackouts) && blackouts.length > 0 && (
                  <RowsTable name={t("account.blackouts")} rows={blackouts} />
                )}
              </Panel>
              <Panel title={t("account.steps")}>
                {next_steps.length ? <Talks rows={next_steps} steps /> : <p className="soft">{t("account.noSteps")}</p>}
              </Panel>
            </div>
            <Panel title={t("account.contacts")}>
              {contacts.length ? (
                <RowsTable name={t("account.contacts")} rows={contacts} />
              ) : (
                <p className="soft">{t("account.noContacts")}</p>
              )}
            </Panel>
            <Panel title={t("account.talks")}>
              {talks.length ? <Talks rows={talks} /> : <p className="soft">{t("account.noTalks")}</p>}
            </Panel>
            <Panel title={t("budget.funds")}>
              <RowsTable name={t("budget.funds")} rows={funds} currency={currency} />
            </Panel>
            {listings && (
              <Panel title={t("account.listings", { n: listings.products })}>
                <RowsTable name={t("account.listed")} rows={listings.brands} />
              </Panel>
            )}
            <ResultView result={profile} without={OWN} />
            <Source tool="account_profile" args={{ account }} />
          </>
        );
      }}
    </Ready>
  );
}

/** Talks as they were logged; their words are quoted, since they are somebody's. */
function Talks({ rows, steps = false }: { readonly rows: readonly Talk[]; readonly steps?: boolean }) {
  return (
    <ol className="timeline">
      {rows.map((row) => (
        <li key={`${row.date} ${row.text} ${row.next_step}`}>
          <span className="when">{textOf("date", row.date)}</span>
          <span>
            {!steps && <q>{row.text}</q>}
            {row.next_step && (
              <span className="step">
                {!steps && `${t("account.step")} `}
                {steps ? <q>{row.next_step}</q> : row.next_step}
              </span>
            )}
            <small className="soft">
              {textOf("kind", row.kind)}, {row.by}
            </small>
          </span>
        </li>
      ))}
    </ol>
  );
}
