import { formatFigure } from "../../../../data/common/format.ts";
import { useRead } from "../../api/useRead.ts";
import { linkTo, type Place, setQuery } from "../../app/router.ts";
import { useSession } from "../../app/session.tsx";
import { Badge } from "../../parts/Badge.tsx";
import { Choose } from "../../parts/Choose.tsx";
import { Head } from "../../parts/Head.tsx";
import { Ready } from "../../parts/Ready.tsx";
import { SearchBox } from "../../parts/SearchBox.tsx";
import { Empty } from "../../parts/states.tsx";
import { type Column, Table } from "../../parts/Table.tsx";
import { t, termOf } from "../../words/text.ts";
import { shortPeriod, textOf } from "../../words/values.ts";
import { Promotion } from "./Promotion.tsx";
import type { FoundPromotions, PromotionRow } from "./types.ts";

const STATES = ["draft", "submitted", "approved", "running", "ended", "closed", "cancelled"];
const MECHANICS = ["tpr", "multibuy", "loyalty_price", "coupon", "edlp"];
/** As many as the tool gives at once. */
const MOST = 500;

/** The promotions of the person's accounts, by what she looks for; one of them where the address names it. */
export function Promotions({ place }: { readonly place: Place }) {
  return place.id ? <Promotion id={place.id} /> : <List place={place} />;
}

function List({ place }: { readonly place: Place }) {
  const { accounts, brands, today } = useSession();
  const asked = (key: string): string => place.query.get(key) ?? "";
  const year = asked("year");
  const found = useRead<FoundPromotions>("find_promotions", {
    account: asked("account") || null,
    brand: asked("brand") || null,
    status: asked("status") || null,
    mechanic: asked("mechanic") || null,
    text: asked("text") || null,
    period: year ? { from: `${year}-01-01`, to: `${year}-12-31` } : null,
    top: MOST,
  });
  const any = (text: string): readonly [string, string] => ["", text];
  const set = (key: string) => (value: string) => setQuery(place, { [key]: value || undefined });
  const thisYear = Number(today.slice(0, 4));
  return (
    <>
      <Head title={t("view.promotions")} lead={t("promotions.lead")} ask={t("promotions.ask")}>
        <Choose
          label={t("label.account")}
          value={asked("account")}
          options={[any(t("filter.allAccounts")), ...accounts.map(({ name }) => [name, name] as const)]}
          change={set("account")}
        />
        <Choose
          label={t("label.status")}
          value={asked("status")}
          options={[any(t("filter.any")), ...STATES.map((state) => [state, termOf("state", state)] as const)]}
          change={set("status")}
        />
        <Choose
          label={t("label.brand")}
          value={asked("brand")}
          options={[any(t("filter.allBrands")), ...brands.map((name) => [name, name] as const)]}
          change={set("brand")}
        />
        <Choose
          label={t("label.mechanic")}
          value={asked("mechanic")}
          options={[any(t("filter.any")), ...MECHANICS.map((name) => [name, termOf("mechanic", name)] as const)]}
          change={set("mechanic")}
        />
        <Choose
          label={t("label.year")}
          value={year}
          options={[
            any(t("filter.lastTwelveMonths")),
            ...[1, 0, -1, -2, -3].map((back) => [String(thisYear + back), String(thisYear + back)] as const),
          ]}
          change={set("year")}
        />
        <SearchBox label={t("filter.search")} value={asked("text")} change={set("text")} />
      </Head>
      <Ready of={found}>
        {({ n, promotions, totals }) =>
          promotions.length === 0 ? (
            <Empty title={t("promotions.none")}>
              <p>{t("promotions.noneHint")}</p>
              <a className="button" href="#/promotions">
                {t("filter.clear")}
              </a>
            </Empty>
          ) : (
            <>
              <p className="soft">
                {t("promotions.count", { n: formatFigure(n, "count") })}
                {totals.net_roi !== null && ` · ${t("promotions.roi", { roi: formatFigure(totals.net_roi, "ratio") })}`}
              </p>
              <Table name={t("view.promotions")} columns={COLUMNS} rows={promotions} keyOf={(row) => row.promotion} />
              {promotions.length < n && <p className="soft">{t("table.cut", { n: promotions.length, all: n })}</p>}
            </>
          )
        }
      </Ready>
    </>
  );
}

const COLUMNS: readonly Column<PromotionRow>[] = [
  {
    key: "promotion",
    isWide: true,
    head: t("label.promotion"),
    cell: (row) => (
      <a href={linkTo("promotions", row.promotion)}>
        <span className="code">{row.promotion}</span> {row.name}
      </a>
    ),
    by: (row) => row.name,
  },
  { key: "account", head: t("label.account"), cell: (row) => row.account, by: (row) => row.account },
  {
    key: "status",
    head: t("label.status"),
    cell: (row) => <Badge state={row.status} />,
    by: (row) => STATES.indexOf(row.status),
  },
  {
    key: "dates",
    head: t("label.dates"),
    cell: (row) => <span className="dates">{shortPeriod(row.start, row.end)}</span>,
    by: (row) => row.start,
  },
  {
    key: "offer",
    head: t("label.offer"),
    cell: (row) => `${termOf("mechanic", row.mechanic)}, ${row.offer}`,
    by: (row) => row.discount,
  },
  {
    key: "spend",
    head: t("label.spend"),
    isNumber: true,
    cell: (row) => textOf("spend", row.spend, row),
    by: (row) => row.spend,
  },
  {
    key: "net_roi",
    head: t("label.net_roi"),
    isNumber: true,
    cell: (row) => textOf("net_roi", row.net_roi),
    by: (row) => row.net_roi,
  },
];
