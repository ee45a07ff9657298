import type { ConceptHit } from "./concepts.ts";
import type { Reading } from "./reading.ts";
import type { Args } from "./types.ts";

const NEGATIONS = new Set([
  "no",
  "not",
  "without",
  "minus",
  "drop",
  "remove",
  "skip",
  "lose",
  "neither",
  "nor",
  "excluding",
  "except",
  "dont",
  "ohne",
  "sans",
  "zonder",
  "kein",
  "keine",
  "w/o",
]);

/** display and feature as said: true, false after a negation ("no display", "without display or leaflet"), absent where not spoken of. */
export function supportIn(reading: Reading): { display?: boolean; feature?: boolean } {
  const support: { display?: boolean; feature?: boolean } = {};
  const hits = reading.concepts.filter((c) =>
    ["display", "feature", "nosupport", "both"].some((s) => c.concepts.includes(s)),
  );
  const negated = new Map<ConceptHit, boolean>();
  for (const hit of hits) {
    const out = isNegated(reading, hit, hits, negated);
    negated.set(hit, out);
    if (hit.concepts.includes("nosupport")) Object.assign(support, { display: false, feature: false });
    else if (hit.concepts.includes("both")) Object.assign(support, { display: !out, feature: !out });
    else {
      if (hit.concepts.includes("display")) support.display = !out;
      if (hit.concepts.includes("feature")) support.feature = !out;
    }
  }
  return support;
}

function isNegated(
  reading: Reading,
  hit: ConceptHit,
  hits: readonly ConceptHit[],
  negated: ReadonlyMap<ConceptHit, boolean>,
): boolean {
  const { tokens } = reading;
  // "display no", "leaflet: none"
  const after = tokens[hit.to]?.text === ":" ? hit.to + 1 : hit.to;
  const closing = tokens[after + 1];
  if (["no", "none"].includes(tokens[after]?.text ?? "") && (!closing || closing.kind === "mark")) return true;
  // "take the display off", "leave the leaflet out"
  const verb = tokens.slice(Math.max(0, hit.from - 3), hit.from).some((t) => t.text === "take" || t.text === "leave");
  if (verb && tokens.slice(hit.to, hit.to + 3).some((t) => t.text === "off" || t.text === "out" || t.text === "away"))
    return true;
  for (let i = hit.from - 1; i >= 0 && i >= hit.from - 3; i--) {
    const word = tokens[i]!.text;
    if (
      NEGATIONS.has(word) ||
      (word === "off" && tokens[i - 1]?.text === "take") ||
      (word === "of" && tokens[i - 1]?.text === "instead")
    )
      return true;
    // "no display or leaflet": the second shares the first's negation.
    const before = hits.find((h) => h.to === i);
    if (["or", "nor", "and", ","].includes(word) && before)
      return (word !== "," && word !== "and" ? true : sharesAnd(reading, before)) && (negated.get(before) ?? false);
    if (!["a", "an", "the", "any", "of", "in", "our"].includes(word)) return false;
  }
  return false;
}
/** "without display and leaflet" negates both, "no display and a leaflet" only the first. */
const sharesAnd = (reading: Reading, first: ConceptHit): boolean => {
  const after = reading.tokens[first.to + 1]?.text ?? "";
  return reading.tokens[first.from - 1]?.text === "without" && after !== "a" && after !== "an" && after !== "with";
};

const MECHANICS: Record<string, string> = {
  loyalty: "loyalty_price",
  coupon: "coupon",
  edlp: "edlp",
  multibuy: "multibuy",
  tpr: "tpr",
};
const PAYMENTS = ["off_invoice", "bill_back", "scan_back", "lump_sum", "slotting", "mdf"];

/** The mechanic that a phrase names, or null. */
export const mechanicOf = (concepts: readonly string[]): string | null =>
  concepts.flatMap((k) => MECHANICS[k] ?? [])[0] ?? null;

/** All mechanics that a sentence names, in order. */
export function mechanicsIn(reading: Reading): string[] {
  const named = reading.concepts.flatMap((c) => c.concepts.flatMap((k) => (MECHANICS[k] ? [MECHANICS[k]] : [])));
  if (reading.quantities.some((q) => q.kind === "multibuy")) named.push("multibuy");
  return [...new Set(named)];
}

/** All payments that are named, in order. */
export const paymentsIn = (reading: Reading): string[] => [
  ...new Set(reading.concepts.flatMap((c) => PAYMENTS.filter((p) => c.concepts.includes(p)))),
];

