import type { KamError } from "../../data/common/errors.ts";
import { factsOf } from "../figures/facts.ts";
import { namesInLexicon } from "../figures/names.ts";
import type { Turn } from "../turn.ts";

/** An error as the result of its call; the numbers of its sentence stand beside it, so that the reply can bind them. */
export function errorResult(error: KamError, turn: Turn, sentence = error.message): Record<string, unknown> {
  const { names } = error.detail;
  const known = [...namesInLexicon(turn.planner.lexicon), ...(Array.isArray(names) ? names.map(String) : [])];
  return {
    ...error.detail,
    code: error.code,
    message: sentence,
    facts: factsOf(sentence, known),
  };
}
