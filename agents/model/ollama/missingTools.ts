import { ollamaClient } from "./client.ts";
import { callsTools } from "./models.ts";

/**
 * Looks whether a model can call tools, before the first turn is given to it.
 * @returns why it cannot plan, or null: also where the service does not tell, for then the turn itself will show
 */
export async function missingTools(service: { model: string; host: string | undefined }): Promise<string | null> {
  const tools = await callsTools(await ollamaClient(service.host), service.model);
  return tools === false ? "cannot call tools" : null;
}
