import type { BaseChatModel } from "@langchain/core/language_models/chat_models";
import { KamError } from "../../data/common/errors.ts";

/** Which model plans, and how it is reached. */
export interface ModelSettings {
  /** `offline`, `openai:<model>` or `ollama:<model>`. */
  readonly model: string;
  readonly openaiKey: string | undefined;
  readonly openaiBaseUrl: string | undefined;
  readonly ollamaHost: string | undefined;
  readonly timeoutMs: number;
}

/**
 * The language model of the settings, or null for `offline` (the planner is made for each turn).
 * The libraries are loaded when first needed: offline never pays for them.
 * @throws KamError model_unavailable where something needed to reach it is missing
 */
export async function createModel(settings: ModelSettings): Promise<BaseChatModel | null> {
  if (settings.model === "offline") return null;
  const [kind, ...rest] = settings.model.split(":");
  const name = rest.join(":");
  if (kind === "openai" && name) {
    if (!settings.openaiKey && !settings.openaiBaseUrl) {
      throw new KamError(
        "model_unavailable",
        `KAM_MODEL is ${settings.model}, but neither OPENAI_API_KEY nor OPENAI_BASE_URL is set; set one, or KAM_MODEL=offline.`,
      );
    }
    const { ChatOpenAI } = await import("@langchain/openai");
    return new ChatOpenAI({
      model: name,
      apiKey: settings.openaiKey ?? "none",
      temperature: 0,
      timeout: settings.timeoutMs,
      maxRetries: 2,
      useResponsesApi: false,
      ...(settings.openaiBaseUrl ? { configuration: { baseURL: settings.openaiBaseUrl } } : {}),
    });
  }
  if (kind === "ollama" && name) {
    const { ChatOllama } = await import("@langchain/ollama");
    return new ChatOllama({
      model: name,
      temperature: 0,
      think: false,
      numCtx: 16_384,
      maxRetries: 2,
      ...(settings.ollamaHost ? { baseUrl: settings.ollamaHost } : {}),
    });
  }
  throw new KamError(
    "bad_input",
    `KAM_MODEL is "${settings.model}"; it can be offline, openai:<model> or ollama:<model>.`,
  );
}
