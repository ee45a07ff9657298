import { closeStore, openStore } from "../../../data/store/open.ts";
import { loadActor } from "../../../data/users/actor.ts";
import { compareScenarios, scenariosSchema } from "../../../tools/expert/compareScenarios.ts";
import { createFittedModels } from "../../../tools/fitting/fittedModels.ts";
import { type Invocation, text } from "../command.ts";
import { readSpecFile } from "../specFile.ts";
import { describeScenarios } from "./simulateText.ts";

/**
 * The scenarios of a file compared without the agent, by the local person.
 * @throws KamError file_missing, bad_input, and what `compare_scenarios` throws
 */
export async function simulate({ values, config, io }: Invocation): Promise<void> {
  const scenarios = await readSpecFile(text(values.spec)!, scenariosSchema);
  const store = await openStore({ path: config.db, today: config.today, mustExist: true });
  try {
    const context = { store, models: createFittedModels(), actor: await loadActor(store) };
    const result = await compareScenarios(context, scenarios);
    io.out(values.json ? JSON.stringify(result) : describeScenarios(result));
  } finally {
    await closeStore(store);
  }
}
