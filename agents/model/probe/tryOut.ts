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
    return called
      ? { check, ok: true, says: `${model.name} answers, and calls tools` }
      : {
          check,
          ok: false,
          says: `${model.name} answers, but did not call a tool when it was told to: name another in KAM_MODEL; ${UNTIL_THEN}`,
        };
  } catch (thrown) {
    const fault = faultOf(thrown);
    return { check, ok: false, says: `${model.name} ${fault.says} (${fault.message}); ${UNTIL_THEN}` };
  }
}
