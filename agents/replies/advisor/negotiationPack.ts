import { listed } from "../../../data/common/words.ts";
import { type Bonus, bonusWords } from "../assistant/accounts/bonusWords.ts";
import { quote } from "../assistant/accounts/quote.ts";
import type { Composer, Say } from "../say.ts";
import type { RiskRow } from "./riskRow.ts";
import { KIND_WORDS, riskWords } from "./riskWords.ts";
import { counted } from "./words.ts";

interface Named {
  readonly promotion: string;
  readonly name: string;
}
interface Pattern {
  readonly brand: string;
  readonly support: string;
}
interface Pack {
  readonly account: string;
  readonly topic: string | null;
  readonly currency: string;
  readonly as_of: string;
  readonly period: { readonly from: string; readonly to: string };
  readonly retailer_gain: { readonly gain: number; readonly best: Named } | null;
  readonly promotions: {
    readonly worked: readonly Named[];
    readonly failed: readonly Named[];
    readonly patterns: { readonly best: readonly Pattern[]; readonly worst: readonly Pattern[] };
  } | null;
  readonly categories: readonly {
    readonly category: string;
    readonly growth: number;
    readonly from_us: number | null;
    readonly own_share_change: number | null;
  }[];
  readonly growing: readonly { readonly label: string; readonly growth: number | null }[];
  readonly prices: {
    readonly events: number;
    readonly past_best: { readonly net_roi: number | null } | null;
    readonly stops: { readonly depth: number } | null;
    readonly brands: readonly {
      readonly brand: string;
      readonly stops: number;
      readonly deepest_seen: number;
      readonly still_rising: boolean;
    }[];
  } | null;
  readonly contract: { readonly end: string } | null;
  readonly bonus: Bonus | null;
  readonly claims: { readonly open: number; readonly doubted: number };
  readonly next_steps: readonly { readonly date: string; readonly due: string | null; readonly late: boolean }[];
  readonly decides: readonly { readonly contact: string; readonly job: string }[];
  readonly influences: readonly { readonly contact: string; readonly job: string }[];
  readonly funds: readonly { readonly fund: string; readonly end: string; readonly left: number }[];
  readonly risks: readonly RiskRow[];
  readonly missing: readonly string[];
}

const people = (rows: Pack["decides"]): string => listed(rows.map((row) => `${row.contact} (${row.job})`));

/** Who decides; arguments with their evidence; price points; what to offer and to ask; what is open, and what is not known. */
export const composeNegotiation: Composer = (say) => {
  const r = say.call.result as unknown as Pack;
  const decides = r.decides.length
    ? `${people(r.decides)} decide${r.decides.length === 1 ? "s" : ""}`
    : "who decides is not in the store";
  const others = r.influences.length
    ? `; ${people(r.influences)} influence${r.influences.length === 1 ? "s" : ""}`
    : "";
  say.p(
    `**Pack for ${r.account}**, as of ${say.date(r.as_of)}: ${decides}${others}. It rests on ${counted(say, "/evaluated", "evaluated promotion")} (${say.period(r.period)}).`,
  );
  part(say, "Arguments", argumentsOf(say, r));
  part(say, "Price points", pricesOf(say, r));
  part(say, "What did not pay us, to know before they ask for it", failedOf(say, r));
  part(say, "To offer", offersOf(say, r));
  part(say, "To ask for", asksOf(say, r));
  part(say, "Terms", r.bonus ? bonusWords(say, r.bonus, "/bonus", r.currency) : []);
  part(
    say,
    "Risks",
    r.risks.map((risk, i) => `${KIND_WORDS[risk.kind] ?? risk.kind}: ${riskWords(say, risk, `/risks/${i}`)}.`),
  );
  part(say, "Open between us", openOf(say, r));
  say.p(["**Not known.**", ...r.missing].join(" "));
};

function part(say: Say, title: string, lines: readonly string[]): void {
  if (!lines.length) return;
  say.p(`**${title}**`);
  say.list(lines);
}

function argumentsOf(say: Say, r: Pack): string[] {
  const lines: string[] = [];
  if (r.retailer_gain) {
    const { gain, best } = r.retailer_gain;
    lines.push(
      `Their gain: ${counted(say, "/retailer_gain/promotions", "promotion")} of ours ${gain < 0 ? "cost" : "brought"} them ${say.fig("/retailer_gain/gain", r.currency)} of cash margin against selling at the everyday price, the ${say.fig("/retailer_gain/paid", r.currency)} that we paid included; ${say.fig("/retailer_gain/gained", "count")} of them paid for them. The best was ${best.promotion}, ${best.name}: ${say.fig("/retailer_gain/best/gain", r.currency)}.`,
    );
  }
  for (const [i, row] of r.categories.entries())
    if (row.from_us !== null && row.from_us > 0)
      lines.push(
        `${row.category} ${row.growth < 0 ? "shrank" : "grew"} by ${say.fig(`/categories/${i}/growth`, "%")} in value there, and we added ${say.fig(`/categories/${i}/from_us`, "pp")} of it${row.own_share_change === null ? "" : `; our share moved by ${say.fig(`/categories/${i}/own_share_change`, "pp")}`}.`,
      );
  for (const [i, row] of (r.promotions?.patterns.best ?? []).entries())
    lines.push(
      `${row.brand} with ${row.support} worked: net ROI ${say.fig(`/promotions/patterns/best/${i}/net_roi`, "ratio")} over ${counted(say, `/promotions/patterns/best/${i}/promotions`, "promotion")}.`,
    );
  for (const [i, row] of (r.promotions?.worked ?? []).entries())
    lines.push(
      `${row.promotion}, ${row.name}: uplift ${say.figOr(`/promotions/worked/${i}/uplift`, "%")}, true incremental ${say.fig(`/promotions/worked/${i}/true_incremental`, "units")} (${say.range(`/promotions/worked/${i}`, "units")}), net ROI ${say.fig(`/promotions/worked/${i}/net_roi`, "ratio")}.`,
    );
  if (r.growing.length) {
    const names = r.growing.map((row, i) => `${row.label} (${say.figOr(`/growing/${i}/growth`, "%", "new")})`);
    lines.push(`Growing against a year before: ${listed(names)}.`);
  }
  return lines;
}

