import { closeStore, openStore } from "../../../data/store/open.ts";
import { loadActor } from "../../../data/users/actor.ts";
import { compareScenarios, scenariosSchema } from "../../../tools/expert/compareScenarios.ts";
import { createFittedModels } from "../../../tools/fitting/fittedModels.ts";
import { type Invocation, text } from "../command.ts";
import { readSpecFile } from "../specFile.ts";

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
    io.out(values.json ? JSON.stringify(result) : describe(result));
  } finally {
    await closeStore(store);
  }
}

/** One line a scenario, best first. */
function describe(result: Record<string, unknown>): string {
  const { ranked, probability_better } = result as unknown as {
    ranked: {
      rank: number;
      label: string;
      currency: string;
      true_incremental: { mean: number };
      net_profit: { mean: number } | null;
      net_roi: { mean: number } | null;
    }[];
    probability_better: number;
  };
  const lines = ranked.map((r) => {
    const money = r.net_profit
      ? `net profit ${Math.round(r.net_profit.mean)} ${r.currency}${r.net_roi ? `, net ROI ${r.net_roi.mean.toFixed(2)}` : ""}`
      : "profit not known";
    return `${r.rank}. ${r.label}: ${money}, ${Math.round(r.true_incremental.mean)} true incremental units`;
  });
  return [...lines, `The first beats the second in ${Math.round(100 * probability_better)} % of the draws.`].join("\n");
}
