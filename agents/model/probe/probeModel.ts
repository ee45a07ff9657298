import { KamError, toKamError } from "../../../data/common/errors.ts";
import { createModel, type ModelSettings } from "../createModel.ts";
import type { ProbeFinding } from "./finding.ts";
import { probeOllama } from "./ollama.ts";
import { probeOpenai } from "./openai.ts";
import { tryOut } from "./tryOut.ts";

/** Looks at the model of the settings by small real requests: is it reached, is it there, does it call tools. */
export async function probeModel(settings: ModelSettings): Promise<ProbeFinding[]> {
  if (settings.model === "offline") return [{ check: "model", ok: true, says: "offline: the built-in planner" }];
  try {
    const model = await createModel(settings);
    if (!model) throw new KamError("internal", "There is no model to look at.");
    const there = settings.model.startsWith("ollama:") ? await probeOllama(settings) : await probeOpenai(settings);
    return there.some((finding) => !finding.ok) ? there : [...there, await tryOut(model)];
  } catch (thrown) {
    return [{ check: "model", ok: false, says: toKamError(thrown).message }];
  }
}
