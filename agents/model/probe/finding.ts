/** One thing that was looked at, whether it is as it should be, and in plain words what was found and what to do. */
export interface ProbeFinding {
  readonly check: string;
  readonly ok: boolean;
  readonly says: string;
}

/** `openai:gpt-x` without its kind. */
export const nameOf = (model: string): string => model.slice(model.indexOf(":") + 1);

/** What stands at the end of a failure: the product works without the model. */
export const UNTIL_THEN = "until then the built-in planner answers every turn";
