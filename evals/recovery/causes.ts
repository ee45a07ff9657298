import { plantedCauses } from "../../data/demo/truth.repo.ts";
import { explainResult } from "../../tools/advisor/explainResult.ts";
import type { ReadTool, ToolContext } from "../../tools/define.ts";
import { shareOf } from "./measures.ts";

/** The cause in the words of the tool for what the simulator planted. */
const PLANTED: Readonly<Record<string, string>> = {
  competitor: "competitor",
  missing_display: "display",
  stock_out: "stock_out",
  pull_forward: "pull_forward",
};
/** Causes of a reply that count as named by it. */
const FIRST = 2;

/** What an explanation says of one promotion that was made to fail. */
export interface ExplainedFailure {
  readonly promotion: string;
  readonly planted: string;
  /** Causes that took units, in the order in which they are told. */
  readonly told: readonly string[];
  /** Place of the planted one among them, from 1; 0 where it is not told. */
  readonly place: number;
  /** |actual − expected − causes − unexplained| in units: what the explanation does not account for. */
  readonly gap: number;
}

export interface CauseRecovery {
  readonly failed: readonly ExplainedFailure[];
  /** Share of the failed promotions whose planted cause is among the first two, and the first. */
  readonly amongFirstTwo: number;
  readonly first: number;
}

interface Explained {
  readonly causes: readonly { readonly cause: string; readonly units: number }[];
  readonly smaller_causes: number;
  readonly expected_gap: number;
  readonly unexplained: { readonly units: number };
}

/** Asks `explain_result` of every promotion that the simulator made fail, and looks whether it names what was planted. */
export async function causeRecovery(context: ToolContext): Promise<CauseRecovery> {
  const failed: ExplainedFailure[] = [];
  for (const { promotion, cause } of await plantedCauses(context.store)) {
    const why = (await (explainResult as ReadTool).run(context, { promotion })) as unknown as Explained;
    const told = why.causes.filter((one) => one.units < 0).map((one) => one.cause);
    const causes = why.causes.reduce((sum, one) => sum + one.units, why.smaller_causes);
    failed.push({
      promotion,
      planted: cause,
      told,
      place: told.indexOf(PLANTED[cause] ?? cause) + 1,
      gap: Math.abs(why.expected_gap - causes - why.unexplained.units),
    });
  }
  return {
    failed,
    amongFirstTwo: shareOf(failed, ({ place }) => place >= 1 && place <= FIRST),
    first: shareOf(failed, ({ place }) => place === 1),
  };
}
