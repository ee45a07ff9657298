import type { Design } from "../panel/columns.ts";
import type { Sheet } from "../panel/sheet.ts";
import type { WeekRanks } from "../panel/weeks.ts";

/** Kinds of sums a row has. */
export const CROSS = 5;
/** The kind that is the support of others. */
export const CROSS_SUPPORT = 1;
/** Sums kept of a cell: those of the kinds, and the share that is not promoted. */
const SUMS = CROSS + 1;
/** Least share that a gain is taken from: where nearly everything is promoted nobody can tell who loses what. */
const LEAST_ROOM = 0.15;

/**
 * For each row, of the account's other products of the category in the week, weighted by share: their gain, their support
 * (the brand's only, where brands are known), their everyday price, the gain of those of the same brand, and the gain beyond
 * share: what the gain would be over the share of what is not promoted (the row's own counted in) less what it is over all of
 * the category; where promoted volume comes from the few that are left, each of them loses that much more.
 * @param sheet rows of an account stand together; @param gain, support, promoted (0 … 1) by row
 * @returns rows × CROSS
 */
export function crossSums(
  design: Design,
  sheet: Sheet,
  support: Float64Array,
  gain: Float64Array,
  promoted: Float64Array,
  ranks: WeekRanks,
): Float64Array {
  const { rows, account, product, week } = sheet;
  const { brandOf, categoryOf } = design;
  const out = new Float64Array(rows * CROSS);
  const category = new Float64Array(design.categoryCount * ranks.count * SUMS);
  const brand = brandOf ? new Float64Array(countOf(brandOf) * ranks.count * SUMS) : category;
  const ofCategory = new Int32Array(rows);
  const ofBrand = brandOf ? new Int32Array(rows) : ofCategory;
  for (let from = 0; from < rows; ) {
    let to = from;
    for (; to < rows && account[to] === account[from]; to++) {
      const at = ranks.of(week[to]!);
      const key = sheet.key[to]!;
      const share = design.share[key]!;
      const c = (categoryOf[product[to]!]! * ranks.count + at) * SUMS;
      const b = brandOf ? (brandOf[product[to]!]! * ranks.count + at) * SUMS : c;
      const o = to * CROSS;
      ofCategory[to] = c;
      ofBrand[to] = b;
      out[o] = share * gain[to]!;
      out[o + 1] = share * support[to]!;
      out[o + 2] = share * (Math.log(sheet.base[to]!) - design.reference[key]!);
      out[o + 3] = brandOf ? share * gain[to]! : 0;
      category[c]! += out[o]!;
      category[c + CROSS]! += share * (1 - promoted[to]!);
      brand[b + 1]! += out[o + 1]!;
      category[c + 2]! += out[o + 2]!;
      brand[b + 3]! += out[o + 3]!;
    }
    for (let i = from; i < to; i++) {
      const o = i * CROSS;
      const free = category[ofCategory[i]! + CROSS]! + design.share[sheet.key[i]!]! * promoted[i]!;
      const room = Math.max(LEAST_ROOM, free);
      out[o] = rest(category[ofCategory[i]!]!, out[o]!);
      out[o + 1] = rest(brand[ofBrand[i]! + 1]!, out[o + 1]!);
      out[o + 2] = rest(category[ofCategory[i]! + 2]!, out[o + 2]!);
      if (brandOf) out[o + 3] = rest(brand[ofBrand[i]! + 3]!, out[o + 3]!);
      out[o + 4] = out[o]! * (1 / room - 1);
    }
    for (let i = from; i < to; i++) {
      category.fill(0, ofCategory[i]!, ofCategory[i]! + SUMS);
      brand.fill(0, ofBrand[i]!, ofBrand[i]! + SUMS);
    }
    from = to;
  }
  return out;
}

/** What is left of a sum without the row's own part; rounding is no neighbour. */
function rest(sum: number, own: number): number {
  const v = sum - own;
  return Math.abs(v) < 1e-12 ? 0 : v;
}

function countOf(groupOf: Int32Array): number {
  let largest = -1;
  for (const g of groupOf) largest = Math.max(largest, g);
  return largest + 1;
}
