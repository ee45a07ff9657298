import { capital, listed } from "../../../../data/common/words.ts";
import { recordWords } from "../../expert/recordWords.ts";
import { atPointer, type Say } from "../../say.ts";
import { offer, payment, plural, support } from "./words.ts";

interface ExpectedJson {
  readonly currency: string;
  readonly spend: number | null;
  readonly net_roi: unknown;
  readonly probability_of_loss: number | null;
  readonly break_even_uplift: number | null;
  readonly evidence: { readonly here: number; readonly elsewhere: number; readonly unit: string };
}

interface Span {
  readonly from: string;
  readonly to: string;
}

interface GivenWindows {
  readonly buy_in: Span | null;
  readonly scan: Span | null;
}

interface ChangeJson {
  readonly name: string;
  readonly account: string;
  readonly products: readonly string[];
  readonly start: string;
  readonly end: string;
  /** What somebody gave beside the in-store dates. */
  readonly windows: GivenWindows;
  readonly feature: boolean;
  readonly display: boolean;
  readonly fund: string | null;
  readonly series: string | null;
  readonly currency: string;
  readonly planned_units: number | null;
  readonly spend: number | null;
  readonly expected: ExpectedJson | null;
}

export interface DraftJson {
  readonly change: ChangeJson;
  readonly checks: readonly { readonly verdict: "pass" | "warn" | "block" }[];
  readonly counts: { readonly block: number; readonly warn: number; readonly pass: number };
  readonly assumptions: readonly string[];
  readonly caveats: readonly string[];
}

const NAMED_PRODUCTS = 3;
const TABLE_ROWS = 10;

/** What is promoted where, when, with which offer, and how it is paid: the change at `path`/change in one sentence. */
export function draftSentence(say: Say, path: string): string {
  const { change } = atPointer(say.call.result, path) as DraftJson;
  const what =
    change.products.length <= NAMED_PRODUCTS
      ? listed(change.products)
      : `${say.fig(`${path}/products`, "count")} products`;
  const dates = say.period({ from: change.start, to: change.end });
  const fund = change.fund ? ` from ${change.fund}` : "";
  return `${capital(offer(say, `${path}/change`))} on ${what} at ${change.account}, ${dates}, ${support(change)}, ${payment(say, `${path}/change`)}${fund}.`;
}

/** "buy-in 1–14 December 2026, scans counted 5–25 January 2027"; empty where no window was given. */
export const windowWords = (say: Say, { buy_in, scan }: GivenWindows): string =>
  [buy_in ? `buy-in ${say.period(buy_in)}` : "", scan ? `scans counted ${say.period(scan)}` : ""]
    .filter((words) => words !== "")
    .join(", ");

/** What the change at `path`/change is expected to bring; nothing where no forecast could be made. */
export function expectation(say: Say, path: string): string[] {
  const { expected } = (atPointer(say.call.result, path) as DraftJson).change;
  if (!expected) return [];
  const at = `${path}/change/expected`;
  const units =
    `Expected: ${say.fig(`${at}/units/mean`, "units")} units (${say.range(`${at}/units`, "units")}, ` +
    `${say.fig(`${at}/interval`, "%")} range) where ${say.fig(`${at}/baseline/mean`, "units")} would sell anyway; ` +
    `after dip, cannibalisation and halo ${say.fig(`${at}/true_incremental/mean`, "units")} are truly incremental (${say.range(`${at}/true_incremental`, "units")}).`;
  return [units, money(say, at, expected), grounds(say, at, expected)].filter((s) => s !== "");
}

function money(say: Say, at: string, expected: ExpectedJson): string {
  // A promotion that costs nothing as it stands has its caveat; "it costs nothing" would say too much.
  if (!expected.spend) return "";
  const spend = `It would cost ${say.fig(`${at}/spend`, expected.currency)}`;
  if (!expected.net_roi) return `${spend}.`;
  const loss =
    expected.probability_of_loss === null
      ? ""
      : `; the chance that it does not bring its money back is ${say.fig(`${at}/probability_of_loss`, "%")}`;
  return `${spend} and bring a net ROI of ${say.fig(`${at}/net_roi/mean`, "ratio")} (${say.range(`${at}/net_roi`, "ratio")}; break-even is zero)${loss}.`;
}

