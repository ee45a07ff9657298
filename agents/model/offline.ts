import type { CallbackManagerForLLMRun } from "@langchain/core/callbacks/manager";
import { BaseChatModel, type BaseChatModelParams } from "@langchain/core/language_models/chat_models";
import { AIMessage, type BaseMessage, HumanMessage, ToolMessage } from "@langchain/core/messages";
import type { ChatResult } from "@langchain/core/outputs";
import type { Call } from "../answer.ts";
import { type Decision, next, type PlannerContext, plan } from "../planner/index.ts";
import { restOf } from "./rest.ts";

export interface OfflinePlannerInput extends BaseChatModelParams {
  readonly context: PlannerContext;
  /** The calls of this turn with their whole results, for the second step of a request. */
  readonly calls: readonly Call[];
  /** What the sentence of the turn was understood as already, so that it is not read twice. */
  readonly understood?: { readonly text: string; readonly decision: Decision } | undefined;
}

/**
 * The built-in planner as a chat model: the same graphs run with it as with a language model. It reads the last thing
 * that was said and returns tool calls, or a question; it needs no network and gives the same answer every time.
 */
export class OfflinePlanner extends BaseChatModel {
  private readonly input: OfflinePlannerInput;
  private decision: Decision | null = null;

  constructor(input: OfflinePlannerInput) {
    super(input);
    this.input = input;
  }

  override _llmType(): string {
    return "offline";
  }

  /** It knows the tools by their names in the contract; binding changes nothing. */
  override bindTools(): this {
    return this;
  }

  private understand(text: string): Decision {
    const { understood, context } = this.input;
    return understood?.text === text ? understood.decision : plan(text, context);
  }

  override async _generate(
    messages: BaseMessage[],
    _options: this["ParsedCallOptions"],
    _manager?: CallbackManagerForLLMRun,
  ): Promise<ChatResult> {
    const last = messages.at(-1);
    const { context, calls } = this.input;
    if (last && ToolMessage.isInstance(last)) {
      const asked = messages.findLast((m) => HumanMessage.isInstance(m))?.text ?? "";
      // Without a decision of its own it takes over a turn that a language model began.
      this.decision = this.decision
        ? next(this.decision, [...calls], context)
        : restOf(this.understand(asked), calls, context);
    } else {
      this.decision = this.understand(last?.text ?? "");
    }
    const message = toMessage(this.decision, this.input.calls.length);
    return { generations: [{ text: message.text, message }] };
  }
}

function toMessage(decision: Decision | null, made: number): AIMessage {
  if (decision?.kind === "calls") {
    return new AIMessage({
      content: "",
      tool_calls: decision.calls.map((call, i) => ({
        id: `call_${made + i + 1}`,
        name: call.tool,
        args: call.args,
        type: "tool_call" as const,
      })),
      additional_kwargs: {
        notes: decision.notes,
        followUp: decision.followUp,
        replaces: Object.fromEntries(decision.calls.map((call, i) => [`call_${made + i + 1}`, call.replaces ?? []])),
      },
    });
  }
  if (decision?.kind === "clarify")
    return new AIMessage({ content: decision.question, additional_kwargs: { asked: decision.asked } });
  if (decision?.kind === "stopped") return new AIMessage({ content: "", additional_kwargs: { undone: decision.why } });
  if (decision?.kind === "smalltalk")
    return new AIMessage({ content: "", additional_kwargs: { smalltalk: decision.topic } });
  return new AIMessage({ content: "" });
}
