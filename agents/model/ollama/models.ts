import type { Ollama } from "ollama";
import { KamError } from "../../../data/common/errors.ts";
import { ollamaClient } from "./client.ts";

/** A model that an Ollama service holds. */
export interface OllamaModel {
  readonly name: string;
  readonly bytes: number;
  /** ISO date. */
  readonly modified: string;
  /** Whether it can call tools; null where the service does not tell. */
  readonly tools: boolean | null;
}

/** Where a host is that is not named: the client's own default, in words. */
export const hostName = (host: string | undefined): string => host ?? "http://127.0.0.1:11434";

/** The models of a service, by name. @throws KamError model_unavailable */
export async function listOllamaModels(host: string | undefined): Promise<OllamaModel[]> {
  const client = await ollamaClient(host);
  const { models } = await client.list().catch((thrown) => {
    throw unreachable(host, thrown);
  });
  const found: OllamaModel[] = [];
  for (const { name, size, modified_at } of models ?? [])
    found.push({
      name,
      bytes: size ?? 0,
      modified: String(modified_at ?? "").slice(0, 10),
      tools: await callsTools(client, name),
    });
  return found.sort((a, b) => a.name.localeCompare(b.name));
}

/** Whether a model can call tools; null where the service does not tell. */
export async function callsTools(client: Ollama, model: string): Promise<boolean | null> {
  try {
    const { capabilities } = await client.show({ model });
    return Array.isArray(capabilities) ? capabilities.includes("tools") : null;
  } catch {
    return null;
  }
}

/** A pull under way: what is loaded now, and how far where that is known. */
export interface PullProgress {
  readonly status: string;
  readonly done: number;
  readonly total: number;
}

/**
 * Has the service load a model. @param onProgress told as it goes on
 * @throws KamError model_unavailable, not_found
 */
export async function pullOllamaModel(
  host: string | undefined,
  model: string,
  onProgress: (progress: PullProgress) => void,
): Promise<void> {
  const client = await ollamaClient(host, Number.POSITIVE_INFINITY);
  const layers = new Map<string, { done: number; total: number }>();
  try {
    for await (const { status, digest, total, completed } of await client.pull({ model, stream: true })) {
      if (digest && total) layers.set(digest, { done: completed ?? 0, total });
      const sum = [...layers.values()].reduce((a, b) => ({ done: a.done + b.done, total: a.total + b.total }), {
        done: 0,
        total: 0,
      });
      onProgress({ status, ...sum });
    }
  } catch (thrown) {
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    if (/file does not exist|not found|invalid model name/i.test(message))
      throw new KamError(
        "not_found",
        `Ollama knows no model called "${model}" (${message}); its library lists the names.`,
      );
    if (layers.size || /Did not receive done|terminated/.test(message))
      throw new KamError(
        "model_unavailable",
        `The pull of ${model} broke off (${message}); run it again: what was loaded is kept.`,
      );
    throw unreachable(host, thrown);
  }
}

function unreachable(host: string | undefined, thrown: unknown): KamError {
  const cause = thrown instanceof Error && thrown.cause instanceof Error ? thrown.cause : thrown;
  const reason = cause instanceof Error ? cause.message || cause.name : String(cause);
  return new KamError(
    "model_unavailable",
    `Ollama cannot be reached at ${hostName(host)} (${reason}); start it with "ollama serve", or set OLLAMA_HOST.`,
  );
}
