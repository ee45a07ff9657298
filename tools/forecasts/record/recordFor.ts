import type { PromotionTable } from "../../../data/store/schema/promotions.ts";
import { type Actor, seesAccount } from "../../../data/users/actor.ts";
import { LEVEL } from "../../statistics.ts";
import { bandOf, type DepthBand } from "./bands.ts";
import { ENOUGH, type Score, type Scored, scoreOf } from "./scored.ts";
import { eachOnce, type Scorings } from "./scorings.ts";

/** Which forecasts are looked at; null is any. */
export interface RecordGroup {
  readonly account: string | null;
  readonly mechanic: PromotionTable["mechanic"] | null;
  readonly band: DepthBand | null;
}

/** How good forecasts like one were: of the narrowest group that holds enough of them. */
export interface ForecastRecord {
  /** What was asked about, and how many forecasts it holds. */
  readonly asked: RecordGroup & { readonly n: number };
  /** The group that is scored; null where not even all of them are enough. */
  readonly group: RecordGroup | null;
  /** Whether that is what was asked about, or a wider one. */
  readonly wider: boolean;
  /** Errors in units sold. */
  readonly score: Score | null;
  readonly interval: typeof LEVEL;
  /** The least number about which something is said. */
  readonly least: number;
  readonly of: Scorings["of"];
  /** Nothing of this store was told or tried yet. */
  readonly untried: boolean;
}

/** What forecasts are looked for: an account, a mechanic and a depth, each of them or not. */
export interface RecordAsked {
  readonly account: { readonly id: number; readonly name: string } | null;
  readonly mechanic: PromotionTable["mechanic"] | null;
  readonly band: DepthBand | null;
}

/**
 * How good forecasts of promotions like those asked about were, of the accounts that the actor sees: at the account with
 * the mechanic and the depth, else at the account with the mechanic, else with both anywhere, else with the mechanic, else all.
 */
export function recordFor(scorings: Scorings, actor: Actor, asked: RecordAsked): ForecastRecord {
  const known = KEPT.get(scorings) ?? new Map<string, ForecastRecord>();
  KEPT.set(scorings, known);
  const sees = actor.accounts === "all" ? null : [...actor.accounts];
  const key = JSON.stringify([sees, asked.account?.id, asked.mechanic, asked.band?.words]);
  const made = known.get(key) ?? findRecord(scorings, actor, asked);
  known.set(key, made);
  return made;
}

/** Many forecasts of one moment ask for few records. */
const KEPT = new WeakMap<Scorings, Map<string, ForecastRecord>>();

function findRecord(scorings: Scorings, actor: Actor, asked: RecordAsked): ForecastRecord {
  const seen = eachOnce(scorings).filter((s) => seesAccount(actor, s.account_id));
  const { account, band } = asked;
  // A promoted week of a store without promotions is told by its price and support alone.
  const mechanic = scorings.of === "weeks" ? null : asked.mechanic;
  const groups: readonly RecordAsked[] = [
    { account, mechanic, band },
    { account, mechanic, band: null },
    { account: null, mechanic, band },
    { account: null, mechanic, band: null },
    { account: null, mechanic: null, band: null },
  ];
  const first = inGroup(seen, groups[0]!);
  let found: { group: RecordAsked; score: Score } | null = null;
  for (const group of groups) {
    const score = scoreOf(inGroup(seen, group).map((s) => s.units));
    if (!score) continue;
    found = { group, score };
    break;
  }
  return {
    asked: { ...named(groups[0]!), n: first.length },
    group: found && named(found.group),
    wider: found !== null && found.score.n > first.length,
    score: found?.score ?? null,
    interval: LEVEL,
    least: ENOUGH,
    of: scorings.of,
    untried: seen.length === 0,
  };
}

const named = ({ account, ...group }: RecordAsked): RecordGroup => ({ account: account?.name ?? null, ...group });

const inGroup = (rows: readonly Scored[], { account, mechanic, band }: RecordAsked): Scored[] =>
  rows.filter(
    (s) =>
      (account === null || s.account_id === account.id) &&
      (mechanic === null || s.mechanic === mechanic) &&
      (band === null || (s.depth !== null && bandOf(s.depth) === band)),
  );
