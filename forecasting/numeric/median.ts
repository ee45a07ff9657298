/** Lower weighted median by quickselect; the arrays are reordered. */
export function weightedMedian(values: Float64Array, weight: Float64Array): number {
  let total = 0;
  for (const w of weight) total += w;
  if (!(total > 0)) return 0;
  let wanted = total / 2;
  let from = 0;
  let to = values.length - 1;
  while (from < to) {
    const pivot = values[(from + to) >> 1]!;
    let i = from;
    let j = to;
    while (i <= j) {
      while (values[i]! < pivot) i++;
      while (values[j]! > pivot) j--;
      if (i > j) break;
      const v = values[i]!;
      const w = weight[i]!;
      values[i] = values[j]!;
      weight[i] = weight[j]!;
      values[j] = v;
      weight[j] = w;
      i++;
      j--;
    }
    let below = 0;
    for (let k = from; k <= j; k++) below += weight[k]!;
    if (below >= wanted) {
      to = j;
      continue;
    }
    wanted -= below;
    let equal = 0;
    for (let k = j + 1; k < i; k++) equal += weight[k]!;
    if (equal >= wanted) return pivot;
    wanted -= equal;
    from = i;
  }
  return values[Math.min(from, values.length - 1)]!;
}
