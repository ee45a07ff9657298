import type { Composer } from "../../say.ts";
import { yesNo } from "./shareWords.ts";

interface Found {
  readonly account: string | null;
  readonly promotion: string | null;
  readonly promotion_name: string | null;
  readonly store: string | null;
  readonly period: { readonly from: string; readonly to: string } | null;
  readonly found: number;
  readonly stores: number;
  readonly unsure: number;
  readonly shown: number;
  readonly visits: readonly {
    readonly date: string;
    readonly account: string;
    readonly store: string;
    readonly source: string;
    readonly promotion: string | null;
    readonly promotion_name: string | null;
    readonly products: number;
    readonly display: boolean | null;
    readonly feature: boolean | null;
    readonly photos: readonly string[];
  }[];
}

export const composeFindVisits: Composer = (say) => {
  const r = say.call.result as unknown as Found;
  const where = [
    r.store ? ` to stores called “${r.store}”` : "",
    r.promotion ? ` for ${r.promotion}, ${r.promotion_name}` : r.account ? ` at ${r.account}` : "",
    r.period ? `, ${say.period(r.period)}` : "",
  ].join("");
  const [last] = r.visits;
  if (!last) {
    say.p(`No store visit is on record${where}.`);
    return;
  }
  const one = r.found === 1;
  say.p(
    `${say.fig("/found", "count")} store ${one ? "visit" : "visits"}${where}, in ${say.fig("/stores", "count")} ${r.stores === 1 ? "store" : "stores"}; the last on ${say.date(last.date)}${r.shown < r.found ? `. The latest ${say.fig("/shown", "count")} are below` : ""}.`,
  );
  if (r.unsure)
    say.p(
      `Of ${say.fig("/unsure", "count")} of them image recognition is less than ${say.fig("/confidence_threshold", "%")} sure; they prove nothing.`,
    );
  const photos = r.visits.some((v) => v.photos.length);
  say.table(
    [
      "Day",
      ...(r.account ? [] : ["Account"]),
      "Store",
      "Seen by",
      ...(r.promotion ? [] : ["Promotion"]),
      "On the shelf",
      "Display",
      "Feature",
      ...(photos ? ["Photos", "Sure"] : []),
    ],
    r.visits.map((v, i) => [
      say.date(v.date),
      ...(r.account ? [] : [v.account]),
      v.store,
      v.source,
      ...(r.promotion ? [] : [v.promotion ? `${v.promotion}, ${v.promotion_name}` : "–"]),
      v.products ? `${say.fig(`/visits/${i}/on_shelf`, "count")} of ${say.fig(`/visits/${i}/products`, "count")}` : "–",
      yesNo(v.display),
      yesNo(v.feature),
      ...(photos ? [yesNo(v.photos.length > 0), say.figOr(`/visits/${i}/confidence`, "%")] : []),
    ]),
  );
};
