import { toMajor } from "../../common/money.ts";
import { netPrice, unitMargin } from "../../contracts/margin.ts";
import type { CheckContext } from "./context.ts";
import { called, check, type DraftCheck, figure } from "./sentence.ts";

/** An everyday low price must leave the margin that the policy asks for, of the net price after everyday terms. */
export function edlpCheck({ draft, limits, products, terms }: CheckContext): DraftCheck[] {
  const least = limits.of("edlp_floor");
  if (draft.mechanic !== "edlp" || least.severity === "off") return [];
  let judged = 0;
  for (const line of draft.lines) {
    const product = products.find((p) => p.id === line.product_id);
    const margin = unitMargin(product, terms);
    const net = netPrice(product, terms);
    if (!product || margin === null || !net) continue;
    judged++;
    const left = (margin - toMajor(line.allowance_minor)) / net;
    if (left < least.value)
      return [
        check("edlp", least.severity, [
          "At this everyday low price ",
          called("product", product.name),
          " would leave a margin of ",
          figure("edlp_margin", left, "%"),
          "; the policy's floor is ",
          figure("edlp_floor", least.value, "%"),
          ".",
        ]),
      ];
  }
  return judged ? [check("edlp", "pass", ["The everyday low price keeps the policy's floor on every product."])] : [];
}
