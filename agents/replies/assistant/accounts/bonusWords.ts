import type { Say } from "../../say.ts";

interface Tier {
  readonly measure: "net_sales" | "units";
  readonly from: number;
  readonly rate: number;
}
export interface Bonus {
  readonly measured_to: string | null;
  readonly reached: Tier | null;
  readonly next: (Tier & { readonly margin_of_missing: number | null; readonly gain: number | null }) | null;
  readonly expected: { readonly tier: Tier | null } | null;
}

/** "EUR 9,000,000 of net sales": the volume of a tier. */
function volume(say: Say, path: string, tier: Tier, key: string, currency: string): string {
  return tier.measure === "net_sales"
    ? `${say.fig(`${path}/${key}`, currency)} of net sales`
    : `${say.fig(`${path}/${key}`, "units")} units`;
}

/** Where the year stands against its bonus: what is reached, what is missing to the next tier, and what that is worth. */
export function bonusWords(say: Say, bonus: Bonus, path: string, currency: string): string[] {
  const so = bonus.measured_to ? ` in the weeks measured up to the one from ${say.date(bonus.measured_to)}` : "";
  const net = say.fig(`${path}/net_sales`, currency);
  const reached = bonus.reached
    ? `the tier of ${say.fig(`${path}/reached/rate`, "%")} from ${volume(say, `${path}/reached`, bonus.reached, "from", currency)} is reached, which is ${say.fig(`${path}/earned`, currency)} of bonus so far`
    : "no tier is reached yet";
  const lines = [`Bonus: ${net} of net sales this year${so}; ${reached}.`];
  if (bonus.next) {
    const at = `${path}/next`;
    const missing = volume(say, at, bonus.next, "missing", currency);
    const worth =
      bonus.next.margin_of_missing === null
        ? "what that volume earns us is not known, as costs are missing"
        : `that volume brings us about ${say.fig(`${at}/margin_of_missing`, currency)} of margin before promotion spend, which after that bonus leaves ${say.fig(`${at}/gain`, currency)}`;
    lines.push(
      `To the next tier (${say.fig(`${at}/rate`, "%")} from ${volume(say, at, bonus.next, "from", currency)}) ${missing} are missing; ${say.fig(`${at}/progress`, "%")} of it is done. Reaching it costs ${say.fig(`${at}/extra_bonus`, currency)} more bonus; ${worth}.`,
    );
  } else lines.push("There is no higher tier.");
  if (bonus.expected) {
    const tier = bonus.expected.tier
      ? `the tier of ${say.fig(`${path}/expected/tier/rate`, "%")}, ${say.fig(`${path}/expected/bonus`, currency)} of bonus`
      : "no tier";
    lines.push(
      `If the rest of the year goes as a year before, it ends at ${say.fig(`${path}/expected/net_sales`, currency)} of net sales: ${tier}.`,
    );
  }
  return lines;
}
