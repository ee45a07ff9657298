import { termOf } from "../words/text.ts";

/** How a state stands: what its colour says, its words say too. */
const TONES: Readonly<Record<string, "good" | "busy" | "warn" | "bad" | "quiet">> = {
  draft: "quiet",
  submitted: "warn",
  approved: "good",
  running: "busy",
  ended: "quiet",
  closed: "quiet",
  cancelled: "bad",
  open: "warn",
  paid: "good",
  part_paid: "busy",
  disputed: "bad",
  high: "bad",
  medium: "warn",
  low: "quiet",
  pass: "good",
  warn: "warn",
  block: "bad",
  accrued: "busy",
  settled: "good",
  committed: "busy",
  planned: "quiet",
  claimed: "warn",
};

export function Badge({ state }: { readonly state: string }) {
  return <span className={`state ${TONES[state] ?? "quiet"}`}>{termOf("state", state)}</span>;
}
