import { formatFigure } from "../../../../data/common/format.ts";
import { useRead } from "../../api/useRead.ts";
import { Meter } from "../../parts/Bars.tsx";
import { Ready } from "../../parts/Ready.tsx";
import { RowsTable } from "../../parts/ResultView.tsx";
import { t, termOf } from "../../words/text.ts";
import { textOf } from "../../words/values.ts";

interface Seen {
  readonly seen: number;
  readonly of: number;
  readonly share: number | null;
}
interface ProofResult {
  readonly visited: boolean;
  readonly stores: number;
  readonly visits: number;
  readonly seen_by: readonly string[];
  readonly shares: Readonly<Record<string, Seen | null>>;
  readonly not_executed: number | null;
  readonly currency: string;
  readonly products: readonly Readonly<Record<string, unknown>>[];
}

/** In how many of the stores checked the support stood, the products were on the shelf and the price was right. */
export function Proof({ id }: { readonly id: string }) {
  const found = useRead<ProofResult>("promotion_proof", { promotion: id });
  return (
    <Ready of={found}>
      {({ visited, stores, visits, seen_by, shares, not_executed, currency, products }) =>
        visited ? (
          <>
            <p className="soft">{t("promotion.proofOf", { stores, visits, by: seen_by.join(", ") })}</p>
            <ul className="meters">
              {Object.entries(shares).map(
                ([what, seen]) =>
                  seen && (
                    <li key={what}>
                      <Meter name={termOf("label", what)} share={seen.share ?? 0} text={textOf(what, seen)} />
                    </li>
                  ),
              )}
            </ul>
            {not_executed !== null && not_executed > 0 && (
              <p className="alert">{t("promotion.notExecuted", { amount: formatFigure(not_executed, currency) })}</p>
            )}
            <details>
              <summary>{t("promotion.products")}</summary>
              <RowsTable name={t("promotion.products")} rows={products} currency={currency} />
            </details>
          </>
        ) : (
          <p className="soft">{t("promotion.noProof")}</p>
        )
      }
    </Ready>
  );
}
