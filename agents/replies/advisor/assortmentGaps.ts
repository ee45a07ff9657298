import { listed } from "../../../data/common/words.ts";
import type { Composer, Say } from "../say.ts";
import { type Ground, sayGround } from "./ground.ts";
import { counted } from "./words.ts";

interface Gap {
  readonly account: string;
  readonly product: string;
  readonly pack: string | null;
  readonly new_pack_size: boolean;
  readonly was_listed_until: string | null;
  readonly elsewhere: readonly { readonly account: string }[];
  readonly profit: { readonly mean: number } | null;
  readonly retailer_profit: { readonly mean: number } | null;
  readonly weakest: { readonly product: string; readonly profit: number } | null;
  readonly beats_weakest: boolean;
}
interface Gaps extends Ground {
  readonly currency: string;
  readonly gaps: number;
  readonly shown: number;
  readonly rows: readonly Gap[];
  readonly accounts: readonly { readonly account: string; readonly gaps: number }[];
  readonly accounts_compared: number;
  readonly agreed: readonly { readonly account: string; readonly product: string; readonly from: string }[];
  readonly going: readonly { readonly account: string; readonly product: string; readonly until: string }[];
  readonly delisted: readonly { readonly product: string; readonly from: string; readonly past: boolean }[];
  readonly not_carried: readonly { readonly account: string; readonly category: string }[];
  readonly record: { readonly inside: number } | null;
}

/** What sells elsewhere and is missing, by what it would earn. */
export const composeGaps: Composer = (say) => {
  const result = say.call.result as unknown as Gaps;
  const where = result.account ?? (result.accounts.length === 1 ? result.accounts[0]!.account : null);
  say.p(result.gaps === 0 ? nothingWords(result, where) : headWords(say, result, where));
  if (result.gaps > 0) {
    const first = firstWords(say, result);
    if (first) say.p(first);
    accountsWords(say, result);
  }
  const planned = plannedWords(say, result);
  if (planned) say.p(planned);
  sayGround(say, result, groundWords(say, result));
  table(say, result);
};

const nothingWords = (result: Gaps, where: string | null): string =>
  result.accounts_compared < 2
    ? `There is no second account to compare${where ? ` ${where}` : ""} with, so no gap can be told.`
    : `${where ?? "Every account"} lists everything of it that sells elsewhere.`;

function headWords(say: Say, result: Gaps, where: string | null): string {
  const [top] = result.rows;
  const one = counted(say, "/gaps", "product");
  const lead = where
    ? `**${where} does not list ${one} that sell${result.gaps === 1 ? "s" : ""} elsewhere**`
    : `**${counted(say, "/gaps", "listing")} ${result.gaps === 1 ? "is" : "are"} missing that would pay**`;
  const best = top!.profit
    ? ` Shelf space would pay best for **${top!.product}**${where ? "" : ` at ${top!.account}`}: ${say.fig("/rows/0/units_week/mean", "units")} units a week expected (${say.range("/rows/0/units_week", "units")}, ${say.fig("/interval", "%")} range), which is ${say.fig("/rows/0/profit/mean", result.currency)} of margin a year for us (${say.range("/rows/0/profit", result.currency)})${retailerWords(say, result)}.`
    : "";
  return `${lead}, together worth ${say.fig("/profit", result.currency)} of margin a year, before what they would take from our own.${best}`;
}

const retailerWords = (say: Say, result: Gaps): string =>
  result.rows[0]!.retailer_profit
    ? ` and ${say.fig("/rows/0/retailer_profit/mean", result.currency)} for the retailer`
    : "";

/** What the first stands on, and what it could take the place of. */
function firstWords(say: Say, result: Gaps): string {
  const [top] = result.rows;
  const elsewhere = top!.elsewhere
    .slice(0, 3)
    .map((e, i) => `${e.account} (${say.fig(`/rows/0/elsewhere/${i}/units_week`, "units")} a week)`);
  const sold = `It sells at ${counted(say, "/rows/0/listed_at", "other account")}: ${listed(elsewhere)}${top!.elsewhere.length > 3 ? " above all" : ""}.`;
  const weak =
    top!.weakest && top!.beats_weakest
      ? ` Even the low end of its range earns more than ${top!.weakest.product}, the weakest of ours there (${say.fig("/rows/0/weakest/profit", result.currency)} a year): a swap would pay without more shelf.`
      : "";
  return sold + weak;
}

function accountsWords(say: Say, result: Gaps): void {
  const some = result.accounts.filter((a) => a.gaps > 0);
  if (some.length < 2) return;
  say.p(
    `By account: ${listed(result.accounts.flatMap((a, at) => (a.gaps > 0 ? [`${a.account} ${say.fig(`/accounts/${at}/profit`, result.currency)} (${say.fig(`/accounts/${at}/gaps`, "count")})`] : [])))}.`,
  );
}

/** What is decided already. */
function plannedWords(say: Say, result: Gaps): string {
  const agreed = result.agreed.map((a) => `${a.product} at ${a.account} from ${say.date(a.from)}`);
  const going = result.going.map((g) => `${g.product} at ${g.account} until ${say.date(g.until)}`);
  const out = result.delisted.map(
    (d) => `${d.product} (${d.past ? "delisted since" : "to be delisted on"} ${say.date(d.from)})`,
  );
  return [
    agreed.length ? `Already agreed: ${listed(agreed)}.` : "",
    going.length ? `Going: ${listed(going)}.` : "",
    out.length ? `Left out: ${listed(out)}.` : "",
  ]
    .filter(Boolean)
    .join(" ");
}

function groundWords(say: Say, result: Gaps): string {
  const byAccount = Map.groupBy(result.not_carried, (n) => n.account);
  const not = [...byAccount].map(([account, some]) => `${account} sells no ${listed(some.map((s) => s.category))}`);
  return [
    `Everyday rates of sale at ${counted(say, "/accounts_compared", "account")}.`,
    result.record
      ? `Tried on ${counted(say, "/record/cells", "listing")} that exist, each told from the others only: ${say.fig("/record/inside", "%")} lay inside their range, WAPE ${say.fig("/record/wape", "%")}.`
      : "",
    not.length ? `No gaps are counted where ${listed(not)}.` : "",
  ]
    .filter(Boolean)
    .join(" ");
}

function table(say: Say, result: Gaps): void {
  say.table(
    ["Product", "Account", "Sold at", "Units a week", "Range", "Net sales a year", "Our margin a year", "Retailer's"],
    result.rows.map((row, i) => {
      const path = `/rows/${i}`;
      return [
        row.product + (row.new_pack_size && row.pack ? " (pack size not there)" : ""),
        row.account,
        say.fig(`${path}/listed_at`, "count"),
        say.fig(`${path}/units_week/mean`, "units"),
        say.range(`${path}/units_week`, "units"),
        say.figOr(`${path}/net_sales/mean`, result.currency),
        say.figOr(`${path}/profit/mean`, result.currency),
        say.figOr(`${path}/retailer_profit/mean`, result.currency),
      ];
    }),
  );
  if (result.gaps > result.shown)
    say.p(`Shown: the ${say.fig("/shown", "count")} that would earn most of ${say.fig("/gaps", "count")}.`);
}
