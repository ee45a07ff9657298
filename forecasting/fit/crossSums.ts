import type { Design } from "../panel/columns.ts";
import type { Sheet } from "../panel/sheet.ts";
import type { WeekRanks } from "../panel/weeks.ts";

/** Kinds of sums a row has. */
export const CROSS = 4;

/**
 * For each row, of the account's other products of the category in the week, weighted by share: their gain, their support
 * (the brand's only, where brands are known), their everyday price, and the gain of those of the same brand.
 * @param sheet rows of an account stand together; @param gain, support by row
 * @returns rows × CROSS
 */
export function crossSums(
  design: Design,
  sheet: Sheet,
  support: Float64Array,
  gain: Float64Array,
  ranks: WeekRanks,
): Float64Array {
  const { rows, account, product, week } = sheet;
  const { brandOf, categoryOf } = design;
  const out = new Float64Array(rows * CROSS);
  const category = new Float64Array(design.categoryCount * ranks.count * CROSS);
  const brand = brandOf ? new Float64Array(countOf(brandOf) * ranks.count * CROSS) : category;
  const ofCategory = new Int32Array(rows);
  const ofBrand = brandOf ? new Int32Array(rows) : ofCategory;
  for (let from = 0; from < rows; ) {
    let to = from;
    for (; to < rows && account[to] === account[from]; to++) {
      const at = ranks.of(week[to]!);
      const key = sheet.key[to]!;
      const share = design.share[key]!;
      const c = (categoryOf[product[to]!]! * ranks.count + at) * CROSS;
      const b = brandOf ? (brandOf[product[to]!]! * ranks.count + at) * CROSS : c;
      const o = to * CROSS;
      ofCategory[to] = c;
      ofBrand[to] = b;
      out[o] = share * gain[to]!;
      out[o + 1] = share * support[to]!;
      out[o + 2] = share * (Math.log(sheet.base[to]!) - design.reference[key]!);
      out[o + 3] = brandOf ? share * gain[to]! : 0;
      category[c]! += out[o]!;
      brand[b + 1]! += out[o + 1]!;
      category[c + 2]! += out[o + 2]!;
      brand[b + 3]! += out[o + 3]!;
    }
    for (let i = from; i < to; i++) {
      const o = i * CROSS;
      out[o] = rest(category[ofCategory[i]!]!, out[o]!);
      out[o + 1] = rest(brand[ofBrand[i]! + 1]!, out[o + 1]!);
      out[o + 2] = rest(category[ofCategory[i]! + 2]!, out[o + 2]!);
      if (brandOf) out[o + 3] = rest(brand[ofBrand[i]! + 3]!, out[o + 3]!);
    }
    for (let i = from; i < to; i++) {
      category.fill(0, ofCategory[i]!, ofCategory[i]! + CROSS);
      brand.fill(0, ofBrand[i]!, ofBrand[i]! + CROSS);
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
