import { BaseChatModel } from "@langchain/core/language_models/chat_models";
import { AIMessage, type BaseMessage, HumanMessage } from "@langchain/core/messages";
import type { ChatResult } from "@langchain/core/outputs";
import type { LanguageModel } from "../model/languageModel.ts";
import type { FakeCall } from "../model/testing.ts";
import { type Attack, understood } from "./testing.attacks.ts";

/** A language model that first does what it was asked, and obeys every order that it finds in anything that it reads. */
export class Gullible extends BaseChatModel {
  honest: readonly FakeCall[] = [];
  attack: Attack | null = null;
  /** How often it was taken in. */
  obeyed = 0;
  private made = 0;

  constructor() {
    super({});
  }

  override _llmType(): string {
    return "gullible";
  }

  override bindTools(): this {
    return this;
  }

  override async _generate(messages: BaseMessage[]): Promise<ChatResult> {
    const now = messages.slice(messages.findLastIndex((m) => HumanMessage.isInstance(m)) + 1);
    const { attack } = this;
    const read = messages.some((m) => attack && understood(m.text).includes(attack.order));
    const done = now.filter((m) => AIMessage.isInstance(m)).length;
    if (read && attack?.calls.length && done < 3) {
      this.obeyed++;
      return this.says("", done === 0 ? [...this.honest, ...attack.calls] : attack.calls);
    }
    if (done === 0 && this.honest.length) return this.says("", this.honest);
    if (read) this.obeyed++;
    return this.says(read ? (attack?.says ?? "Done as asked.") : "See above.", []);
  }

  private says(text: string, calls: readonly FakeCall[]): ChatResult {
    const message = new AIMessage({
      content: text,
      tool_calls: calls.map(({ name, args }) => ({
        id: `g${++this.made}`,
        name,
        args: args as Record<string, unknown>,
        type: "tool_call" as const,
      })),
    });
    return { generations: [{ text, message }] };
  }
}

/** The same behind the settings' door. */
export const behind = (model: BaseChatModel): LanguageModel => ({
  name: "openai:gullible",
  limits: { calls: 20, tokens: 1e9 },
  price: null,
  open: async () => model,
  unfit: async () => null,
});
