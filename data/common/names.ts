import { KamError } from "./errors.ts";

/** Anything a person calls by a name; `aliases` hold what else names it (a code, "Retailer A"). */
export interface Named {
  readonly id: number;
  readonly name: string;
  readonly aliases: readonly string[];
}

/** Case, accents, punctuation and spacing do not tell names apart. */
export const foldName = (text: string): string =>
  text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/&/g, " and ")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();

/**
 * The one thing that `ref` (an id, a name, an alias, or a part of a name that only one has) stands for.
 * @param what the field's word for it, for the error ("account")
 * @throws KamError unknown_name or ambiguous_name, with the alternatives in `detail.alternatives`
 */
export function resolveName<T extends Named>(things: readonly T[], ref: string | number, what: string): T {
  const byId = things.find((t) => t.id === Number(ref));
  if (byId && String(ref).trim() !== "") return byId;
  const wanted = foldName(String(ref));
  const exact = things.filter((t) => [t.name, ...t.aliases].some((n) => foldName(n) === wanted));
  if (exact.length === 1) return exact[0]!;
  const words = wanted.split(" ");
  const partly =
    exact.length || !wanted
      ? exact
      : things.filter((t) => words.every((w) => ` ${foldName(t.name)}`.includes(` ${w}`)));
  if (partly.length === 1) return partly[0]!;
  const alternatives = (partly.length ? partly : things).slice(0, 8).map((t) => t.name);
  if (partly.length > 1)
    throw new KamError("ambiguous_name", `"${ref}" may be any of ${alternatives.join(", ")}: which ${what} is meant?`, {
      ref,
      alternatives,
    });
  throw new KamError(
    "unknown_name",
    `There is no ${what} "${ref}" in the store. Known: ${alternatives.join(", ")}${things.length > 8 ? ", …" : ""}.`,
    { ref, alternatives },
  );
}
