import { linkTo } from "../app/router.ts";
import { Badge } from "../parts/Badge.tsx";
import { type Column, Table } from "../parts/Table.tsx";
import { t, termOf } from "../words/text.ts";
import { textOf } from "../words/values.ts";
import type { Judged } from "./ClaimGrounds.tsx";

/** What the views read of find_claims. */
export interface ClaimRow {
  readonly claim: string;
  readonly account: string;
  readonly promotion: string | null;
  readonly promotion_name: string | null;
  readonly kind: string;
  readonly status: string;
  readonly date: string;
  readonly currency: string;
  readonly amount: number;
  readonly settled: number | null;
  readonly still_booked: number | null;
  readonly display_share: number | null;
  readonly doubts: readonly string[];
  readonly reason: string | null;
  readonly [key: string]: unknown;
}
export interface FoundClaims {
  readonly judged?: Judged | null;
  readonly found: number;
  readonly doubted: number;
  readonly totals: readonly {
    readonly status: string;
    readonly currency: string;
    readonly n: number;
    readonly amount: number;
    readonly settled: number;
  }[];
  readonly claims: readonly ClaimRow[];
}

export function ClaimsTable({ rows }: { readonly rows: readonly ClaimRow[] }) {
  return <Table name={t("view.claims")} columns={COLUMNS} rows={rows} keyOf={(row) => row.claim} />;
}

const COLUMNS: readonly Column<ClaimRow>[] = [
  {
    key: "claim",
    head: t("label.claim"),
    cell: (row) => (
      <a href={linkTo("claims", row.claim)}>
        <span className="code">{row.claim}</span> {termOf("kind", row.kind)}
      </a>
    ),
    by: (row) => row.claim,
  },
  { key: "account", head: t("label.account"), cell: (row) => row.account, by: (row) => row.account },
  { key: "status", head: t("label.status"), cell: (row) => <Badge state={row.status} />, by: (row) => row.status },
  {
    key: "date",
    head: t("label.date"),
    cell: (row) => <span className="dates">{textOf("date", row.date)}</span>,
    by: (row) => row.date,
  },
  {
    key: "amount",
    head: t("label.amount"),
    isNumber: true,
    cell: (row) => textOf("amount", row.amount, row),
    by: (row) => row.amount,
  },
  {
    key: "booked",
    head: t("label.still_booked"),
    isNumber: true,
    cell: (row) => textOf("still_booked", row.still_booked, row),
    by: (row) => row.still_booked,
  },
  {
    key: "promotion",
    head: t("label.promotion"),
    cell: (row) => (row.promotion ? <a href={linkTo("promotions", row.promotion)}>{row.promotion}</a> : "–"),
    by: (row) => row.promotion,
  },
  {
    key: "doubts",
    isWide: true,
    head: t("label.doubts"),
    cell: (row) => <Doubts doubts={row.doubts} />,
    by: (row) => row.doubts.length,
  },
];

function Doubts({ doubts }: { readonly doubts: readonly string[] }) {
  if (!doubts.length) return "–";
  return (
    <ul className="doubts">
      {doubts.map((doubt) => (
        <li key={doubt}>{termOf("kind", doubt)}</li>
      ))}
    </ul>
  );
}