/** The payment that is named; of two the one that is wanted ("from bill-back to scan-back"). */
export function paymentIn(reading: Reading): string | undefined {
  const hits = reading.concepts.flatMap((c) =>
    PAYMENTS.filter((p) => c.concepts.includes(p)).map((payment) => ({ payment, at: c.from })),
  );
  const given = ({ at }: { at: number }): boolean =>
    ["from", "of", "not", "than"].includes(reading.tokens[at - 1]?.text ?? "");
  return (hits.find((h) => !given(h)) ?? hits[0])?.payment;
}

/** Every offer that is named, each as the arguments that describe it. */
export function offersIn(reading: Reading): Args[] {
  return reading.quantities.flatMap((q): Args[] => {
    if (isReplaced(reading, q.from)) return [];
    // "from 20 to 25 %" in a change: the second is wanted.
    if (q.kind === "percent" && q.between && isChange(reading)) return [{ discount: q.values[1]! }];
    if (q.kind === "percent") return q.values.filter((v) => v < 1).map((discount) => ({ discount }));
    if (q.kind === "multibuy") return [{ mechanic: "multibuy", get: q.get, pay: q.pay }];
    if (q.kind === "price_off") return [{ price_off: q.money }];
    return [];
  });
}

const isChange = (reading: Reading): boolean =>
  reading.concepts.some((c) => c.from < 6 && c.concepts.includes("update"));

/** "3 for 2 instead of 25 %": what is given up is no offer; in a comparison ("rather than") both are. */
export function isReplaced(reading: Reading, at: number): boolean {
  const before = reading.tokens.slice(Math.max(0, at - 3), at).map((t) => t.text);
  const joined = ` ${before.join(" ")} `;
  return (
    /(?: instead of | rather than | not | nicht | pas | niet | anstatt | statt | au lieu de | in plaats van )(?:a |the |with )?$/.test(
      joined,
    ) && reading.concepts.every((c) => !c.concepts.includes("better"))
  );
}

/** Money of the sentence with what it is for. */
export const moneyIn = (reading: Reading, use: readonly ("support" | "budget" | "any")[]) =>
  reading.quantities.flatMap((q) => (q.kind === "money" && use.includes(q.for) ? [q.money] : []))[0];

/** What a person plans with herself: "with 12,000 units", "planned units of 9,500", "we expect 35 % uplift". */
export function ownPlanIn(reading: Reading): Args {
  const { tokens, quantities } = reading;
  const uplift = quantities.find((q) => q.kind === "uplift");
  if (uplift?.kind === "uplift") return { planned_uplift: uplift.value };
  const isUnits = (at: number): boolean => UNIT_WORDS.has(tokens[at]?.text ?? "");
  const found = quantities.flatMap((q) => {
    const value = q.kind === "number" && !q.ordinal ? q.value : q.kind === "money" ? q.money.amount : null;
    // "planned units to 9,500", "units: 9,500"
    const before = tokens
      .slice(Math.max(0, q.from - 3), q.from)
      .some((_, i, near) => isUnits(q.from - near.length + i));
    return value !== null && value > 0 && (isUnits(q.to) || before) ? [value] : [];
  });
  return found.length === 1 ? { planned_units: found[0] } : {};
}
const UNIT_WORDS = new Set(["unit", "units", "pieces"]);

/** What changes in a promotion that stands: its mechanic only where one is named, for 15 % of a coupon are 15 % of a coupon. */
export function changedTerms(reading: Reading): Args {
  const { mechanic, ...terms } = termsIn(reading);
  return mechanic && (mechanicsIn(reading).length || terms.get !== undefined) ? { mechanic, ...terms } : terms;
}

/** Offer, support, payment and fixed spend: what a promotion is besides its account, products and dates. */
export function termsIn(reading: Reading): Args {
  const [offer] = offersIn(reading);
  const mechanics = mechanicsIn(reading);
  const named = mechanics.find((m) => m !== "tpr") ?? mechanics[0];
  const mechanic = offer?.mechanic ?? named ?? (offer ? "tpr" : undefined);
  const fixed = moneyIn(reading, ["support", "any"]);
  const payment = paymentIn(reading);
  return {
    ...(mechanic ? { mechanic } : {}),
    ...offer,
    ...supportIn(reading),
    ...(payment ? { payment } : {}),
    ...(fixed ? { fixed_spend: fixed } : {}),
  };
}
