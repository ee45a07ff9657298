import { listed } from "../../../../data/common/words.ts";
import { PAYMENT_WORDS, supportWords } from "../../../../data/promotions/words.ts";
import { atPointer, type Composer, type Say } from "../../say.ts";
import { type DraftJson, draftBlocks, goOn, windowWords } from "./draftParts.ts";
import { offer } from "./words.ts";

interface Version {
  readonly start: string;
  readonly end: string;
  readonly windows: Parameters<typeof windowWords>[1];
  readonly products: readonly string[];
  readonly feature: boolean;
  readonly display: boolean;
  readonly payment: keyof typeof PAYMENT_WORDS;
  readonly currency: string;
}

/** One field of a version, in words; `path` is where the version stands. */
const FIELD: Readonly<Record<string, (say: Say, path: string, version: Version) => string>> = {
  dates: (say, _path, v) => say.period({ from: v.start, to: v.end }),
  windows: (say, _path, v) => windowWords(say, v.windows) || "as the dates give them",
  products: (_say, _path, v) => listed(v.products),
  offer: (say, path) => offer(say, path),
  support: (_say, _path, v) => supportWords(v),
  payment: (_say, _path, v) => PAYMENT_WORDS[v.payment],
  planned_units: (say, path) => say.figOr(`${path}/planned_units`, "units", "the forecast"),
  fixed_spend: (say, path, v) => say.fig(`${path}/fixed_spend`, v.currency),
};

const LABEL: Readonly<Record<string, string>> = {
  dates: "Dates",
  windows: "Windows",
  products: "Products",
  offer: "Offer",
  support: "Support",
  payment: "Payment",
  planned_units: "Planned units",
  fixed_spend: "Fixed spend",
};

/** "Offer: 20 % off → 25 % off", one for each field that differs between the versions at two paths. */
export function differences(say: Say, changed: readonly string[], before: string, after: string): string[] {
  const of = (field: string, path: string): string =>
    FIELD[field]?.(say, path, atPointer(say.call.result, path) as Version) ?? "";
  return changed.map((field) =>
    field in FIELD ? `${LABEL[field]}: ${of(field, before)} → ${of(field, after)}` : "The note is a new one.",
  );
}

export const composeUpdatePromotion: Composer = (say) => {
  const { promotion, name, changed } = say.call.result as { promotion: string; name: string; changed: string[] };
  const draft = atPointer(say.call.result, "/proposals/0") as DraftJson;
  say.p(`What changes in ${promotion}, ${name}:`);
  say.list(differences(say, changed, "/before", "/proposals/0/change"));
  draftBlocks(say, "/proposals/0", "It would then be:");
  say.p(goOn(draft.counts.block > 0, "change the draft"));
};
