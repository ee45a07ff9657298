/** One promotion that a plan may hold. Only one of a group may run at a time, with `gap` weeks between two of them. */
export interface Candidate {
  readonly group: string;
  /** First and last week (index), both included. */
  readonly first: number;
  readonly last: number;
  readonly value: number;
  readonly spend: number;
}

export interface Choice<C extends Candidate> {
  readonly chosen: readonly C[];
  readonly value: number;
  readonly spend: number;
  /** No plan under the budget is worth more than this. */
  readonly bound: number;
  /** (bound − value) / bound; 0 where nothing is to be gained. */
  readonly gap: number;
}

const BISECTIONS = 50;
/** Cells of the table over candidates and budget; the budget is cut into as many steps as fit, so that memory stays small. */
const CELLS = 24_000_000;
const MOST_STEPS = 4_000;

/**
 * Chooses promotions worth the most under a budget: dynamic programming over each group's windows in order of their end and
 * over the budget at once, exact but for the rounding of spend to steps of the budget; what that leaves is spent
 * greedily. Two bounds hold for any plan and the lower one is taken: the table with spend rounded down, and the Lagrangian
 * one (with a price λ on spend the groups fall apart, and λ·budget + Σ best(λ) is worth at least any plan).
 */
export function choose<C extends Candidate>(candidates: readonly C[], budget: number, gap: number): Choice<C> {
  const useful = undominated(candidates.filter((c) => c.value > 0 && c.spend <= budget));
  const groups = [...Map.groupBy(useful, (c) => c.group).values()].map((own) => ordered(own, gap));
  // Rounding down misses no plan but may overspend, a plan then being dropped; rounding up never overspends.
  const tables = [Math.floor, Math.round, Math.ceil].map((rounding) => table(groups, useful.length, budget, rounding));
  const plans = tables
    .filter((plan) => totalOf(plan, "spend") <= budget)
    .map((plan) => fill(plan, useful, budget, gap));
  const chosen = plans.reduce((best, plan) => (totalOf(plan, "value") > totalOf(best, "value") ? plan : best));
  const value = totalOf(chosen, "value");
  const bound = Math.max(value, Math.min(totalOf(tables[0]!, "value"), lagrangianBound(groups, budget)));
  return {
    chosen,
    value,
    spend: totalOf(chosen, "spend"),
    bound,
    gap: bound > 0 ? (bound - value) / bound : 0,
  };
}

const totalOf = (plan: readonly Candidate[], what: "value" | "spend"): number =>
  plan.reduce((sum, c) => sum + c[what], 0);

/** Leaves out what another candidate of the same window beats in value for no more spend. */
function undominated<C extends Candidate>(candidates: readonly C[]): C[] {
  const out: C[] = [];
  for (const same of Map.groupBy(candidates, (c) => `${c.group}|${c.first}|${c.last}`).values()) {
    let best = Number.NEGATIVE_INFINITY;
    for (const c of [...same].sort((a, b) => a.spend - b.spend || b.value - a.value)) {
      if (c.value <= best) continue;
      best = c.value;
      out.push(c);
    }
  }
  return out;
}

/** One group's candidates by their end, and for each how many of them end early enough to run before it. */
interface Ordered<C> {
  readonly sorted: readonly C[];
  readonly before: readonly number[];
}

function ordered<C extends Candidate>(candidates: readonly C[], gap: number): Ordered<C> {
  const sorted = [...candidates].sort((a, b) => a.last - b.last || a.first - b.first);
  return { sorted, before: sorted.map((c) => sorted.filter((other) => other.last + gap < c.first).length) };
}

