import { dateInWords, formatFigure, periodInWords, type Unit } from "../../../data/common/format.ts";
import type { Call } from "../../answer.ts";
import type { Lexicon } from "../../planner/index.ts";
import { type Measure, measureAt } from "./measures.ts";

/** What a number belongs to: by the kind of name (`account`, `level`), the ways in which it may be called, in lower case. */
export type Scope = ReadonlyMap<string, ReadonlySet<string>>;

/** A row of a list in a result: its own names, and its place among the others of the list. */
export interface Row {
  /** Pointer of the list. */
  readonly list: string;
  readonly at: number;
  readonly names: Scope;
  /** The kind of name without which it is not told from others: a product is not meant where its brand is named. */
  readonly kind: string | null;
}

/** A number in the result of a call that words may speak of. */
export interface Leaf {
  readonly call: number;
  readonly path: string;
  readonly value: number;
  readonly unit: Unit;
  readonly text: string;
  readonly measure: Measure;
  /** Which end of a range it is. */
  readonly end: "low" | "high" | null;
  readonly scope: Scope;
  /** The rows that it lies in, outermost first. */
  readonly rows: readonly Row[];
}

/** Parts of results that hold the same measures of something else (other baselines, matched pairs): no words tell them apart. */
const APART = new Set(
  "matched, marginal, supported, stress, split, calibration, plans, made, overrides, plans_better_at, enough_evidence, past_best, facts, asked, weeks_before, flip, statement, quote, quotes, thresholds, alternatives, largest, usual_fixed_spend, causes, unexplained, parts, counts, left_out, last, lead, range_95".split(
    ", ",
  ),
);

const NAME =
  /^(?:accounts?|products?|brands?|category|categories|promotions?|name|code|claim|fund|label|group|mechanic|step|kind|month|quarter|year|depth|state|status)$/;
/** Kinds of name that mean one thing, whatever else is said of it. */
const OWN = ["promotion", "claim", "product"];
const LEVELS = new Set(["level", "cut"]);
const isRecord = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === "object" && !Array.isArray(value);
const pointerPart = (key: string): string => key.replaceAll("~", "~0").replaceAll("/", "~1");
const ISO = /^\d{4}-\d{2}-\d{2}$/;

/** The ways in which a day is written. */
const dayForms = (iso: string): string[] => [iso, dateInWords(iso), dateInWords(iso).replace(/ \d{4}$/, "")];

/** The ways in which a depth that names its row is written. */
const levelForms = (value: number): string[] => {
  const number = formatFigure(value, "%").replace(" %", "");
  return [`${number} %`, `${number}%`, `${number} percent`, `${number} per cent`];
};

/** How the names of the store may be said, and what they bring with them: a product its brand. */
export interface Namer {
  formsOf(name: string): { readonly kind: string | null; readonly forms: readonly string[] };
  brandOf(product: string): string | undefined;
}

export function namerOf(lexicon: Lexicon): Namer {
  const known = new Map<string, { kind: string; forms: string[] }>();
  const add = (name: string, kind: string, forms: readonly string[] = []): void => {
    known.set(name.toLowerCase(), { kind, forms: [name, ...forms].map((f) => f.toLowerCase()) });
  };
  for (const { name, aliases } of lexicon.accounts) add(name, "account", [...aliases, ...firstWord(name, lexicon)]);
  for (const { name, aliases } of lexicon.products) add(name, "product", aliases);
  for (const { name } of lexicon.brands) add(name, "brand");
  for (const name of lexicon.categories) add(name, "category");
  for (const { code, name } of lexicon.promotions) add(code, "promotion", [name, `${code}, ${name}`]);
  const brands = new Map(lexicon.products.map((p) => [p.name.toLowerCase(), p.brand.toLowerCase()]));
  return {
    formsOf: (name) => known.get(name.toLowerCase()) ?? { kind: null, forms: [name.toLowerCase()] },
    brandOf: (product) => brands.get(product.toLowerCase()),
  };
}

/** "Albion" for "Albion Fresh", where no other account begins so. */
function firstWord(name: string, { accounts }: Lexicon): string[] {
  const word = name.split(" ")[0]!;
  return word.length > 3 && accounts.filter((a) => a.name.startsWith(word)).length === 1 ? [word] : [];
}

