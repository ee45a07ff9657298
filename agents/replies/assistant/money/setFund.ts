import type { Composer } from "../../say.ts";
import { checkLines, goOn } from "../promotions/draftParts.ts";

interface Setting {
  readonly fund: string;
  readonly account: string | null;
  readonly from: string;
  readonly to: string;
  readonly brand: string | null;
  readonly category: string | null;
  readonly rate: number | null;
  readonly amount: number | null;
  readonly parent: string | null;
  readonly currency: string;
  readonly was: {
    readonly fund: string;
    readonly amount: number;
    readonly from: string;
    readonly to: string;
    readonly rate: number | null;
  } | null;
  readonly more: number;
  readonly counts: { readonly block: number; readonly warn: number };
}

export const composeSetFund: Composer = (say) => {
  const s = say.call.result as unknown as Setting;
  const dates = say.period({ from: s.from, to: s.to });
  const named = s.account ? `${s.account}, ${s.fund}` : s.fund;
  const money =
    s.rate === null ? say.fig("/amount", s.currency) : `${say.fig("/rate", "%")} of net sales, week by week`;
  if (s.was) {
    const was = s.was.rate === null ? say.fig("/was/amount", s.currency) : say.fig("/was/rate", "%");
    const renamed = s.was.fund === s.fund ? "" : ` It was called ${s.was.fund}.`;
    const moved =
      s.was.from === s.from && s.was.to === s.to
        ? ""
        : ` Its dates were ${say.period({ from: s.was.from, to: s.was.to })}.`;
    say.p(`${named} (${dates}) would have ${money} instead of ${was}.${renamed}${moved}`);
  } else {
    const scope = s.brand ? ` It pays for ${s.brand} only.` : s.category ? ` It pays for ${s.category} only.` : "";
    const below = s.account ? "" : " It pays no promotion itself, but gives its money to funds below it.";
    say.p(`A new fund, ${named}, ${dates}, would have ${money}.${scope}${below}`);
  }
  if (s.parent && s.more) say.p(`The money ${s.more > 0 ? "comes out of" : "goes back to"} ${s.parent}.`);
  if (s.counts.block + s.counts.warn) checkLines(say, "/proposals/0");
  say.p(goOn(s.counts.block > 0, s.was ? "change it" : "set it up"));
};
