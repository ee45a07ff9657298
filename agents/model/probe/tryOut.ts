import { type AIMessage, HumanMessage } from "@langchain/core/messages";
import { z } from "zod";
import type { LanguageModel } from "../languageModel.ts";
import { specOf } from "../toolSpec.ts";
import { faultOf } from "../wire/fault.ts";
import { type ProbeFinding, UNTIL_THEN } from "./finding.ts";

const color = {
  name: "name_color",
  description: "Names a colour to the person.",
  schema: z.strictObject({ color: z.enum(["red", "green"]) }),
};

/** Has a model call one small tool, as a turn would. */
export async function tryOut(model: LanguageModel): Promise<ProbeFinding> {
  const check = "model";
  try {
    const chat = await model.open(() => {});
    const bound = chat.bindTools?.([specOf(color)] as never[]);
    const said = (await bound?.invoke([new HumanMessage("Name the colour green by calling name_color.")])) as
      | AIMessage
      | undefined;
    const called = said?.tool_calls?.some(
      ({ name, args }) => name === color.name && color.schema.safeParse(args).success,
    );
    return {
      check,
      ok: true,
      says: called
        ? `${model.name} answers, and calls tools`
        : `${model.name} answers, but did not call a tool when it was told to: the built-in planner answers where it does not in a turn`,
    };
  } catch (thrown) {
    const fault = faultOf(thrown);
    const hint = fault.kind === "nowhere" ? ": look at OPENAI_BASE_URL, which usually ends in /v1" : "";
    return { check, ok: false, says: `${model.name} ${fault.says} (${fault.message})${hint}; ${UNTIL_THEN}` };
  }
}