/** The best plan on the rounded budget. Row k of a group is the most that the groups before it and its first k candidates are worth. */
function table<C extends Candidate>(
  groups: readonly Ordered<C>[],
  candidates: number,
  budget: number,
  rounding: (steps: number) => number,
): C[] {
  if (budget <= 0 || candidates === 0) return [];
  const steps = Math.max(100, Math.min(MOST_STEPS, Math.floor(CELLS / candidates)));
  const step = budget / steps;
  const costOf = (c: C): number => rounding(c.spend / step);
  let start = new Float64Array(steps + 1);
  const taken: Uint8Array[][] = [];
  for (const { sorted, before } of groups) {
    const rows = [start];
    const marks: Uint8Array[] = [];
    for (const [k, c] of sorted.entries()) {
      const skip = rows[k]!;
      const from = rows[before[k]!]!;
      const row = Float64Array.from(skip);
      const mark = new Uint8Array(steps + 1);
      for (let b = costOf(c); b <= steps; b++) {
        const v = c.value + from[b - costOf(c)]!;
        if (v <= row[b]!) continue;
        row[b] = v;
        mark[b] = 1;
      }
      rows.push(row);
      marks.push(mark);
    }
    taken.push(marks);
    start = rows.at(-1)!;
  }
  const chosen: C[] = [];
  let b = steps;
  for (let g = groups.length - 1; g >= 0; g--) {
    const { sorted, before } = groups[g]!;
    for (let k = sorted.length; k > 0; ) {
      if (taken[g]![k - 1]![b] === 1) {
        const c = sorted[k - 1]!;
        chosen.push(c);
        b -= costOf(c);
        k = before[k - 1]!;
      } else k--;
    }
  }
  return chosen;
}

/** min over λ ≥ 0 of λ·budget + Σ over groups of the most they are worth when spend costs λ. */
function lagrangianBound<C extends Candidate>(groups: readonly Ordered<C>[], budget: number): number {
  const at = (lambda: number): { bound: number; spend: number } => {
    let bound = lambda * budget;
    let spend = 0;
    for (const group of groups) {
      const best = bestAt(group, lambda);
      bound += best.worth;
      spend += best.spend;
    }
    return { bound, spend };
  };
  const free = at(0);
  if (free.spend <= budget) return free.bound;
  let low = 0;
  let high = 1 + Math.max(...groups.flatMap(({ sorted }) => sorted.map((c) => c.value / Math.max(c.spend, 1e-9))));
  let bound = free.bound;
  for (let i = 0; i < BISECTIONS; i++) {
    const lambda = (low + high) / 2;
    const tried = at(lambda);
    bound = Math.min(bound, tried.bound);
    if (tried.spend > budget) low = lambda;
    else high = lambda;
  }
  return bound;
}

/** The windows of one group that are worth the most when a unit of spend costs λ (weighted interval scheduling). */
function bestAt<C extends Candidate>({ sorted, before }: Ordered<C>, lambda: number): { worth: number; spend: number } {
  const worth = new Float64Array(sorted.length + 1);
  const spend = new Float64Array(sorted.length + 1);
  for (const [k, c] of sorted.entries()) {
    const take = c.value - lambda * c.spend + worth[before[k]!]!;
    const better = take > worth[k]!;
    worth[k + 1] = better ? take : worth[k]!;
    spend[k + 1] = better ? c.spend + spend[before[k]!]! : spend[k]!;
  }
  return { worth: worth[sorted.length]!, spend: spend[sorted.length]! };
}

/** Adds what still fits the budget and the calendar, the most worth a unit of spend first. */
function fill<C extends Candidate>(chosen: readonly C[], candidates: readonly C[], budget: number, gap: number): C[] {
  const out = [...chosen];
  let left = budget - out.reduce((sum, c) => sum + c.spend, 0);
  const density = (c: C): number => c.value / Math.max(c.spend, 1e-9);
  for (const c of [...candidates].sort((a, b) => density(b) - density(a))) {
    if (c.value <= 0 || c.spend > left) continue;
    const clash = out.some((o) => o.group === c.group && c.first <= o.last + gap && o.first <= c.last + gap);
    if (clash) continue;
    out.push(c);
    left -= c.spend;
  }
  return out.sort((a, b) => a.first - b.first || (a.group < b.group ? -1 : 1));
}
