import type { Ollama } from "ollama";

const PATIENCE_MS = 5_000;

/** The `ollama` client for questions about models. @param patienceMs a request that takes longer is ended */
export async function ollamaClient(host: string | undefined, patienceMs = PATIENCE_MS): Promise<Ollama> {
  const { Ollama: Client } = await import("ollama");
  const ending = (): { signal?: AbortSignal } =>
    Number.isFinite(patienceMs) ? { signal: AbortSignal.timeout(patienceMs) } : {};
  return new Client({ ...(host ? { host } : {}), fetch: (input, init) => fetch(input, { ...init, ...ending() }) });
}
