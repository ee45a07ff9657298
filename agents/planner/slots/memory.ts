import type { PreferenceKind } from "../../../data/preferences/kinds.ts";
import { movingPeriodOf } from "../../../data/preferences/periods.ts";
import { resolveSpan } from "../dates/span.ts";
import type { Args } from "../types.ts";
import { frameOf, periodOf } from "../when.ts";
import { accountArg, ask, type Build, type Built, done } from "./build.ts";
import { has } from "./pieces.ts";

/** What a sentence wants kept or forgotten: the kind of preference that its words speak of, with its value as far as it is said. */
function preferenceIn(b: Build): { kind: PreferenceKind; value?: unknown } | null {
  const roi = wanted(b, ["gross", "netword"]);
  if (has(b, "ownaccounts", "ownverb") && (b.accounts.names.length || b.accounts.unknown))
    return { kind: "accounts", value: b.accounts.names.length ? b.accounts.names : [b.accounts.unknown] };
  if (roi) return { kind: "roi", value: roi === "gross" ? "gross" : "net" };
  const format = ["xlsx", "csv", "page", "pptx", "pdf"].find((f) => has(b, `fmt_${f}`));
  if (format && has(b, "reportword", "sendword", "report")) return { kind: "report_format", value: format };
  for (const [concept, kind] of [
    ["chartword", "charts"],
    ["tableword", "tables"],
  ] as const)
    if (has(b, concept)) return { kind, value: isRefused(b, concept) ? "hidden" : "shown" };
  const length = wanted(b, ["shortword", "longword"]);
  if (length) return { kind: "answers", value: length === "shortword" ? "short" : "full" };
  if (format) return { kind: "report_format", value: format };
  const period = periodOf(b.reading.dates, frameOf(b.lexicon, "past", undefined), undefined)?.period;
  if (period) return { kind: "period", value: movingPeriodOf(period, b.lexicon.today) ?? "one period" };
  const count = b.reading.quantities.find((q) => q.kind === "number" && !q.ordinal);
  if (count?.kind === "number") return { kind: "list_length", value: count.value };
  if (has(b, "roi")) return { kind: "roi" };
  if (has(b, "ownaccounts")) return { kind: "accounts" };
  return null;
}

const GIVEN_UP = new Set(["not", "than", "of", "no", "without", "from", "never"]);
/** Of two ideas the one that is wanted: "gross instead of net", "net, not gross". */
function wanted(b: Build, concepts: readonly string[]): string | undefined {
  const hits = b.reading.concepts.filter((c) => c.concepts.some((k) => concepts.includes(k)));
  const kept = hits.filter((c) => !GIVEN_UP.has(b.reading.tokens[c.from - 1]?.text ?? ""));
  return (kept[0] ?? hits[0])?.concepts.find((k) => concepts.includes(k));
}

/** "no charts", "never show me a table", "charts: leave them out". */
function isRefused(b: Build, concept: string): boolean {
  const hit = b.reading.concepts.find((c) => c.concepts.includes(concept));
  return b.reading.concepts.some(
    (c) => hit && c.concepts.includes("refusal") && c.from >= hit.from - 6 && c.from <= hit.to + 3,
  );
}

export function buildSetPreference(b: Build): Built {
  const found = preferenceIn(b);
  if (!found)
    return ask(
      "preference",
      "What shall I keep? For example: ROI gross or net, which accounts are yours, the usual period, the length of lists, the format of reports, short answers, no tables or no charts.",
      {},
    );
  return done({ preference: found.kind, ...(found.value === undefined ? {} : { value: found.value }) });
}

/** "no, net", "and Delphi too": another value for a preference that waits, or null. */
export function amendedPreference(base: Args, b: Build): Args | null {
  const { names } = b.accounts;
  if (base.preference === "accounts" && names.length) {
    const more = /\b(?:and|also|too|plus|add|as well)\b/i.test(b.reading.text);
    return { ...base, value: more ? [...new Set([...(base.value as string[]), ...names])] : names };
  }
  const found = preferenceIn(b);
  if (found?.kind !== base.preference || found?.value === undefined || found.value === base.value) return null;
  return { ...base, value: found.value };
}

export function buildDeletePreference(b: Build): Built {
  const found = preferenceIn(b);
  if (found) return done({ preference: found.kind });
  const last = b.focus.recent.find((call) => call.tool === "set_preference")?.args.preference;
  if (has(b, "aboutme") || /\b(?:all|everything|preferences|settings|defaults)\b/i.test(b.reading.text))
    return done({ preference: "all" });
  return done(typeof last === "string" ? { preference: last } : {});
}

export function buildFindPreferences(b: Build): Built {
  const person = b.reading.names.find((n) => n.kind === "person")?.names[0];
  return done(person ? { person } : {});
}

/** What of the conversation is asked for: about an account or a product, drafts only, of a day, from its beginning. */
export function buildRecall(b: Build): Built {
  const { account } = accountArg(b);
  const [goods] = b.goods;
  const day = b.reading.dates
    .map((d) => ("span" in d && d.role === "day" ? resolveSpan(d.span, frameOf(b.lexicon, "past", undefined)) : null))
    .find((p) => p && p.from <= b.lexicon.today);
  const count = b.reading.quantities.find((q) => q.kind === "number" && !q.ordinal);
  const drafts = has(b, "madeword");
  const first = has(b, "atstart");
  const args: Args = {
    ...(drafts ? { what: "drafts" } : has(b, "askedword") ? { what: "questions" } : {}),
    ...(account ? { account } : {}),
    ...(goods ? { product: goods } : {}),
    ...(day ? { on: day.from } : {}),
    ...(first ? { from: "start" } : {}),
    ...(count?.kind === "number" && count.value >= 1 && count.value <= 30 ? { top: Math.round(count.value) } : {}),
  };
  return done(args);
}
