import { advisorComposers } from "./advisor/index.ts";
import { accountComposers } from "./assistant/accounts/index.ts";
import { composeUndoChange } from "./assistant/changes/undoChange.ts";
import { executionComposers } from "./assistant/execution/index.ts";
import { memoryComposers } from "./assistant/memory/index.ts";
import { moneyComposers } from "./assistant/money/index.ts";
import { policyComposers } from "./assistant/policies/index.ts";
import { promotionComposers } from "./assistant/promotions/index.ts";
import { composeDecided, isDecided } from "./committed.ts";
import { expertComposers } from "./expert/index.ts";
import type { Composer } from "./say.ts";

const byTool: Readonly<Record<string, Composer>> = {
  ...promotionComposers,
  undo_change: composeUndoChange,
  ...accountComposers,
  ...executionComposers,
  ...moneyComposers,
  ...memoryComposers,
  ...policyComposers,
  ...advisorComposers,
  ...expertComposers,
};

/** One composer a tool; a write that was decided about is told the same way for all of them. */
export const composers: Readonly<Record<string, Composer>> = Object.fromEntries(
  Object.entries(byTool).map(([tool, composer]): [string, Composer] => [
    tool,
    (say) => (isDecided(say.call) ? composeDecided(say) : composer(say)),
  ]),
);
