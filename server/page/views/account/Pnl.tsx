import { useRead } from "../../api/useRead.ts";
import { Ready } from "../../parts/Ready.tsx";
import { ScrollBox } from "../../parts/ScrollBox.tsx";
import { Source } from "../../parts/Source.tsx";
import { label, t } from "../../words/text.ts";
import { textOf } from "../../words/values.ts";

type Row = Readonly<Record<string, unknown>>;
interface PnlResult {
  readonly currency: string;
  readonly period: { readonly from: string; readonly to: string };
  readonly measured_to: string | null;
  readonly total: Row;
  readonly rows: readonly (Row & { readonly label: string })[];
}
/** The lines of the statement from gross to margin; what is subtracted stands between what it leaves. */
const LINES: readonly (readonly [key: string, kind: "sum" | "part" | "rate"])[] = [
  ["gross_sales", "sum"],
  ["off_invoice", "part"],
  ["net_sales", "sum"],
  ["bill_back", "part"],
  ["scan_back", "part"],
  ["lump_sum", "part"],
  ["slotting", "part"],
  ["mdf", "part"],
  ["other_claims", "part"],
  ["rebates", "part"],
  ["bonus", "part"],
  ["contract_sums", "part"],
  ["net_revenue", "sum"],
  ["cost_of_goods", "part"],
  ["gross_margin", "sum"],
  ["net_to_gross", "rate"],
  ["trade_rate", "rate"],
  ["margin_rate", "rate"],
];

/** "2026-01" → "Jan 2026"; a quarter or a year stays as it is. */
const monthOf = (label: string): string =>
  /^\d{4}-\d{2}$/.test(label)
    ? new Date(`${label}-01T00:00:00Z`).toLocaleDateString("en-GB", {
        month: "short",
        year: "numeric",
        timeZone: "UTC",
      })
    : label;

/** The customer's profit and loss from gross sales to margin, month by month, against the plan. */
export function Pnl({ account }: { readonly account: string }) {
  const args = { account };
  const found = useRead<PnlResult>("customer_pnl", args);
  return (
    <Ready of={found}>
      {({ currency, period, measured_to, total, rows }) => (
        <>
          <p className="soft">
            {t("pnl.lead", { period: textOf("period", period), measured: textOf("date", measured_to) })}
          </p>
          <ScrollBox name={t("account.pnl")} className="table wide-table">
            <table>
              <thead>
                <tr>
                  <th scope="col">{t("pnl.line")}</th>
                  <th scope="col" className="num">
                    {t("pnl.total")}
                  </th>
                  <th scope="col" className="num">
                    {t("pnl.plan")}
                  </th>
                  <th scope="col" className="num">
                    {t("pnl.difference")}
                  </th>
                  {rows.map((row) => (
                    <th key={row.label} scope="col" className="num">
                      {monthOf(row.label)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {LINES.filter(([key]) => total[key] !== undefined).map(([key, kind]) => (
                  <tr key={key} className={kind}>
                    <th scope="row">{label(key)}</th>
                    <td className="num">{total[key] === 0 ? "–" : textOf(key, total[key], { currency })}</td>
                    <td className="num">{textOf(key, (total.plan as Row | null)?.[key], { currency })}</td>
                    <td className="num">
                      {textOf("share", ((total.against_plan as Row | null)?.[key] as Row | undefined)?.share)}
                    </td>
                    {rows.map((row) => (
                      <td key={row.label} className="num">
                        {row[key] === 0 ? "–" : textOf(key, row[key], { currency })}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </ScrollBox>
          <Source tool="customer_pnl" args={args} />
        </>
      )}
    </Ready>
  );
}
