import { capital, listed } from "../../../data/common/words.ts";
import type { Say } from "../say.ts";
import { counted } from "./words.ts";

interface Under {
  readonly kind: string;
  readonly weeks: number | null;
  readonly baseline: number | null;
  readonly net_roi: number | null;
  readonly same_sign: boolean | null;
}
export interface Stress {
  readonly sign_of: "net_roi" | "true_incremental";
  readonly gain: boolean;
  readonly baselines: readonly Under[];
  readonly tested: number;
  readonly held: number;
  readonly placebo: { readonly as_large: number } | null;
}

/** Each way to make a baseline, as it is named. */
const KINDS: Readonly<Record<string, string>> = {
  model: "the model's",
  quiet_before: "the mean of the quiet weeks before",
  moving_average: "the moving average of all weeks before",
  year_before: "the median of the same weeks a year before",
  interpolated: "the line between the quiet weeks before and after",
  like_weeks: "the mean of the quiet weeks most like it",
};

/** Whether the verdict survives other baselines, and how often quiet weeks look like such a promotion. */
export function stressWords(say: Say, stress: Stress): string {
  return [baselines(say, stress), placebo(say, stress)].filter(Boolean).join(" ");
}

function baselines(say: Say, stress: Stress): string {
  if (stress.tested < 2) return "There are too few quiet weeks around it to hold its baseline against another.";
  const roi = stress.sign_of === "net_roi";
  const what = roi ? "The sign of the net ROI" : "That it sold more or less than it would have";
  const verdict = roi
    ? stress.gain
      ? "it earned back its spend"
      : "it did not earn back its spend"
    : stress.gain
      ? "it sold more than without it"
      : "it sold no more than without it";
  const held = say.fig("/stress/held", "count");
  const against = stress.baselines.flatMap((one) => (one.same_sign === false ? [KINDS[one.kind]!] : []));
  return against.length
    ? `**${what} holds under ${held} of ${say.fig("/stress/tested", "count")} baselines** (as measured, ${verdict}); it turns with ${listed(against)}.`
    : `**${what} holds under all ${held} baselines**: ${verdict}, whichever is taken.`;
}

function placebo(say: Say, stress: Stress): string {
  if (!stress.placebo) return "Too few quiet windows of this length are known to be tried as placebos.";
  const path = "/stress/placebo";
  const large = stress.placebo.as_large === 0 ? "none" : say.fig(`${path}/as_large`, "count");
  return `Of ${say.fig(`${path}/windows`, "count")} quiet windows of ${counted(say, `${path}/weeks`, "week")} treated as if they had been promotions, ${large} showed as large an uplift; ${say.fig(`${path}/interval`, "%")} of them lay between ${say.fig(`${path}/uplift/low`, "%")} and ${say.fig(`${path}/uplift/high`, "%")}.`;
}

/** The result under each baseline. */
export function stressTable(say: Say, stress: Stress): void {
  say.p("**The same promotion under other baselines**");
  say.table(
    ["Baseline", "Weeks it rests on", "Units", "Uplift", "Net ROI"],
    stress.baselines.map((one, at) => {
      const path = `/stress/baselines/${at}`;
      return [
        capital(KINDS[one.kind]!),
        one.weeks === null ? "all" : one.baseline === null ? "too few" : say.fig(`${path}/weeks`, "count"),
        say.figOr(`${path}/baseline`, "units"),
        say.figOr(`${path}/uplift`, "%"),
        say.figOr(`${path}/net_roi`, "ratio"),
      ];
    }),
  );
}
