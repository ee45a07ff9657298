import { ollamaClient } from "./client.ts";

/**
 * Looks whether a model can call tools, before the first turn is given to it.
 * @returns why it cannot plan, or null: also where the service does not tell, for then the turn itself will show
 */
export async function missingTools(service: { model: string; host: string | undefined }): Promise<string | null> {
  try {
    const client = await ollamaClient(service.host);
    const { capabilities } = await client.show({ model: service.model });
    return Array.isArray(capabilities) && !capabilities.includes("tools") ? "cannot call tools" : null;
  } catch {
    return null;
  }
}
