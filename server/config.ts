import { z } from "zod";
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

const environment = z.object({
  KAM_DB: filled,
  KAM_TODAY: filled.refine((s) => s === undefined || isIsoDate(s), "must be a date that exists, written YYYY-MM-DD"),
  KAM_MODEL: filled.refine((s) => s === undefined || MODEL_NAME.test(s), MODEL_NAMES),
  OPENAI_API_KEY: filled,
  OPENAI_BASE_URL: filled,
  OLLAMA_HOST: filled,
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
    port: Number(e.PORT ?? 3000),
    host: e.HOST ?? "127.0.0.1",
  };
}

/** @throws KamError bad_input where it names no kind of model that there is */
export function modelName(name: string): string {
  if (MODEL_NAME.test(name)) return name;
  throw new KamError("bad_input", `The model is "${name}": it ${MODEL_NAMES}.`);
}

const localDate = (now: Date): string =>
  [now.getFullYear(), String(now.getMonth() + 1).padStart(2, "0"), String(now.getDate()).padStart(2, "0")].join("-");
