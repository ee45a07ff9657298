import { dateInWords } from "../../common/format.ts";
import { listedProductIds } from "../../products/products.repo.ts";
import { knowsListings } from "./checks.repo.ts";
import type { CheckContext, DraftProduct } from "./context.ts";
import { called, check, type DraftCheck } from "./sentence.ts";

/** Keys that mark a fact as a name; a check names at most three things. */
export const NAME_KEYS = ["product", "second_product", "third_product"] as const;

/** Up to three names, each a fact, and in words that there are more. */
export function named(names: readonly string[], keys: readonly string[]) {
  const parts: ReturnType<typeof called>[] = names.slice(0, keys.length).map((name, i) => called(keys[i]!, name));
  const joined = parts.flatMap((part, i) =>
    i ? [i === parts.length - 1 && names.length <= keys.length ? " and " : ", ", part] : [part],
  );
  return names.length > keys.length ? [...joined, " and others"] : joined;
}

/** Every product must be on the account's shelf on every day of the in-store window. */
export async function listingCheck({ account, draft, products, store }: CheckContext): Promise<DraftCheck[]> {
  const late = products.filter((p) => p.launched !== null && p.launched > draft.start);
  const gone = products.filter((p) => p.delisted !== null && p.delisted <= draft.end);
  const checks: DraftCheck[] = [];
  for (const p of late)
    checks.push(block([called("product", p.name), ` is only launched on ${dateInWords(p.launched as string)}.`]));
  for (const p of gone)
    checks.push(block([called("product", p.name), ` is delisted from ${dateInWords(p.delisted as string)} on.`]));
  if (!(await knowsListings(store, account.id)))
    return [
      ...checks,
      check("listing", "warn", [`No listings of ${account.name} are in the store, so they are not checked.`]),
    ];
  const listed = new Set(await listedProductIds(store, account.id, { from: draft.start, to: draft.end }));
  const known: readonly DraftProduct[] = [...late, ...gone];
  const missing = products.filter((p) => !listed.has(p.id) && !known.includes(p));
  if (missing.length)
    checks.push(
      block([
        `${account.name} does not list `,
        ...named(
          missing.map((p) => p.name),
          NAME_KEYS,
        ),
        " over the whole of these dates.",
      ]),
    );
  if (checks.length) return checks;
  return [check("listing", "pass", [`${account.name} lists every product over the whole of these dates.`])];
}

const block = (parts: Parameters<typeof check>[2]): DraftCheck => check("listing", "block", parts);
