import { listed } from "../../../../data/common/words.ts";
import { possessive } from "../../../../data/promotions/words.ts";
import { lossWords, type Money, roiWords } from "../../money.ts";
import { atPointer, type Composer, type Say } from "../../say.ts";
import { quote } from "../accounts/quote.ts";
import { KIND_WORDS } from "./promotionFile.ts";
import { offer, payment, STATUS_SENTENCE, support, taken } from "./words.ts";

interface Span {
  readonly from: string;
  readonly to: string;
}

interface Detail {
  readonly promotion: string;
  readonly name: string;
  readonly account: string;
  readonly owner: string | null;
  readonly maker: string | null;
  readonly created: string;
  readonly start: string;
  readonly end: string;
  readonly status: string;
  readonly feature: boolean;
  readonly display: boolean;
  readonly currency: string;
  readonly series: string | null;
  readonly note: string | null;
  readonly products: readonly string[];
  readonly assumptions: readonly string[];
  readonly lines: readonly { readonly product: string }[];
  readonly money: readonly { readonly fund: string; readonly state: string }[];
  readonly history: readonly {
    readonly at: string;
    readonly to: string;
    readonly by: string;
    readonly reason: string | null;
  }[];
  readonly windows: { readonly buy_in: Span | null; readonly scan: Span | null };
  readonly comments: readonly { readonly at: string; readonly by: string }[];
  readonly evidence: readonly {
    readonly at: string;
    readonly by: string;
    readonly kind: string;
    readonly proof: string;
    readonly note_quote: unknown;
  }[];
  readonly overrides: readonly { readonly at: string; readonly by: string; readonly rule: string }[];
  readonly waits_for: readonly string[];
  readonly forecast_made: {
    readonly made: string;
    readonly step: "draft" | "approved";
    readonly planned_units: number | null;
  } | null;
  readonly result: (Money & { readonly incremental_profit: number | null }) | null;
}

const ROWS = 10;

export const composeGetPromotion: Composer = (say) => {
  const p = say.call.result as unknown as Detail;
  const dates = say.period({ from: p.start, to: p.end });
  say.p(
    `**${p.promotion}, ${p.name}** ${STATUS_SENTENCE[p.status]}: ${offer(say, "")} on ${listed(p.products)} at ${p.account}, ${dates}, ${support(p)}, ${payment(say, "")}.`,
  );
  for (const sentence of taken(p.assumptions)) say.p(sentence);
  outcome(say, p);
  if (p.forecast_made) say.p(forecastWords(say, p.forecast_made));
  const made = `Made by ${p.maker ?? "an import"} on ${say.date(p.created)}; the account is ${p.owner ? possessive(p.owner) : "nobody's"}.`;
  say.p(p.series ? `${made} It belongs to the series "${p.series}".` : made);
  if (p.note) say.p(`${p.maker ?? "The import"}'s note of ${say.date(p.created)}: ${quote(say, "/note_quote")}`);
  say.p(windowWords(say, p));
  if (p.waits_for.length)
    say.p(
      `It waits for the approval of ${p.waits_for.map((role) => (role === "manager" ? "a manager" : "finance")).join(" and of ")}.`,
    );
  if (p.money.length)
    say.list(p.money.map((m, i) => `${m.fund}: ${say.fig(`/money/${i}/amount`, p.currency)} ${m.state}`));
  say.table(
    ["Product", "Planned units", "Planned baseline", "Paid a unit"],
    p.lines
      .slice(0, ROWS)
      .map((line, i) => [
        line.product,
        say.figOr(`/lines/${i}/planned_units`, "units"),
        say.figOr(`/lines/${i}/planned_baseline`, "units"),
        say.fig(`/lines/${i}/allowance`, p.currency),
      ]),
  );
  fileWords(say, p);
  if (p.history.length)
    say.p("How it came about:").list(
      p.history.map((h, i) => {
        const why = h.reason ? `: ${quote(say, `/history/${i}/reason_quote`)}` : "";
        return `${say.date(h.at)}: ${h.to}, by ${h.by}${why}`;
      }),
    );
};

/** The three windows, each by itself where it is another than the shelf's. */
function windowWords(say: Say, { windows, start, end }: Detail): string {
  const buyIn = windows.buy_in ? `Buy-in ${say.period(windows.buy_in)}; in store ` : "In store ";
  const same = !windows.scan || (windows.scan.from === start && windows.scan.to === end);
  return `${buyIn}${say.period({ from: start, to: end })}; scans are counted ${same || !windows.scan ? "on the same days" : say.period(windows.scan)}.`;
}

/** What people put into its file, and which checks they let it pass. */
function fileWords(say: Say, p: Detail): void {
  if (p.overrides.length)
    say
      .p("Checks that it may pass:")
      .list(
        p.overrides.map(
          (o, i) =>
            `${o.rule.replaceAll("_", " ")}, overridden by ${o.by} on ${say.date(o.at)}, because ${quote(say, `/overrides/${i}/reason_quote`)}`,
        ),
      );
  if (p.comments.length)
    say
      .p("Comments:")
      .list(p.comments.map((c, i) => `${say.date(c.at)}, ${c.by}: ${quote(say, `/comments/${i}/quote`)}`));
  if (p.evidence.length)
    say.p("Proofs in its file:").list(
      p.evidence.map((e, i) => {
        const note = e.note_quote === null ? "" : `: ${quote(say, `/evidence/${i}/note_quote`)}`;
        return `${KIND_WORDS[e.kind]} ${quote(say, `/evidence/${i}/proof_quote`)}, ${say.date(e.at)}, by ${e.by}${note}`;
      }),
    );
}

/** What was expected of it, and when that was said. */
function forecastWords(say: Say, told: NonNullable<Detail["forecast_made"]>): string {
  const at = "/forecast_made";
  const step = told.step === "approved" ? "it was approved with" : "of its draft";
  const own = told.planned_units === null ? "" : `; a person planned ${say.fig(`${at}/planned_units`, "units")} units`;
  return `The forecast ${step}, made on ${say.date(told.made)}, was ${say.fig(`${at}/units/mean`, "units")} units (${say.range(`${at}/units`, "units")}, ${say.fig(`${at}/interval`, "%")} range)${own}.`;
}

function outcome(say: Say, p: Detail): void {
  if (!p.result) {
    if (p.status === "ended" || p.status === "closed")
      say.p("It is over, and its result could not be measured: there are no sales of these weeks, or no fit since.");
    else if (typeof atPointer(say.call.result, "/spend") === "number")
      say.p(`It holds ${say.fig("/spend", p.currency)} of its fund.`);
    return;
  }
  const at = "/result";
  const units =
    `It sold ${say.fig(`${at}/units`, "units")} units where ${say.fig(`${at}/baseline`, "units")} would have sold anyway; ` +
    `after dip, cannibalisation and halo ${say.fig(`${at}/true_incremental/mean`, "units")} were truly incremental ` +
    `(${say.range(`${at}/true_incremental`, "units")}, ${say.fig(`${at}/interval`, "%")} range).`;
  const roi = p.result.net_roi === null ? "." : `, ${roiWords(say, at, p.result)}. ${lossWords(say, at, p.result)}`;
  const profit =
    p.result.incremental_profit === null
      ? ""
      : ` and brought ${say.fig(`${at}/incremental_profit`, p.currency)} of incremental profit`;
  say.p(`${units} It cost ${say.fig(`${at}/spend`, p.currency)}${profit}${roi}`);
}
