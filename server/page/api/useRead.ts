import { useEffect, useState } from "react";
import { useConversation } from "../app/conversation.tsx";
import { useSession } from "../app/session.tsx";
import { PageError, readTool } from "./http.ts";

export type Reading<T> =
  | { readonly state: "loading" }
  | { readonly state: "error"; readonly error: PageError; readonly retry: () => void }
  | { readonly state: "ready"; readonly data: T };

/**
 * The result of a READ tool for whoever looks at the page; read again where the arguments change or something was written.
 * @param args null: nothing is read yet
 */
export function useRead<T>(tool: string, args: Readonly<Record<string, unknown>> | null): Reading<T> {
  const { person } = useSession();
  const { written } = useConversation();
  const [tries, setTries] = useState(0);
  const [found, setFound] = useState<{ key: string; data?: T; error?: PageError } | null>(null);
  const asked = args && JSON.stringify(args);
  const key = `${person.id} ${tool} ${asked}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was written and a further try ask again
  useEffect(() => {
    if (asked === null) return;
    const leave = new AbortController();
    readTool<T>(tool, JSON.parse(asked), person.id, leave.signal).then(
      (data) => !leave.signal.aborted && setFound({ key, data }),
      (thrown) =>
        !leave.signal.aborted &&
        setFound({ key, error: thrown instanceof PageError ? thrown : new PageError("internal", String(thrown)) }),
    );
    return () => leave.abort();
  }, [key, written, tries]);
  if (!found || found.key !== key) return { state: "loading" };
  if (found.error) return { state: "error", error: found.error, retry: () => setTries(tries + 1) };
  return { state: "ready", data: found.data as T };
}
