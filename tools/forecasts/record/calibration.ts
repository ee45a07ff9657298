import { LEVEL, WIDE_LEVEL } from "../../statistics.ts";
import { ENOUGH, type Outcome, type Scored } from "./scored.ts";

/** How often less came than a forecast's quantile: stated, and as it turned out. */
interface Calibration {
  readonly figure: "units" | "true incremental";
  readonly stated: number;
  readonly found: number;
  readonly n: number;
}

const QUANTILES: readonly { readonly stated: number; readonly of: (o: Outcome) => number }[] = [
  { stated: (1 - WIDE_LEVEL) / 2, of: (o) => o.wide.low },
  { stated: (1 - LEVEL) / 2, of: (o) => o.low },
  { stated: (1 + LEVEL) / 2, of: (o) => o.high },
  { stated: (1 + WIDE_LEVEL) / 2, of: (o) => o.wide.high },
];

/** Of units and of true incremental units, the ends of the 95 % and 80 % ranges; nothing of too few. */
export function calibrationOf(rows: readonly Scored[]): Calibration[] {
  const of = (figure: Calibration["figure"], outcomes: readonly Outcome[]): Calibration[] =>
    outcomes.length < ENOUGH
      ? []
      : QUANTILES.map(({ stated, of: at }) => ({
          figure,
          stated,
          found: outcomes.filter((o) => o.actual < at(o)).length / outcomes.length,
          n: outcomes.length,
        }));
  return [
    ...of(
      "units",
      rows.map((s) => s.units),
    ),
    ...of(
      "true incremental",
      rows.flatMap((s) => s.gain ?? []),
    ),
  ];
}
