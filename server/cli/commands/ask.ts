import { z } from "zod";
import type { Answer } from "../../../agents/answer.ts";
import { type ErrorCode, KamError, toKamError } from "../../../data/common/errors.ts";
import { type Kam, openKam } from "../../kam.ts";
import { idOf, readTurnRequest } from "../../turnRequest.ts";
import { type Invocation, text } from "../command.ts";

const channel = z.enum(["chat", "voice", "slash"]);
/** One turn, or with `--jsonl` a turn a line in one process. @throws KamError usage, bad_input, and what a turn throws */
export async function ask(invocation: Invocation): Promise<void> {
  const { values, positionals, config, io } = invocation;
  if (values.jsonl) return answerLines(invocation);
  const chosen = channel.optional().safeParse(values.channel);
  if (!chosen.success) throw new KamError("usage", "--channel can be chat, voice or slash.");
  if (positionals[0] === undefined && values.resume === undefined)
    throw new KamError("usage", "Say what to ask, or --resume what to decide.");
  if (values.resume !== undefined && values.thread === undefined)
    throw new KamError("usage", "--resume needs the --thread in which something waits.");
  const kam = await openKam(config, io.progress);
  try {
    const answer = await kam.converse(
      {
        text: positionals[0],
        thread: text(values.thread),
        user: text(values.user),
        channel: chosen.data,
        resume: values.resume === undefined ? undefined : parseJson(String(values.resume), "--resume"),
      },
      (event) => {
        if (event.type === "step" && event.status === "running") io.progress(`… ${event.tool.replaceAll("_", " ")}`);
        if (event.type === "thinking") io.progress(`… ${event.says}`);
      },
    );
    io.out(values.json ? JSON.stringify(answer) : forReading(answer));
    refuseFailure(answer);
  } finally {
    await kam.close();
  }
}

/**
 * A store that could not be written is told in the reply, and is no less a command that could not be done.
 * @throws KamError store_*
 */
function refuseFailure({ calls }: Answer): void {
  const failed = calls.find((call) => call.status === "error" && String(call.result.code).startsWith("store_"));
  if (failed) throw new KamError(failed.result.code as ErrorCode, String(failed.result.message));
}

/** The reply, and what waits with its checks and how to decide about it from here. */
function forReading(answer: Answer): string {
  const waits = answer.pending.map((item) =>
    [
      `[${item.id}] ${item.kind.replaceAll("_", " ")}`,
      ...item.checks.filter((c) => c.verdict !== "pass").map((c) => `  ${c.verdict}: ${c.message}`),
    ].join("\n"),
  );
  const how = answer.pending.length ? [`Decide: kam ask yes --thread ${answer.thread}`] : [];
  return [answer.reply, ...waits, ...how].join("\n\n");
}

function parseJson(source: string, where: string): unknown {
  try {
    return JSON.parse(source);
  } catch {
    throw new KamError("bad_input", `${where} is not JSON: ${source.slice(0, 80)}`);
  }
}

async function answerLines({ config, io }: Invocation): Promise<void> {
  const kam = await openKam(config, io.progress);
  try {
    for await (const source of io.stdin()) {
      if (source.trim()) io.out(JSON.stringify(await answerLine(kam, source)));
    }
  } finally {
    await kam.close();
  }
}

/** A line that cannot be answered gets its error as one object, and the next line is read. */
async function answerLine(
  kam: Kam,
  source: string,
): Promise<Answer | { id?: string | number; error: { code: string; message: string } }> {
  let id: string | number | undefined;
  try {
    const raw = parseJson(source, "The line");
    id = idOf(raw);
    return await kam.converse(readTurnRequest(raw, "The line"));
  } catch (thrown) {
    const error = toKamError(thrown);
    return { ...(id === undefined ? {} : { id }), error: { code: error.code, message: error.message } };
  }
}