/** The names that stand directly in an object. */
function namesIn(object: Record<string, unknown>, namer: Namer): Map<string, Set<string>> {
  const names = new Map<string, Set<string>>();
  const add = (kind: string, forms: Iterable<string>): void => {
    const set = names.get(kind) ?? new Set();
    for (const form of forms) set.add(form.toLowerCase());
    names.set(kind, set);
  };
  const addName = (key: string, name: string): void => {
    const { kind, forms } = namer.formsOf(name);
    add(kind ?? key, [...forms, name.replaceAll("_", " ")]);
    const brand = kind === "product" ? namer.brandOf(name) : undefined;
    if (brand) add("brand", [brand]);
  };
  for (const [rawKey, value] of Object.entries(object)) {
    const key = rawKey.replace(/s$/, "");
    if (typeof value === "string" && ISO.test(value)) add("day", dayForms(value));
    else if (typeof value === "string" && NAME.test(rawKey) && value.length < 80) addName(key, value);
    else if (typeof value === "number" && LEVELS.has(rawKey)) add("level", levelForms(value));
    else if (Array.isArray(value) && NAME.test(rawKey))
      for (const one of value) {
        if (typeof one === "string" && one.length < 80) addName(key, one);
        else if (isRecord(one) && Object.values(one).every((v) => typeof v === "string"))
          for (const [k, v] of Object.entries(one)) if (typeof v === "string") addName(k, v);
      }
    else if (
      isRecord(value) &&
      typeof value.from === "string" &&
      typeof value.to === "string" &&
      ISO.test(value.from)
    ) {
      const period = { from: value.from, to: value.to };
      add("day", [periodInWords(period), periodInWords(period).replace(/ \d{4}$/, ""), ...dayForms(value.from)]);
    } else if (isRecord(value) && typeof value.words === "string") add("band", [value.words]);
    else if (isRecord(value) && (rawKey === "product" || rawKey === "promotion"))
      for (const [k, v] of Object.entries(value)) if (typeof v === "string" && NAME.test(k)) addName(k, v);
  }
  return names;
}

/** Every number of the turn's results that words may speak of. */
export function leavesOf(calls: readonly Call[], namer: Namer): Leaf[] {
  const leaves: Leaf[] = [];
  calls.forEach((call, index) => {
    if (call.status === "error") return;
    const metric = typeof call.result.metric === "string" ? call.result.metric : null;
    interface Place {
      readonly path: string;
      readonly keys: readonly string[];
      readonly scope: Scope;
      readonly rows: readonly Row[];
      readonly currency: string | null;
    }
    const visit = (value: unknown, place: Place): void => {
      if (typeof value === "number") leaf(value, place);
      else if (Array.isArray(value))
        value.forEach((item, at) => {
          if (!isRecord(item)) return;
          const names = namesIn(item, namer);
          const kind =
            OWN.find((k) =>
              [item[k], item.label, item.group].some(
                (v) => typeof v === "string" && (k === namer.formsOf(v).kind || v === item[k]),
              ),
            ) ?? null;
          const row: Row = { list: `${index}:${place.path}`, at, names, kind };
          visit(item, { ...place, path: `${place.path}/${at}`, rows: [...place.rows, row] });
        });
      else if (isRecord(value)) {
        const scope = new Map([...place.scope, ...namesIn(value, namer)]);
        const currency = typeof value.currency === "string" ? value.currency : place.currency;
        for (const [key, inner] of Object.entries(value)) {
          if (APART.has(key)) continue;
          visit(inner, {
            path: `${place.path}/${pointerPart(key)}`,
            keys: [...place.keys, key],
            scope,
            rows: place.rows,
            currency,
          });
        }
      }
    };
    const leaf = (value: number, { path, keys, scope, rows, currency }: Place): void => {
      const measure = Number.isFinite(value) ? measureAt(call.tool, keys, metric) : null;
      if (!measure || (measure.unit === "money" && !currency)) return;
      const unit = measure.unit === "money" ? currency! : measure.unit;
      const key = keys.at(-1);
      const end = key === "low" || key === "high" ? key : null;
      leaves.push({ call: index, path, value, unit, text: formatFigure(value, unit), measure, end, scope, rows });
    };
    const asked = namesIn(call.args, namer);
    visit(call.result, { path: "", keys: [], scope: asked, rows: [], currency: currencyOf(call.result) });
  });
  return leaves;
}

/** The one currency that a result speaks of, for numbers that have none beside them. */
function currencyOf(result: unknown): string | null {
  const found = new Set<string>();
  const walk = (value: unknown): void => {
    if (isRecord(value)) {
      if (typeof value.currency === "string") found.add(value.currency);
      Object.values(value).forEach(walk);
    } else if (Array.isArray(value)) value.forEach(walk);
  };
  walk(result);
  return found.size === 1 ? [...found][0]! : null;
}
