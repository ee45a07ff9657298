import { faultOfError, ModelFault, retryAfter } from "./fault.ts";

/** How a request is made until there is a whole answer, or none. */
export interface Wire {
  /** The longest silence: until the answer begins, and between two pieces of it. */
  readonly timeoutMs: number;
  readonly attempts: number;
  readonly wait: (ms: number) => Promise<void>;
  /** Told what goes on meanwhile, in words. */
  readonly tell: (news: string) => void;
}

/** Puts the pieces of a body together. @throws ModelFault cut, nonsense, or what the service says inside */
export type ReadAnswer = (pieces: AsyncIterable<string>) => Promise<unknown>;

const FIRST_PAUSE_MS = 500;
/** A service that asks for more patience than this is not waited for. */
const LONGEST_PAUSE_MS = 20_000;
/** An answer that drips on and on may take this many times the longest silence. */
const SILENCES = 4;

/**
 * One question to a service and its whole answer: read as a stream, so that silence is noticed early; tried again after a
 * pause where that may help. Nothing of an answer is used before all of it is there, so a broken one leaves no trace.
 * @throws ModelFault
 */
export async function exchange(url: string, init: RequestInit, read: ReadAnswer, wire: Wire): Promise<unknown> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await once(url, init, read, wire.timeoutMs);
    } catch (thrown) {
      const fault = thrown instanceof ModelFault ? thrown : new ModelFault("cut", messageOf(thrown));
      const pause = fault.retryAfterMs ?? FIRST_PAUSE_MS * 2 ** (attempt - 1);
      if (!fault.passing || attempt >= wire.attempts || pause > LONGEST_PAUSE_MS) throw fault;
      wire.tell(`the model ${fault.says}; trying again in ${Math.ceil(pause / 1_000)} s`);
      await wire.wait(pause);
    }
  }
}

async function once(url: string, init: RequestInit, read: ReadAnswer, timeoutMs: number): Promise<unknown> {
  const watch = new Watch(timeoutMs, init.signal ?? null);
  try {
    const response = await watch.over(
      fetch(url, { ...init, signal: watch.signal }).catch((thrown) => {
        throw new ModelFault("unreachable", messageOf(thrown));
      }),
    );
    watch.begun = true;
    if (!response.ok) {
      const text = await watch.over(response.text());
      throw faultOfError(response.status, parsed(text), retryAfter(response.headers));
    }
    return await read(piecesOf(response, watch));
  } finally {
    watch.end();
  }
}

async function* piecesOf(response: Response, watch: Watch): AsyncIterable<string> {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  try {
    while (reader) {
      const { done, value } = await watch.over(
        reader.read().catch((thrown) => {
          throw new ModelFault("cut", messageOf(thrown));
        }),
      );
      if (done) return;
      yield value;
    }
  } finally {
    // What is left of it is not wanted; nobody waits for that.
    reader?.cancel().catch(() => {});
  }
}

/** Ends a request that has been silent, or under way, for too long; nothing keeps waiting after it. */
class Watch {
  private readonly controller = new AbortController();
  private readonly late: Promise<never>;
  private readonly whole: NodeJS.Timeout;
  private silence: NodeJS.Timeout | undefined;
  private expire: () => void = () => {};
  /** The answer has begun: it is ended by its reader from then on. */
  begun = false;
  private readonly timeoutMs: number;
  private readonly caller: AbortSignal | null;

  constructor(timeoutMs: number, caller: AbortSignal | null) {
    this.timeoutMs = timeoutMs;
    this.caller = caller;
    this.late = new Promise((_, reject) => {
      this.expire = () => {
        reject(new ModelFault("slow", `nothing came for ${timeoutMs} ms`));
        if (!this.begun) this.controller.abort();
      };
    });
    this.late.catch(() => {});
    this.whole = setTimeout(this.expire, timeoutMs * SILENCES);
  }

  get signal(): AbortSignal {
    return this.caller ? AbortSignal.any([this.caller, this.controller.signal]) : this.controller.signal;
  }

  /** The same promise, for as long as one silence may last. */
  async over<T>(promise: Promise<T>): Promise<T> {
    clearTimeout(this.silence);
    this.silence = setTimeout(this.expire, this.timeoutMs);
    return Promise.race([promise, this.late]);
  }

  end(): void {
    clearTimeout(this.silence);
    clearTimeout(this.whole);
  }
}

/** JSON where it is, else the text itself. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The innermost reason: "fetch failed" says nothing, its cause does. */
function messageOf(thrown: unknown): string {
  let at = thrown;
  while (at instanceof Error && at.cause instanceof Error) at = at.cause;
  return at instanceof Error ? at.message || at.name : String(at);
}
