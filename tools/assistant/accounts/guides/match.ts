import { foldName } from "../../../../data/common/names.ts";
import type { Guide } from "./guides.ts";

const STOP = new Set(
  "a an the i me my we us our you your it its is are be do does did can could should would will shall how what where which when there this that these those to of for in on at by with from and or please tell show explain help need want would like get have has about if so up out step steps way go make see find get know work use".split(
    " ",
  ),
);

/** Words that a person may use for the guides' own. */
const SAME: Readonly<Record<string, string>> = {
  promo: "promotion",
  deal: "promotion",
  offer: "promotion",
  campaign: "promotion",
  retailer: "account",
  customer: "account",
  chain: "account",
  shop: "store",
  parameter: "setting",
  modify: "change",
  adjust: "change",
  edit: "change",
  amend: "change",
  update: "change",
  alter: "change",
  duplicate: "copy",
  repeat: "copy",
  reuse: "copy",
  delete: "cancel",
  undo: "cancel",
  withdraw: "cancel",
  revert: "cancel",
  money: "fund",
  budget: "fund",
  shift: "move",
  transfer: "move",
  deduction: "claim",
  invoice: "claim",
  upload: "import",
  load: "import",
  download: "export",
  spreadsheet: "excel",
  xlsx: "excel",
  note: "log",
  record: "log",
  talk: "meeting",
  appointment: "meeting",
  predict: "forecast",
  prediction: "forecast",
  estimate: "forecast",
  sign: "approve",
  approval: "approve",
  permission: "right",
  allowed: "allow",
  outcome: "result",
  performance: "result",
  perform: "result",
  performed: "result",
  optimise: "plan",
  optimize: "plan",
  simulate: "scenario",
  several: "multi",
  multiple: "multi",
  many: "multi",
  all: "multi",
  conflict: "clash",
  new: "create",
  enter: "create",
  add: "create",
  set: "create",
};

/** Plurals and simple verb endings do not tell words apart. */
function stem(word: string): string {
  const cut = word.replace(/(?<=[a-z]{3})(?:ies)$/, "y").replace(/(?<=[a-z]{3}[^s])s$/, "");
  return cut.replace(/(?<=[a-z]{4})(?:ing|ed)$/, "").replace(/(?<=[a-z]{3})e$/, "");
}

const SAME_STEMS = new Map(Object.entries(SAME).map(([from, to]) => [stem(from), stem(to)]));

/** Words that say nothing of the topic, in their other forms too ("works", "needed"). */
const says = (word: string): boolean => word.length > 1 && !STOP.has(word) && !STOP.has(stem(word));

function tokensOf(text: string): Set<string> {
  const words = foldName(text).split(" ").filter(says);
  return new Set(words.map((word) => SAME_STEMS.get(stem(word)) ?? stem(word)));
}

const both = (a: ReadonlySet<string>, b: ReadonlySet<string>): string[] => [...a].filter((token) => b.has(token));

/** A word that no guide holds (a name, mostly) weighs little: it neither finds nor loses a guide. */
const UNKNOWN_WEIGHT = 1;
const PHRASE_SHARE = 0.7;
/** Below this a guide is a guess; the topics are listed instead. */
export const LEAST_SCORE = 0.33;

/**
 * Guides by how well they answer a question, best first: the closest of a guide's phrasings (Dice overlap) and how much of
 * the question the whole guide covers, words weighted by how few guides hold them (idf).
 */
export function rankGuides(topic: string, guides: readonly Guide[]): { guide: Guide; score: number }[] {
  const indexed = guides.map((guide) => ({
    guide,
    phrases: [guide.title, ...guide.phrases].map(tokensOf),
    all: tokensOf([guide.title, ...guide.phrases, guide.about, ...guide.steps, ...guide.say].join(" ")),
  }));
  const frequency = new Map<string, number>();
  for (const { all } of indexed) for (const token of all) frequency.set(token, (frequency.get(token) ?? 0) + 1);
  const weight = (token: string): number => {
    const holds = frequency.get(token);
    return holds === undefined ? UNKNOWN_WEIGHT : Math.log(1 + guides.length / holds);
  };
  const sum = (tokens: Iterable<string>): number => [...tokens].reduce((total, token) => total + weight(token), 0);
  const asked = tokensOf(topic);
  const total = sum(asked);
  if (total === 0) return [];
  return indexed
    .map(({ guide, phrases, all }) => {
      const closest = Math.max(...phrases.map((p) => (2 * sum(both(asked, p))) / (total + sum(p))));
      return { guide, score: PHRASE_SHARE * closest + (1 - PHRASE_SHARE) * (sum(both(asked, all)) / total) };
    })
    .sort((a, b) => b.score - a.score);
}
