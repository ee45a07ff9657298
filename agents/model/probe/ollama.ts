import type { ModelSettings } from "../createModel.ts";
import { ollamaClient } from "../ollama/client.ts";
import { hostName, listOllamaModels } from "../ollama/models.ts";
import { nameOf, type ProbeFinding, UNTIL_THEN } from "./finding.ts";

/** What an Ollama service says of itself and of a model. @throws KamError model_unavailable where it is not reached */
export async function probeOllama({ model, ollamaHost }: ModelSettings): Promise<ProbeFinding[]> {
  const name = nameOf(model);
  const models = await listOllamaModels(ollamaHost);
  const version = await (await ollamaClient(ollamaHost)).version().then(
    (answer) => answer.version ?? "",
    () => "",
  );
  const service = `Ollama${version ? ` ${version}` : ""} at ${hostName(ollamaHost)}`;
  // A name without a tag means the latest.
  const found = models.find((known) => known.name === name || known.name === `${name}:latest`);
  const reached: ProbeFinding = { check: "model service", ok: true, says: `${service} is reached` };
  if (!found) {
    const others = models.length ? `there are ${models.map((m) => m.name).join(", ")}` : "there are none";
    return [
      reached,
      {
        check: "model",
        ok: false,
        says: `${name} is not there; ${others}: run kam models pull ${name}, or name another in KAM_MODEL; ${UNTIL_THEN}`,
      },
    ];
  }
  if (found.tools === false)
    return [
      reached,
      {
        check: "model",
        ok: false,
        says: `${name} cannot call tools: name one in KAM_MODEL that can (kam models shows which); ${UNTIL_THEN}`,
      },
    ];
  return [reached];
}
