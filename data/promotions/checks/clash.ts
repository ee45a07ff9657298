import { addDays, overlaps } from "../../common/dates.ts";
import { periodInWords } from "../../common/format.ts";
import { promotionsInWindow } from "./checks.repo.ts";
import type { CheckContext } from "./context.ts";
import { GUARDRAILS } from "./guardrails.ts";
import { called, check, counted, type DraftCheck } from "./sentence.ts";

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

/**
 * Clash: the same product at the same account in overlapping windows. Near-clash: the brand's other products at the same
 * time (they take from each other), or the brand within two weeks before or after (shoppers are stocked up).
 */
export async function clashChecks({
  account,
  draft,
  products,
  promotion_id,
  store,
}: CheckContext): Promise<DraftCheck[]> {
  const window = { from: draft.start, to: draft.end };
  const around = { from: addDays(draft.start, -GUARDRAILS.near_days), to: addDays(draft.end, GUARDRAILS.near_days) };
  const rows = await promotionsInWindow(store, account.id, around, promotion_id);
  const mine = new Set(products.map((p) => p.id));
  const brands = new Set(products.map((p) => p.brand_id));
  const others = [...Map.groupBy(rows, (row) => row.id).values()].map((lines) => ({ ...lines[0]!, lines }));
  const atOnce = (other: Other): boolean => overlaps({ from: other.start, to: other.end }, window);
  const clashing = others.filter((o) => atOnce(o) && o.lines.some((l) => mine.has(l.product_id)));
  const sameBrand = others.filter((o) => !clashing.includes(o) && o.lines.some((l) => brands.has(l.brand_id)));
  const beside = sameBrand.filter(atOnce);
  const near = sameBrand.filter((o) => !atOnce(o));
  const checks: DraftCheck[] = [
    clashing.length
      ? check("clash", "block", [
          `At ${account.name} the same products are already promoted on these dates: `,
          ...nameOthers(clashing),
          ".",
        ])
      : check("clash", "pass", [`No other promotion has these products at ${account.name} on these dates.`]),
  ];
  if (beside.length)
    checks.push(
      check("near_clash", "warn", [
        `Other products of the brand are promoted at ${account.name} at the same time, and take from each other: `,
        ...nameOthers(beside),
        ".",
      ]),
    );
  if (near.length)
    checks.push(
      check("near_clash", "warn", [
        `The brand is promoted at ${account.name} within `,
        counted("near_days", GUARDRAILS.near_days, "day"),
        " of it, so shoppers may have stocked up: ",
        ...nameOthers(near),
        ".",
      ]),
    );
  return checks;
}
