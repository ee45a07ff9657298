import { z } from "zod";
import { DEFAULT_LIMITS, type Limits, type Price } from "../agents/model/languageModel.ts";
import { isIsoDate } from "../data/common/dates.ts";
import { KamError } from "../data/common/errors.ts";

/** The environment, read once: nothing else reads process.env. */
export interface Config {
  readonly db: string;
  /** False where KAM_DB is not set: the default store is made with the demo market on first use. */
  readonly dbChosen: boolean;
  /** The day that stands for today: KAM_TODAY, else the real date when it is asked for. */
  readonly today: string;
  readonly currentDay: () => string;
  readonly model: string;
  readonly openaiKey: string | undefined;
  readonly openaiBaseUrl: string | undefined;
  readonly ollamaHost: string | undefined;
  /** The longest silence of a model's service. */
  readonly timeoutMs: number | undefined;
  readonly limits: Limits;
  readonly price: Price | null;
  readonly port: number;
  readonly host: string;
}

const DEFAULT_STORE = ".kam/store.db";
const MODEL_NAME = /^(offline|openai:.+|ollama:.+)$/;
const MODEL_NAMES = "can be offline, openai:<model> or ollama:<model>";
const filled = z
  .string()
  .trim()
  .transform((s) => s || undefined)
  .optional();

const isPositive = (s: string | undefined): boolean => s === undefined || (Number(s) > 0 && Number.isFinite(Number(s)));
const isCount = (s: string | undefined): boolean => s === undefined || /^[1-9]\d{0,14}$/.test(s);
const PRICE = /^(\d+(?:\.\d+)?)\/(\d+(?:\.\d+)?) ([A-Z]{3})$/;

const environment = z.object({
  KAM_DB: filled,
  KAM_TODAY: filled.refine((s) => s === undefined || isIsoDate(s), "must be a date that exists, written YYYY-MM-DD"),
  KAM_MODEL: filled.refine((s) => s === undefined || MODEL_NAME.test(s), MODEL_NAMES),
  OPENAI_API_KEY: filled,
  OPENAI_BASE_URL: filled,
  OLLAMA_HOST: filled,
  KAM_MODEL_TIMEOUT: filled.refine(isPositive, "must be a number of seconds above 0"),
  KAM_MODEL_CALLS: filled.refine(isCount, "must be a whole number above 0"),
  KAM_MODEL_TOKENS: filled.refine(isCount, "must be a whole number above 0"),
  KAM_MODEL_PRICE: filled.refine(
    (s) => s === undefined || PRICE.test(s),
    "must be the price of a million tokens read and written with its currency, such as 2.50/10 USD",
  ),
  PORT: filled.refine(
    (s) => s === undefined || (/^\d{1,5}$/.test(s) && Number(s) <= 65_535),
    "must be a number from 0 to 65535",
  ),
  HOST: filled,
});

/** @throws KamError bad_input naming the variable */
export function readConfig(env: Readonly<Record<string, string | undefined>> = process.env): Config {
  const parsed = environment.safeParse(env);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    throw new KamError(
      "bad_input",
      `${String(issue.path[0])} is "${env[String(issue.path[0])]}": it ${issue.message}.`,
    );
  }
  const e = parsed.data;
  if (e.KAM_DB?.match(/^postgres(ql)?:\/\//))
    throw new KamError(
      "bad_input",
      "KAM_DB names a PostgreSQL server; this release keeps its store in a SQLite file: give a path.",
    );
  const currentDay = (): string => e.KAM_TODAY ?? localDate(new Date());
  return {
    db: e.KAM_DB ?? DEFAULT_STORE,
    dbChosen: e.KAM_DB !== undefined,
    today: currentDay(),
    currentDay,
    model: e.KAM_MODEL ?? "offline",
    openaiKey: e.OPENAI_API_KEY,
    openaiBaseUrl: e.OPENAI_BASE_URL,
    ollamaHost: e.OLLAMA_HOST,
    timeoutMs: e.KAM_MODEL_TIMEOUT ? Number(e.KAM_MODEL_TIMEOUT) * 1_000 : undefined,
    limits: {
      calls: Number(e.KAM_MODEL_CALLS ?? DEFAULT_LIMITS.calls),
      tokens: Number(e.KAM_MODEL_TOKENS ?? DEFAULT_LIMITS.tokens),
    },
    price: priceOf(e.KAM_MODEL_PRICE),
    port: Number(e.PORT ?? 3000),
    host: e.HOST ?? "127.0.0.1",
  };
}

/** @throws KamError bad_input where it names no kind of model that there is */
export function modelName(name: string): string {
  if (MODEL_NAME.test(name)) return name;
  throw new KamError("bad_input", `The model is "${name}": it ${MODEL_NAMES}.`);
}

function priceOf(said: string | undefined): Price | null {
  const [, prompt, completion, currency] = said?.match(PRICE) ?? [];
  return currency ? { prompt: Number(prompt), completion: Number(completion), currency } : null;
}

const localDate = (now: Date): string =>
  [now.getFullYear(), String(now.getMonth() + 1).padStart(2, "0"), String(now.getDate()).padStart(2, "0")].join("-");
