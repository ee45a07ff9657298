import type { Composer } from "../../say.ts";
import { type ShareJson, shareCell } from "./shareWords.ts";

interface Row {
  readonly promotion: string;
  readonly name: string;
  readonly account: string;
  readonly payment: string;
  readonly currency: string;
  readonly period: { readonly from: string; readonly to: string };
  readonly supports: readonly { readonly support: string; readonly seen: ShareJson | null }[];
}
interface Named {
  readonly promotion: string;
  readonly name: string;
  readonly currency: string;
}
interface Ranking {
  readonly account: string | null;
  readonly period: { readonly from: string; readonly to: string };
  readonly support: string | null;
  readonly currency: string;
  readonly assumptions: readonly string[];
  readonly found: number;
  readonly checked: number;
  readonly missed: number;
  readonly never_seen: number;
  readonly never_seen_promotions: readonly Named[];
  readonly unvisited: number;
  readonly lump_sums: number;
  readonly shown: number;
  readonly promotions: readonly Row[];
  readonly unvisited_promotions: readonly Named[];
}

/** Which paid support was not executed, by money, and what nobody looked at. */
export const composeProofRanking: Composer = (say) => {
  const r = say.call.result as unknown as Ranking;
  const where = r.account ? ` at ${r.account}` : "";
  const what = r.support === "display" ? "paid displays" : r.support === "feature" ? "paid features" : "paid support";
  const when = r.assumptions.length ? `${r.assumptions.join("; ")}` : `promotions that ran in ${say.period(r.period)}`;
  if (!r.found) {
    say.p(`There is no ${what}${where} among ${when}.`);
    return;
  }
  if (!r.missed)
    say.p(
      `Of the ${what}${where}, nothing was found missing: ${say.fig("/checked", "count")} of ${say.fig("/found", "count")} promotions were checked (${when}).`,
    );
  else {
    const worst = r.promotions[0]!;
    say.p(
      `**${say.fig("/not_executed", r.currency)} of the ${say.fig("/checked_paid", r.currency)} paid for ${r.support ?? "display and feature"}${where} was not executed**, as far as somebody looked (${when}). ` +
        `The most is in ${worst.promotion}, ${worst.name}: ${say.fig("/promotions/0/not_executed", worst.currency)}, with the ${supportWords(worst)} in ${worst.supports.map((s, i) => (s.seen ? shareCell(say, `/promotions/0/supports/${i}/seen`, s.seen) : "no store that was checked")).join(" and ")} of the stores checked.`,
    );
    if (r.never_seen) {
      const names = r.never_seen_promotions.map(
        (p, i) => `${p.promotion}, ${p.name} (${say.fig(`/never_seen_promotions/${i}/paid`, p.currency)})`,
      );
      say.p(
        `**Built in no store that was checked: ${say.fig("/never_seen", "count")}** of the ${say.fig("/checked", "count")} promotions that somebody looked at: ${names.join("; ")}.`,
      );
    } else say.p("Each of them was built in some store that was checked.");
  }
  if (r.unvisited) {
    const names = r.unvisited_promotions.map(
      (p, i) => `${p.promotion}, ${p.name} (${say.fig(`/unvisited_promotions/${i}/paid`, p.currency)})`,
    );
    say.p(
      `Not known: nobody looked at ${say.fig("/unvisited", "count")} of the ${say.fig("/found", "count")} promotions (${say.fig("/unvisited_paid", r.currency)} of support); they are not counted as failed. The largest: ${names.join("; ")}.`,
    );
  }
  say.table(
    ["Promotion", "Account", "Ran", "Paid", "Display", "Feature", "Not executed"],
    r.promotions.map((p, i) => [
      `${p.promotion}, ${p.name}`,
      p.account,
      say.period(p.period),
      `${say.fig(`/promotions/${i}/paid`, p.currency)}${p.payment === "lump_sum" ? " (lump sum)" : ""}`,
      ...(["display", "feature"] as const).map((support) => {
        const at = p.supports.findIndex((s) => s.support === support);
        return at < 0 ? "–" : shareCell(say, `/promotions/${i}/supports/${at}/seen`, p.supports[at]!.seen);
      }),
      say.fig(`/promotions/${i}/not_executed`, p.currency),
    ]),
  );
  if (r.shown < r.missed) say.p(`Shown are the first ${say.fig("/shown", "count")} of ${say.fig("/missed", "count")}.`);
  const lumps = r.lump_sums
    ? ` ${say.fig("/lump_sums", "count")} of the promotions ${r.lump_sums === 1 ? "is" : "are"} paid by a lump sum, which may hold the price cut too.`
    : "";
  if (r.missed)
    say.p(
      `Not executed is the fixed fee times the share of checked stores without the support; a fee for both falls evenly on them. Photos of which image recognition is less than ${say.fig("/confidence_threshold", "%")} sure prove nothing.${lumps}`,
    );
  if (r.promotions.length > 1)
    say.chart("Paid support that was not executed", {
      data: {
        values: r.promotions.map((p, i) => ({
          promotion: p.promotion,
          amount: Number((say.call.result.promotions as { not_executed: number }[])[i]!.not_executed),
        })),
      },
      mark: "bar",
      encoding: {
        y: { field: "promotion", type: "nominal", sort: null, title: null },
        x: { field: "amount", type: "quantitative", title: `Not executed (${r.currency})` },
      },
    });
};

const supportWords = (row: Row): string => row.supports.map(({ support }) => support).join(" and the ");
