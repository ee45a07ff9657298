import type { Composer, Say } from "../../say.ts";
import { composeProofRanking } from "./proofRanking.ts";
import { type ShareJson, shareCell, shareWords, yesNo } from "./shareWords.ts";

interface Shares {
  readonly display: ShareJson | null;
  readonly feature: ShareJson | null;
  readonly on_shelf: ShareJson | null;
  readonly price_right: ShareJson | null;
}

interface Detail {
  readonly promotion: string;
  readonly name: string;
  readonly account: string;
  readonly period: { readonly from: string; readonly to: string };
  readonly currency: string;
  readonly display_paid: boolean;
  readonly feature_paid: boolean;
  readonly fixed_spend: number;
  readonly payment: string;
  readonly mechanic: string;
  readonly visited: boolean;
  readonly unsure_only: boolean;
  readonly stores: number;
  readonly account_stores: number | null;
  readonly visits: number;
  readonly outside_window: number;
  readonly first: string;
  readonly last: string;
  readonly seen_by: readonly string[];
  readonly shares: Shares | null;
  readonly few: boolean;
  readonly supports: readonly { readonly support: string; readonly not_executed: number | null }[];
  readonly not_executed: number | null;
  readonly products: readonly (Shares & { readonly product: string })[];
  readonly unsure: (Shares & { readonly visits: number; readonly stores: number }) | null;
  readonly evidence_found: number;
  readonly evidence: readonly {
    readonly date: string;
    readonly store: string;
    readonly source: string;
    readonly display: boolean;
    readonly feature: boolean | null;
    readonly on_shelf: boolean;
    readonly price_right: boolean | null;
    readonly photos: readonly string[];
    readonly confidence: number | null;
  }[];
}

/** One promotion's proof of performance, or the ranking of what was not executed. */
export const composePromotionProof: Composer = (say) => {
  const r = say.call.result as unknown as Detail;
  if (r.promotion === undefined) {
    composeProofRanking(say);
    return;
  }
  const title = `${r.promotion}, ${r.name} (${r.account}, ${say.period(r.period)})`;
  if (!r.shares) {
    say.p(
      `Nobody visited a store for ${title} while it ran, so there is no proof either way: what was not looked at is not known, and not counted as failed.`,
    );
    if (r.unsure_only)
      say.p(
        `There are photos, but image recognition was less than ${say.fig("/confidence_threshold", "%")} sure of all of them.`,
      );
    outside(say, r);
    return;
  }
  const lead = leads(say, r);
  say.p(`${title}: ${lead.join("; ")}.`);
  say.p(ground(say, r));
  money(say, r);
  if (r.unsure?.visits)
    say.p(
      `Counted apart: ${count(say, "/unsure/visits", r.unsure.visits, "visit", "visits")} of which image recognition is less than ${say.fig("/confidence_threshold", "%")} sure${r.unsure.display ? ` (a display in ${say.fig("/unsure/display/seen", "count")} of ${say.fig("/unsure/display/of", "count")})` : ""}.`,
    );
  outside(say, r);
  if (r.products.length > 1)
    say.table(
      [
        "Product",
        "On the shelf",
        "Display",
        ...(r.feature_paid ? ["Feature"] : []),
        ...(r.shares.price_right ? ["Price right"] : []),
      ],
      r.products.map((p, i) => [
        p.product,
        shareCell(say, `/products/${i}/on_shelf`, p.on_shelf),
        shareCell(say, `/products/${i}/display`, p.display),
        ...(r.feature_paid ? [shareCell(say, `/products/${i}/feature`, p.feature)] : []),
        ...(r.shares?.price_right ? [shareCell(say, `/products/${i}/price_right`, p.price_right)] : []),
      ]),
    );
  const photos = r.evidence.some((e) => e.photos.length);
  say.table(
    [
      "Day",
      "Store",
      "Seen by",
      "Display",
      ...(r.feature_paid ? ["Feature"] : []),
      "All on the shelf",
      "Price right",
      ...(photos ? ["Photos", "Sure"] : []),
    ],
    r.evidence.map((e, i) => [
      say.date(e.date),
      e.store,
      e.source,
      yesNo(e.display),
      ...(r.feature_paid ? [yesNo(e.feature)] : []),
      yesNo(e.on_shelf),
      yesNo(e.price_right),
      ...(photos ? [yesNo(e.photos.length > 0), say.figOr(`/evidence/${i}/confidence`, "%")] : []),
    ]),
  );
  if (r.evidence.length < r.evidence_found)
    say.p(`These are the first of ${say.fig("/evidence_found", "count")} visits.`);
};

/** What was paid for comes first; what was not paid for is told where it says something. */
function leads(say: Say, r: Detail): string[] {
  const shares = r.shares!;
  const of = (name: keyof Shares): string => shareWords(say, `/shares/${name}`, shares[name]!, "/interval");
  const cell = (name: keyof Shares): string => shareCell(say, `/shares/${name}`, shares[name]);
  const parts: string[] = [];
  if (r.display_paid)
    parts.push(shares.display ? `**the display stood in ${of("display")}**` : "nobody looked for the display");
  if (r.feature_paid)
    parts.push(shares.feature ? `**the feature was seen in ${of("feature")}**` : "nobody looked for the feature");
  if (shares.on_shelf) parts.push(`the products checked were all on the shelf in ${cell("on_shelf")}`);
  if (shares.price_right) parts.push(`the price was right in ${cell("price_right")}`);
  else if (r.mechanic === "tpr") parts.push("no shelf price was noted");
  return parts;
}

function ground(say: Say, r: Detail): string {
  const known = r.account_stores === null ? "" : ` of the account's ${say.fig("/account_stores", "count")}`;
  const when = r.first === r.last ? `on ${say.date(r.first)}` : `between ${say.date(r.first)} and ${say.date(r.last)}`;
  const few = r.few ? ` That is few (under ${say.fig("/few_stores", "count")}), so the shares are rough.` : "";
  return `Checked: ${count(say, "/stores", r.stores, "store", "stores")}${known}, on ${count(say, "/visits", r.visits, "visit", "visits")} ${when}, by ${r.seen_by.join(" and ")}.${few}`;
}

function money(say: Say, r: Detail): void {
  if (!r.supports.length) {
    say.p("Neither display nor feature is part of this promotion.");
    return;
  }
  if (r.not_executed === null || !r.fixed_spend) return;
  const what = r.supports.map(({ support }) => support).join(" and ");
  const price = r.payment === "lump_sum" ? " (a lump sum, which may hold the price cut too)" : "";
  say.p(
    r.not_executed > 0
      ? `Of the ${say.fig("/fixed_spend", r.currency)} paid for ${what}${price}, ${say.fig("/not_executed", r.currency)} falls on stores in which it was not seen.`
      : `The ${say.fig("/fixed_spend", r.currency)} paid for ${what}${price} was executed wherever somebody looked.`,
  );
}

function outside(say: Say, r: Detail): void {
  if (r.outside_window)
    say.p(
      `${count(say, "/outside_window", r.outside_window, "visit lies", "visits lie")} outside the days on which it ran and says nothing of it.`,
    );
}

const count = (say: Say, path: string, n: number, one: string, many: string): string =>
  `${say.fig(path, "count")} ${n === 1 ? one : many}`;
