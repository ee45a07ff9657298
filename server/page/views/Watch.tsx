import { useRead } from "../api/useRead.ts";
import { linkTo, type Place, setQuery } from "../app/router.ts";
import { useSession } from "../app/session.tsx";
import { Badge } from "../parts/Badge.tsx";
import { Choose } from "../parts/Choose.tsx";
import { Head } from "../parts/Head.tsx";
import { Ready } from "../parts/Ready.tsx";
import { Value } from "../parts/ResultView.tsx";
import { Source } from "../parts/Source.tsx";
import { Empty } from "../parts/states.tsx";
import { t, termOf } from "../words/text.ts";
import { isShownKey, textOf } from "../words/values.ts";

type Row = Readonly<Record<string, unknown>>;
interface Item {
  readonly kind: string;
  readonly severity: string;
  readonly account: string;
  readonly date: string;
  readonly at_stake: number | null;
  readonly currency: string;
  readonly evidence: Row;
  /** What could be asked about it. */
  readonly action: { readonly words: string } | null;
}
interface Found {
  readonly items: number;
  readonly rows: readonly Item[];
}
const MOST = 40;

/** What needs attention, unprompted: the weekly watch, worst first. */
export function Watch({ place }: { readonly place: Place }) {
  const { accounts } = useSession();
  const account = place.query.get("account") ?? "";
  const args = { account: account || null };
  return (
    <>
      <Head title={t("view.watch")} lead={t("watch.lead")} ask={t("watch.ask")}>
        <Choose
          label={t("label.account")}
          value={account}
          options={[["", t("filter.allAccounts")], ...accounts.map(({ name }) => [name, name] as const)]}
          change={(value) => setQuery(place, { account: value || undefined })}
        />
      </Head>
      <Items args={{ ...args, top: MOST }} />
    </>
  );
}

function Items({ args }: { readonly args: Row }) {
  const found = useRead<Found>("weekly_watch", args);
  return (
    <Ready of={found}>
      {({ rows, items }) =>
        rows.length === 0 ? (
          <Empty title={t("watch.none")}>
            <p>{t("watch.noneHint")}</p>
          </Empty>
        ) : (
          <>
            <p className="soft">{t("watch.count", { n: items, shown: rows.length })}</p>
            <ol className="risks">
              {rows.map((item) => (
                <ItemCard key={`${item.kind} ${item.account} ${JSON.stringify(item.evidence)}`} item={item} />
              ))}
            </ol>
            <Source tool="weekly_watch" args={args} />
          </>
        )
      }
    </Ready>
  );
}

function ItemCard({ item }: { readonly item: Item }) {
  const { kind, severity, account, date, at_stake, currency, evidence, action } = item;
  const { from, to, ...rest } = evidence;
  const period = from && to ? { period: { from, to } } : {};
  const facts = Object.entries({ ...rest, ...period }).filter(
    ([key, value]) => isShownKey(key) && value !== null && value !== "",
  );
  return (
    <li className={`risk ${severity}`}>
      <header>
        <h2>
          {termOf("kind", kind)}, <a href={linkTo("account", account)}>{account}</a>
        </h2>
        <Badge state={severity} />
      </header>
      <p className="soft">
        {textOf("date", date)}
        {at_stake !== null && ` · ${t("watch.atStake", { amount: textOf("at_stake", at_stake, { currency }) })}`}
      </p>
      <dl className="evidence">
        {facts.map(([key, value]) => (
          <div key={key}>
            <dt>{termOf("label", key)}</dt>
            <dd>
              <Value name={key} value={value} row={{ currency }} />
            </dd>
          </div>
        ))}
      </dl>
      {action && (
        <a className="next" href={linkTo("chat", "", { ask: action.words })}>
          {action.words}
        </a>
      )}
    </li>
  );
}
