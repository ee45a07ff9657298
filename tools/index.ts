import { advisorTools } from "./advisor/index.ts";
import { accountTools } from "./assistant/accounts/index.ts";
import { undoChange } from "./assistant/changes/undoChange.ts";
import { executionTools } from "./assistant/execution/index.ts";
import { memoryTools } from "./assistant/memory/index.ts";
import { moneyTools } from "./assistant/money/index.ts";
import { policyTools } from "./assistant/policies/index.ts";
import { promotionTools } from "./assistant/promotions/index.ts";

import type { Tool } from "./define.ts";
import { expertTools } from "./expert/index.ts";
import { forecastPromotion } from "./forecasts/forecastPromotion.ts";

/** Every tool of every role. */
export const tools: readonly Tool[] = [
  ...promotionTools,
  undoChange(forecastPromotion),
  ...accountTools,
  ...executionTools,
  ...moneyTools,
  ...memoryTools,
  ...policyTools,
  ...advisorTools,
  ...expertTools,
];
