import { readFile } from "node:fs/promises";
import { KamError } from "../../../data/common/errors.ts";
import { closeStore, openStore } from "../../../data/store/open.ts";
import { loadActor } from "../../../data/users/actor.ts";
import { compareScenarios, scenariosSchema } from "../../../tools/expert/compareScenarios.ts";
import { createFittedModels } from "../../../tools/fitting/fittedModels.ts";

export interface SimulateArgs {
  readonly db: string;
  readonly today: string;
  readonly spec: string;
  readonly json: boolean;
}

/**
 * `kam simulate`: the scenarios of a file compared without the agent, by the local person.
 * @throws KamError file_missing, bad_input, and what `compare_scenarios` throws
 */
export async function simulate({ db, today, spec, json }: SimulateArgs): Promise<unknown> {
  const scenarios = await readSpec(spec);
  const store = await openStore({ path: db, today, mustExist: true });
  try {
    const context = { store, models: createFittedModels(), actor: await loadActor(store) };
    const result = await compareScenarios(context, scenarios);
    console.log(json ? JSON.stringify(result) : describe(result));
    return result;
  } finally {
    await closeStore(store);
  }
}

async function readSpec(path: string) {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (thrown) {
    throw new KamError("file_missing", `The spec ${path} cannot be read.`, {}, thrown);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (thrown) {
    throw new KamError("bad_input", `The spec ${path} is not JSON.`, {}, thrown);
  }
  const parsed = scenariosSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  throw new KamError(
    "bad_input",
    `The spec ${path} is wrong at ${issue.path.join(".") || "its top"}: ${issue.message}.`,
  );
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
