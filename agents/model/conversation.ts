import { AIMessage, type BaseMessage, HumanMessage, ToolMessage } from "@langchain/core/messages";

const NOT_RUN = JSON.stringify({ status: "error", result: { message: "This was not run." } });

/**
 * A thread's messages as a service accepts them: each call answered right after it and once, no answer without a call,
 * ids that are different throughout, no empty words. The thread itself may have lost its oldest messages, or been left
 * in the middle of a turn.
 */
export function conversation(messages: readonly BaseMessage[]): BaseMessage[] {
  const out: BaseMessage[] = [];
  let named = 0;
  for (let i = 0; i < messages.length; i++) {
    const message = messages[i]!;
    if (ToolMessage.isInstance(message)) continue;
    if (!AIMessage.isInstance(message)) {
      out.push(message);
      continue;
    }
    const made = message.tool_calls ?? [];
    if (made.length === 0) {
      if (message.text.trim()) out.push(new AIMessage(message.text));
      continue;
    }
    const answers = answersAfter(messages, i);
    const calls = made.map((call) => ({ ...call, old: call.id, id: `c${++named}` }));
    out.push(
      new AIMessage({
        content: message.text,
        tool_calls: calls.map(({ id, name, args }) => ({ id, name, args, type: "tool_call" as const })),
      }),
    );
    for (const { id, old, name } of calls) {
      const at = answers.findIndex((answer) => answer.tool_call_id === old);
      const [answer] = at >= 0 ? answers.splice(at, 1) : [];
      out.push(new ToolMessage({ tool_call_id: id, name, content: answer?.text ?? NOT_RUN }));
    }
  }
  return out;
}

/** The tool messages that follow a message, up to the next thing that was said. */
function answersAfter(messages: readonly BaseMessage[], at: number): ToolMessage[] {
  const answers: ToolMessage[] = [];
  for (const message of messages.slice(at + 1)) {
    if (!ToolMessage.isInstance(message)) break;
    answers.push(message);
  }
  return answers;
}

const SHORT_RESULT = 1_500;

/** The same, as short as it can be: the policy and the last thing said, with what came of it. For a service that found it too long. */
export function shortened(messages: readonly BaseMessage[]): BaseMessage[] {
  const last = messages.findLastIndex((m) => HumanMessage.isInstance(m));
  const head = messages.filter((m, i) => i < last && m.getType() === "system");
  return [
    ...head,
    ...messages.slice(Math.max(0, last)).map((m) =>
      ToolMessage.isInstance(m) && m.text.length > SHORT_RESULT
        ? new ToolMessage({
            tool_call_id: m.tool_call_id,
            name: m.name ?? "",
            content: `${m.text.slice(0, SHORT_RESULT)}…`,
          })
        : m,
    ),
  ];
}
