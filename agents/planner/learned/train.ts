/** A sentence's signals and the tool that it asks for. */
export interface Example {
  readonly signals: readonly string[];
  readonly tool: string;
}
/** Signal → tool → weight; the log odds that the signal speaks for the tool. */
export type Weights = Record<string, Record<string, number>>;

const ROUNDS = 40;
const RATE = 0.03;
/** Pulls weights toward zero, so that what is seen once says little. */
const DECAY = 0.002;
const SMALLEST = 0.06;

/** Multinomial logistic regression by plain gradient descent, in a fixed order: the same examples give the same weights. */
export function train(examples: readonly Example[]): Weights {
  const tools = [...new Set(examples.map((e) => e.tool))].sort();
  const seen = new Map<string, number>();
  for (const { signals } of examples) for (const s of signals) seen.set(s, (seen.get(s) ?? 0) + 1);
  // A pair of words seen once is chance.
  const kept = (s: string): boolean => (s.startsWith("b:") || s.startsWith("1:") ? seen.get(s)! > 1 : true);
  const weights = new Map<string, Float64Array>();
  const rows = examples.map(({ signals, tool }) => ({ signals: signals.filter(kept), target: tools.indexOf(tool) }));
  for (const { signals } of rows)
    for (const s of signals) if (!weights.has(s)) weights.set(s, new Float64Array(tools.length));
  for (let round = 0; round < ROUNDS; round++) {
    for (const { signals, target } of rows) {
      const scores = new Float64Array(tools.length);
      for (const s of signals) for (const [t, w] of weights.get(s)!.entries()) scores[t]! += w;
      const p = softmax(scores);
      for (const s of signals) {
        const w = weights.get(s)!;
        for (let t = 0; t < w.length; t++) w[t]! += RATE * ((t === target ? 1 : 0) - p[t]!) - RATE * DECAY * w[t]!;
      }
    }
  }
  return Object.fromEntries(
    [...weights]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([signal, row]) => {
        const some = [...row].flatMap((w, t): [string, number][] =>
          Math.abs(w) >= SMALLEST ? [[tools[t]!, Math.round(w * 100) / 100]] : [],
        );
        return some.length ? [[signal, Object.fromEntries(some)]] : [];
      }),
  );
}

export function softmax(scores: Float64Array): Float64Array {
  const top = Math.max(...scores);
  const e = scores.map((s) => Math.exp(s - top));
  const sum = e.reduce((a, b) => a + b, 0);
  return e.map((v) => v / sum);
}