function grounds(say: Say, at: string, { evidence }: ExpectedJson): string {
  const unit =
    evidence.unit === "weeks"
      ? ["week with support or discount", "weeks with support or discount"]
      : ["promotion", "promotions"];
  const here = `${say.fig(`${at}/evidence/here`, "count")} ${plural(evidence.here, unit[0]!, unit[1]!)} of these products here`;
  return `It rests on ${here} and ${say.fig(`${at}/evidence/elsewhere`, "count")} of the same brand or brands elsewhere. ${recordWords(say, `${at}/record`)}`;
}

/** The checks below `path`: what stands in the way, what to mind, and how many pass. */
export function checkLines(say: Say, path: string): void {
  const { checks, counts } = atPointer(say.call.result, path) as Pick<DraftJson, "checks" | "counts">;
  const of = (verdict: string): string[] =>
    checks.flatMap((c, i) => (c.verdict === verdict ? [say.check(`${path}/checks/${i}`)] : []));
  const blocks = of("block");
  const warns = of("warn");
  if (blocks.length) say.p("**This stands in the way:**").list(blocks);
  if (warns.length) say.p("**Worth knowing:**").list(warns);
  if (counts.pass) {
    const passing = say.fig(`${path}/counts/pass`, "count");
    const others = blocks.length || warns.length ? "The other" : "All";
    say.p(`${others} ${passing} ${plural(counts.pass, "check passes", "checks pass")}.`);
  }
}

/** Products of a draft with what each is planned to sell; the change stands at `path`/change. */
function lineTable(say: Say, path: string): void {
  const change = atPointer(say.call.result, `${path}/change`) as ChangeJson & {
    readonly lines: readonly { readonly product: string }[];
  };
  const at = (i: number, field: string): string => `${path}/change/lines/${i}/${field}`;
  say.table(
    ["Product", change.planned_units === null ? "Expected units" : "Planned units", "Without promotion", "Paid a unit"],
    change.lines
      .slice(0, TABLE_ROWS)
      .map((line, i) => [
        line.product,
        say.figOr(at(i, "units"), "units"),
        say.figOr(at(i, "baseline"), "units"),
        say.fig(at(i, "allowance"), change.currency),
      ]),
  );
}

/** A draft in full: the sentence, what was taken, what is expected, the checks, the products. */
export function draftBlocks(say: Say, path: string, head: string): void {
  const draft = atPointer(say.call.result, path) as DraftJson;
  const windows = windowWords(say, draft.change.windows);
  say.p(`${head} ${draftSentence(say, path)}${windows && ` ${capital(windows)}.`}`);
  if (draft.assumptions.length) say.p(`Taken without asking: ${draft.assumptions.join("; ")}.`);
  const expected = expectation(say, path);
  if (expected.length) say.p(expected.join(" "));
  if (draft.change.planned_units !== null) say.p(ownPlan(say, `${path}/change`, draft.change));
  if (draft.caveats.length) say.p(draft.caveats.join(" "));
  checkLines(say, path);
  lineTable(say, path);
}

/** What a person plans with in the place of the forecast, and what that takes from the fund. */
function ownPlan(say: Say, at: string, { spend, currency }: ChangeJson): string {
  const money = spend === null ? "" : `, which would cost ${say.fig(`${at}/spend`, currency)}`;
  return `Planned are ${say.fig(`${at}/planned_units`, "units")} units, a figure of your own${money}; the forecast is kept beside it, and both are held against what it sells.`;
}

/** How to go on with what waits. */
export const goOn = (blocked: boolean, yes: string): string =>
  blocked
    ? "It cannot be approved as it is: tell me what to change, or say no to discard it."
    : `Nothing is written yet. Say yes to ${yes}, or tell me what to change.`;
