import { setTimeout as pause } from "node:timers/promises";
import { KamError } from "../../data/common/errors.ts";
import { DEFAULT_LIMITS, type LanguageModel, type Limits, type Price } from "./languageModel.ts";
import { OllamaChat } from "./ollama/chat.ts";
import { missingTools } from "./ollama/missingTools.ts";
import { openaiChat, type Quirk } from "./openai/chat.ts";
import type { Wire } from "./wire/exchange.ts";

/** Which model plans, and how it is reached. */
export interface ModelSettings {
  /** `offline`, `openai:<model>` or `ollama:<model>`. */
  readonly model: string;
  readonly openaiKey: string | undefined;
  readonly openaiBaseUrl: string | undefined;
  readonly ollamaHost: string | undefined;
  /** The longest silence of a service; each kind has its own where none is set. */
  readonly timeoutMs?: number | undefined;
  readonly limits?: Limits | undefined;
  readonly price?: Price | null | undefined;
  /** Waits between attempts; the clock's where nothing else is given. */
  readonly wait?: ((ms: number) => Promise<void>) | undefined;
}

const ATTEMPTS = 3;
const OPENAI_SILENCE_MS = 30_000;
/** A local model may first have to be read from the disk. */
const OLLAMA_SILENCE_MS = 60_000;

/**
 * The language model of the settings, or null for `offline` (the planner is made for each turn).
 * The libraries are loaded when first needed: offline never pays for them.
 * @throws KamError model_unavailable where something needed to reach it is missing
 */
export async function createModel(settings: ModelSettings): Promise<LanguageModel | null> {
  if (settings.model === "offline") return null;
  const [kind, ...rest] = settings.model.split(":");
  const name = rest.join(":");
  const { limits = DEFAULT_LIMITS, price = null } = settings;
  const wireOf = (silence: number, tell: Wire["tell"]): Wire => ({
    timeoutMs: settings.timeoutMs ?? silence,
    attempts: ATTEMPTS,
    wait: settings.wait ?? ((ms) => pause(ms)),
    tell,
  });
  if (kind === "openai" && name) {
    if (!settings.openaiKey && !settings.openaiBaseUrl)
      throw new KamError(
        "model_unavailable",
        `KAM_MODEL is ${settings.model}, but neither OPENAI_API_KEY nor OPENAI_BASE_URL is set; set one, or KAM_MODEL=offline.`,
      );
    const quirks = new Set<Quirk>();
    const service = { model: name, key: settings.openaiKey, baseUrl: settings.openaiBaseUrl };
    return {
      name: settings.model,
      limits,
      price,
      open: (tell) => openaiChat(service, wireOf(OPENAI_SILENCE_MS, tell), quirks),
      unfit: async () => null,
    };
  }
  if (kind === "ollama" && name) {
    const service = { model: name, host: settings.ollamaHost };
    let unfit: Promise<string | null> | undefined;
    return {
      name: settings.model,
      limits,
      price,
      open: async (tell) => new OllamaChat(service, wireOf(OLLAMA_SILENCE_MS, tell)),
      unfit: () => {
        unfit ??= missingTools(service);
        return unfit;
      },
    };
  }
  throw new KamError(
    "bad_input",
    `KAM_MODEL is "${settings.model}"; it can be offline, openai:<model> or ollama:<model>.`,
  );
}
