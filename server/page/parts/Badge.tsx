import { termOf } from "../words/text.ts";

/** How a state stands: what its colour says, its words say too. */
const TONES: Readonly<Record<string, "good" | "busy" | "warn" | "bad" | "calm">> = {
  draft: "calm",
  submitted: "warn",
  approved: "good",
  running: "busy",
  ended: "calm",
  closed: "calm",
  cancelled: "bad",
  open: "warn",
  paid: "good",
  part_paid: "busy",
  disputed: "bad",
  on_track: "good",
  at_risk: "warn",
  off_track: "bad",
  high: "bad",
  medium: "warn",
  low: "calm",
  pass: "good",
  warn: "warn",
  block: "bad",
  accrued: "busy",
  settled: "good",
  committed: "busy",
  planned: "calm",
  claimed: "warn",
};

export function Badge({ state }: { readonly state: string }) {
  return <span className={`state ${TONES[state] ?? "calm"}`}>{termOf("state", state)}</span>;
}
