import { addDays, daysBetween, overlaps, type Period } from "../../common/dates.ts";
import { periodInWords } from "../../common/format.ts";
import { productsOfBrands, promotionsInWindow } from "./checks.repo.ts";
import type { CheckContext } from "./context.ts";
import { freeWords } from "./freeDates.ts";
import { called, check, counted, type DraftCheck, figure, type Verdict } from "./sentence.ts";

interface Other {
  readonly code: string;
  readonly name: string;
  readonly start: string;
  readonly end: string;
}

/** "P-1042, Kestrel 20 % at Albion (1–14 June 2027)", up to three of them. */
function nameOthers(others: readonly Other[]) {
  const keys = ["", "second_", "third_"];
  const parts = others
    .slice(0, keys.length)
    .flatMap((other, i) => [
      i ? "; " : "",
      called(`${keys[i]}promotion`, other.code),
      ", ",
      called(`${keys[i]}name`, other.name),
      ` (${periodInWords({ from: other.start, to: other.end })})`,
    ]);
  return others.length > keys.length ? [...parts, "; and others"] : parts;
}

/** Packs count as alike, so that one takes from the other, up to this ratio of their sizes. */
const ALIKE = 1.5;

interface Pack {
  readonly pack_size: number | null;
  readonly pack_unit: string | null;
}
const alike = (a: Pack, b: Pack): boolean =>
  a.pack_unit !== null &&
  a.pack_unit === b.pack_unit &&
  a.pack_size !== null &&
  b.pack_size !== null &&
  Math.max(a.pack_size, b.pack_size) <= ALIKE * Math.min(a.pack_size, b.pack_size);

/**
 * Clash: the same product at the same account in overlapping windows. Near-clash: products that take from each other at the
 * same time (the brand's others, and packs alike of our other brands in the category), or the brand too soon before or after
 * (shoppers are stocked up). Each says which dates are free.
 */
export async function clashChecks(context: CheckContext): Promise<DraftCheck[]> {
  const { account, draft, limits, products, promotion_id, store } = context;
  const window = { from: draft.start, to: draft.end };
  const [shared, near_days] = [limits.of("overlap"), limits.of("near_days")];
  const around = { from: addDays(draft.start, -near_days.value), to: addDays(draft.end, near_days.value) };
  const rows = await promotionsInWindow(store, account.id, around, promotion_id);
  const mine = new Set(products.map((p) => p.id));
  const brands = new Set(products.map((p) => p.brand_id));
  const others = [...Map.groupBy(rows, (row) => row.id).values()].map((lines) => ({ ...lines[0]!, lines }));
  const atOnce = (other: Other): boolean => overlaps({ from: other.start, to: other.end }, window);
  const same = others.filter((o) => atOnce(o) && o.lines.some((l) => mine.has(l.product_id)));
  const clashing = same.filter((o) => shared.severity !== "off" && daysShared(o, window) > shared.value);
  const rest = others.filter((o) => !same.includes(o));
  const sameBrand = rest.filter((o) => o.lines.some((l) => brands.has(l.brand_id)));
  const beside = sameBrand.filter(atOnce);
  const near = sameBrand.filter((o) => !atOnce(o));
  const rivals = rest.filter(
    (o) =>
      !sameBrand.includes(o) &&
      atOnce(o) &&
      o.lines.some((l) => products.some((p) => p.category_id === l.category_id && alike(p, l))),
  );
  const checks: DraftCheck[] = [
    clashing.length
      ? check("clash", shared.severity as Verdict, [
          `At ${account.name} the same products are already promoted on these dates: `,
          ...nameOthers(clashing),
          `. ${await freeWords(context, [...mine], 0)}`,
        ])
      : check("clash", "pass", [`No other promotion has these products at ${account.name} on these dates.`]),
    ...undercutCheck(context, same),
  ];
  if (near_days.severity === "off") return checks;
  const verdict = near_days.severity;
  if (beside.length)
    checks.push(
      check("near_clash", verdict, [
        `Other products of the brand are promoted at ${account.name} at the same time, and take from each other: `,
        ...nameOthers(beside),
        ".",
      ]),
    );
  if (rivals.length)
    checks.push(
      check("near_clash", verdict, [
        `Another brand of ours in the category is promoted at ${account.name} at the same time in packs alike, and takes from it: `,
        ...nameOthers(rivals),
        ".",
      ]),
    );
  if (near.length)
    checks.push(
      check("near_clash", verdict, [
        `The brand is promoted at ${account.name} within `,
        counted("near_days", near_days.value, "day"),
        " of it, so shoppers may have stocked up: ",
        ...nameOthers(near),
        `. ${await freeWords(context, await productsOfBrands(store, [...brands]), near_days.value)}`,
      ]),
    );
  return checks;
}

const daysShared = (other: Other, window: Period): number =>
  daysBetween(other.start > window.from ? other.start : window.from, other.end < window.to ? other.end : window.to) + 1;

/** Where an everyday low price holds already, a cut must go below it. */
function undercutCheck(
  { draft, limits }: CheckContext,
  same: readonly (Other & { readonly mechanic: string; readonly discount: number | null })[],
): DraftCheck[] {
  const { severity } = limits.of("edlp_floor");
  if (draft.mechanic === "edlp" || draft.depth === null || severity === "off") return [];
  const low = same.find((o) => o.mechanic === "edlp" && (o.discount ?? 0) >= (draft.depth ?? 0));
  if (!low) return [];
  return [
    check("edlp", severity, [
      "It does not undercut the everyday low price of ",
      called("promotion", low.code),
      ", ",
      called("name", low.name),
      ", which is ",
      figure("edlp_discount", low.discount ?? 0, "%"),
      " below the shelf price already: go deeper than that, or leave those products out.",
    ]),
  ];
}
