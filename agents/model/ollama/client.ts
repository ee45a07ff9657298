import type { Ollama } from "ollama";

const PATIENCE_MS = 5_000;

/** The `ollama` client for short questions about models: each request ends after a few seconds. */
export async function ollamaClient(host: string | undefined, patienceMs = PATIENCE_MS): Promise<Ollama> {
  const { Ollama: Client } = await import("ollama");
  return new Client({
    ...(host ? { host } : {}),
    fetch: (input, init) => fetch(input, { ...init, signal: AbortSignal.timeout(patienceMs) }),
  });
}
