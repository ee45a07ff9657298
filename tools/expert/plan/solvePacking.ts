import { loadHighs, PackingModel } from "./highs.ts";
import { boundAt, greedily, type PackingProblem, reducedValue, Taking } from "./packing.ts";

/** The best choice found, what none can exceed, and what the limits cost it. */
export interface PackingSolution {
  readonly chosen: readonly number[];
  readonly value: number;
  /** No choice within the limits is worth more than this. */
  readonly bound: number;
  /** (bound − value) / bound; 0 where nothing is to be gained. */
  readonly gap: number;
  /** What one more of each limit would bring, near the best mix. */
  readonly prices: Float64Array;
  /** No choice that holds column j is worth more than this. */
  readonly boundWith: (j: number) => number;
}

/** Rounds of adding columns that would better the relaxed problem; it is solved long before. */
const ROUNDS = 60;
const NODES = 2_000;
/** How near the bound a choice must be proven, and in which steps: columns that cost less than a share of the bound, to what gap. */
interface Effort {
  readonly enough: number;
  readonly stages: readonly { readonly near: number; readonly gap: number }[];
}
/** Few columns are solved to the end at once. */
const FEW: Effort = { enough: 1e-4, stages: [{ near: 1, gap: 1e-4 }] };
/** Of many, first those that cost little; where that is not near enough, all that could matter, to a gap soon proven. */
const MANY: Effort = {
  enough: 5e-3,
  stages: [
    { near: 3e-3, gap: 3e-3 },
    { near: 1, gap: 4e-3 },
  ],
};
const FEW_COLUMNS = 1_000;
/** Below this share of the value a column is not worth adding. */
const WORTH_ADDING = 1e-9;

/**
 * Takes columns worth the most together. The relaxed problem (parts of columns allowed) is solved over few columns, to
 * which those that would better it are added until there are none; its prices bound every choice. Columns that could not
 * be in a choice better than one at hand are then left out for good, and the rest is solved to whole columns by HiGHS.
 */
export async function solvePacking(problem: PackingProblem): Promise<PackingSolution> {
  const { columns, limits } = problem;
  const kept = startingColumns(problem);
  if (kept.length === 0)
    return { chosen: [], value: 0, bound: 0, gap: 0, prices: new Float64Array(limits.length), boundWith: () => 0 };
  const highs = await loadHighs();
  const known = new Set(kept);
  const model = new PackingModel(
    highs,
    limits,
    kept.map((j) => columns[j]!),
    false,
  );
  let prices: Float64Array = new Float64Array(limits.length);
  let taken: Float64Array = new Float64Array(0);
  let bound = Number.POSITIVE_INFINITY;
  try {
    for (let round = 0; round < ROUNDS; round++) {
      const relaxed = model.relaxed();
      taken = relaxed.taken;
      const here = boundAt(problem, relaxed.prices);
      if (here < bound) {
        bound = here;
        prices = relaxed.prices;
      }
      const better = bestOfSlots(problem, relaxed.prices, WORTH_ADDING * Math.max(1, relaxed.value)).filter(
        (j) => !known.has(j),
      );
      if (better.length === 0) break;
      for (const j of better) known.add(j);
      kept.push(...better);
      model.add(better.map((j) => columns[j]!));
    }
  } finally {
    model.dispose();
  }
  const share = new Float64Array(columns.length);
  kept.forEach((j, k) => {
    share[j] = taken[k] ?? 0;
  });
  const reduced = Float64Array.from(columns, (column) => reducedValue(column, prices));
  const tries = [greedily(problem, (j) => share[j]! + 1e-12 * reduced[j]!), greedily(problem, (j) => reduced[j]!)];
  let best = tries[0]!.value >= tries[1]!.value ? tries[0]! : tries[1]!;
  const relaxedBound = bound;
  const boundWith = (j: number): number => relaxedBound + Math.min(0, reduced[j]!);
  const { enough, stages } = columns.length > FEW_COLUMNS ? MANY : FEW;
  const far = (): boolean => bound - best.value > enough * bound;
  // First among the columns that cost little at the prices: fewer than those are too few to hold a choice near the bound.
  for (const { near, gap } of stages) {
    if (!far()) break;
    const least = Math.max(relaxedBound * (1 - near), best.value);
    const open = columns.flatMap((_, j) => (boundWith(j) > least ? [j] : []));
    const whole = wholeOf(problem, open, gap, highs);
    if (whole.taking.value > best.value) best = whole.taking;
    // Columns left out lead to no more than `least`, so that the bound of those that stayed holds for all.
    bound = Math.max(best.value, Math.min(bound, Math.max(least, whole.bound)));
  }
  return {
    chosen: best.chosen,
    value: best.value,
    bound,
    gap: bound > 0 ? (bound - best.value) / bound : 0,
    prices,
    boundWith: (j) => Math.min(bound, boundWith(j)),
  };
}

/** Of each slot the column worth most and the one worth most for what it takes of the first limit it meets. */
function startingColumns({ columns }: PackingProblem): number[] {
  const most = new Map<number, number>();
  const cheap = new Map<number, number>();
  const density = (j: number): number => columns[j]!.value / Math.max(1e-9, Math.max(...columns[j]!.takes));
  columns.forEach((column, j) => {
    if (column.value <= 0) return;
    const a = most.get(column.slot);
    if (a === undefined || column.value > columns[a]!.value) most.set(column.slot, j);
    const b = cheap.get(column.slot);
    if (b === undefined || density(j) > density(b)) cheap.set(column.slot, j);
  });
  return [...new Set([...most.values(), ...cheap.values()])].sort((a, b) => a - b);
}

/** Of each slot the column that would better the relaxed problem most, where one would by more than `least`. */
function bestOfSlots({ columns }: PackingProblem, prices: Float64Array, least: number): number[] {
  const best = new Map<number, { j: number; v: number }>();
  columns.forEach((column, j) => {
    const v = reducedValue(column, prices);
    if (v > least && v > (best.get(column.slot)?.v ?? 0)) best.set(column.slot, { j, v });
  });
  return [...best.values()].map(({ j }) => j).sort((a, b) => a - b);
}

/** The best whole choice among some columns; an empty one where there are none. */
function wholeOf(
  problem: PackingProblem,
  open: readonly number[],
  gap: number,
  highs: Awaited<ReturnType<typeof loadHighs>>,
): { readonly taking: Taking; readonly bound: number } {
  const taking = new Taking(problem);
  if (open.length === 0) return { taking, bound: 0 };
  const model = new PackingModel(
    highs,
    problem.limits,
    open.map((j) => problem.columns[j]!),
    true,
  );
  try {
    const { taken, bound } = model.whole(NODES, gap);
    open.forEach((j, k) => {
      if (taken[k]! > 0.5) taking.take(j);
    });
    return { taking, bound };
  } finally {
    model.dispose();
  }
}
