import type { Answer } from "../../../agents/answer.ts";
import { t } from "../words/text.ts";

/** An error that a person reads: `code` of the server's closed union, or `network`. */
export class PageError extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** Who looks at the page, who else could, and the names that views offer. */
export interface Session {
  readonly person: Person;
  readonly people: readonly Person[];
  readonly today: string;
  readonly model: string;
  readonly accounts: readonly { readonly name: string; readonly owner: string | null }[];
  readonly brands: readonly string[];
  readonly categories: readonly string[];
  /** What can be read, by the names of the tools. */
  readonly tools: readonly string[];
}
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly role: "kam" | "manager" | "finance" | "reader";
}

/** @throws PageError */
export async function request(path: string, init: RequestInit = {}): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, init);
  } catch {
    throw new PageError("network", t("error.unreachable"));
  }
  if (response.ok) return response;
  const problem = (await response.json().catch(() => null)) as { error?: { code?: string; message?: string } } | null;
  throw new PageError(
    problem?.error?.code ?? "internal",
    problem?.error?.message ?? t("error.status", { status: response.status }),
  );
}

const query = (values: Readonly<Record<string, string | undefined>>): string =>
  new URLSearchParams(Object.entries(values).flatMap(([k, v]) => (v ? [[k, v]] : []))).toString();

export const post = (path: string, body: unknown, accept = "application/json"): Promise<Response> =>
  request(path, {
    method: "POST",
    headers: { "content-type": "application/json", accept },
    body: JSON.stringify(body),
  });

export const readSession = async (user: string | undefined): Promise<Session> =>
  (await request(`/api/session?${query({ user })}`)).json() as Promise<Session>;

/** The result of a READ tool, as the person may see it. */
export const readTool = async <T>(
  tool: string,
  args: Readonly<Record<string, unknown>>,
  user: string,
  signal?: AbortSignal,
): Promise<T> =>
  (
    await request(`/api/tools/${tool}?${query({ user, args: JSON.stringify(args) })}`, signal ? { signal } : {})
  ).json() as Promise<T>;

export interface Proposed {
  readonly tool: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly text: string;
}

/** A write that a view asks for; it waits in the thread until it is decided. */
export const propose = async (what: Proposed, thread: string, user: string): Promise<Answer> =>
  (await post("/api/propose", { ...what, thread, user })).json() as Promise<Answer>;