function pricesOf(say: Say, r: Pack): string[] {
  const p = r.prices;
  if (!p) return [];
  const lines: string[] = [];
  if (p.past_best)
    lines.push(
      `Of ${counted(say, "/prices/events", "past price cut")}, ${say.fig("/prices/past_best/level", "%")} off paid best so far: net ROI ${say.figOr("/prices/past_best/net_roi", "ratio")} over ${counted(say, "/prices/past_best/promotions", "promotion")}.`,
    );
  if (p.stops)
    lines.push(
      p.stops.depth === 0
        ? `Without support no depth is expected to pay us over all brands (${say.fig("/interval", "%")} range ${say.fig("/prices/stops/low", "%")} to ${say.fig("/prices/stops/high", "%")}); with it they do where they did, above.`
        : `Over all brands deeper stops paying beyond ${say.fig("/prices/stops/depth", "%")} (${say.fig("/interval", "%")} range ${say.fig("/prices/stops/low", "%")} to ${say.fig("/prices/stops/high", "%")}), without support.`,
    );
  for (const [i, row] of p.brands.entries())
    if (!row.still_rising && row.stops <= row.deepest_seen)
      lines.push(
        `${row.brand}: nothing more beyond ${say.fig(`/prices/brands/${i}/stops`, "%")} (${say.fig(`/prices/brands/${i}/low`, "%")} to ${say.fig(`/prices/brands/${i}/high`, "%")}); the deepest run there was ${say.fig(`/prices/brands/${i}/deepest_seen`, "%")}.`,
      );
  return lines;
}

function failedOf(say: Say, r: Pack): string[] {
  return (r.promotions?.failed ?? []).map(
    (row, i) =>
      `${row.promotion}, ${row.name}: net ROI ${say.fig(`/promotions/failed/${i}/net_roi`, "ratio")} on ${say.fig(`/promotions/failed/${i}/spend`, r.currency)} of spend.`,
  );
}

function offersOf(say: Say, r: Pack): string[] {
  const lines: string[] = [];
  const best = r.promotions?.patterns.best[0];
  if (best)
    lines.push(
      `More of what worked for both: ${best.brand} with ${best.support} (net ROI ${say.fig("/promotions/patterns/best/0/net_roi", "ratio")}).`,
    );
  for (const [i, fund] of r.funds.entries())
    if (fund.left > 0)
      lines.push(
        `Money: ${say.fig(`/funds/${i}/left`, r.currency)} of ${fund.fund} are free until ${say.date(fund.end)}.`,
      );
  return lines;
}

function asksOf(say: Say, r: Pack): string[] {
  const lines: string[] = [];
  const worst = r.promotions?.patterns.worst[0];
  if (worst)
    lines.push(
      `Fewer of ${worst.brand} with ${worst.support}: net ROI ${say.fig("/promotions/patterns/worst/0/net_roi", "ratio")} over ${counted(say, "/promotions/patterns/worst/0/promotions", "promotion")}.`,
    );
  if (r.claims.doubted)
    lines.push(
      `Proof for ${counted(say, "/claims/doubted", "claim")} that something speaks against, ${say.fig("/claims/doubted_amount", r.currency)} in all.`,
    );
  const gaps = r.categories.flatMap((row, i) =>
    row.own_share_change !== null && row.own_share_change < 0 ? [{ row, i }] : [],
  );
  if (gaps.length)
    lines.push(
      `Space back where our share fell: ${listed(gaps.map(({ row, i }) => `${row.category} (${say.fig(`/categories/${i}/own_share_change`, "pp")})`))}.`,
    );
  return lines;
}

function openOf(say: Say, r: Pack): string[] {
  const claims = r.claims.open
    ? [`${counted(say, "/claims/open", "claim")} of ${say.fig("/claims/amount", r.currency)} are open.`]
    : [];
  const steps = r.next_steps.map((step, i) => {
    const due = step.due ? `, ${step.late ? "overdue since" : "due"} ${say.date(step.due)}` : "";
    return `Next step of ${say.date(step.date)}${due}: ${quote(say, `/next_steps/${i}/quote`)}.`;
  });
  const contract = r.contract ? [`The contract runs until ${say.date(r.contract.end)}.`] : [];
  return [...claims, ...steps, ...contract];
}
