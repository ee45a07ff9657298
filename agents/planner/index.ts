export { next } from "./carry/next.ts";
export { plan } from "./plan.ts";
export { holding } from "./preferred.ts";
export type {
  Args,
  Asked,
  CallsDecision,
  ClarifyDecision,
  Decision,
  FollowUp,
  Lexicon,
  LexiconAccount,
  LexiconProduct,
  LexiconPromotion,
  PendingItem,
  PlannedCall,
  PlannerContext,
  PriorCall,
  PriorTurn,
} from "./types.ts";
export { readsAsOrder, type Wishes, wishesOf, withoutQuotations } from "./wishes.ts";
