import { createContext, type ReactNode, useContext, useEffect, useState } from "react";
import { type PageError, readSession, type Session } from "../api/http.ts";
import { quietly } from "../chat/transcript.ts";
import { ErrorBox } from "../parts/states.tsx";
import { t } from "../words/text.ts";

interface Standing extends Session {
  /** Another person looks at the page; there is no login in local mode. */
  readonly become: (id: string) => void;
}
const SessionContext = createContext<Standing | null>(null);
const KEY = "kam.person";

export function useSession(): Standing {
  const session = useContext(SessionContext);
  if (!session) throw new Error("no session above");
  return session;
}

export function SessionProvider({ children }: { readonly children: ReactNode }) {
  const [wanted, setWanted] = useState(() => quietly(() => localStorage.getItem(KEY)) ?? undefined);
  const [session, setSession] = useState<Session | null>(null);
  const [error, setError] = useState<PageError | null>(null);
  const [tries, setTries] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a further try asks again
  useEffect(() => {
    let left = false;
    setError(null);
    readSession(wanted).then(
      (found) => !left && setSession(found),
      (thrown: PageError) => {
        if (left) return;
        // A person whom this store does not know (another store, another day): the usual one of the local mode.
        if (wanted && thrown.code === "unknown_name") setWanted(undefined);
        else setError(thrown);
      },
    );
    return () => {
      left = true;
    };
  }, [wanted, tries]);
  if (error) return <ErrorBox error={error} retry={() => setTries(tries + 1)} />;
  if (!session) return <p className="loading">{t("state.opening")}</p>;
  const become = (id: string): void => {
    quietly(() => localStorage.setItem(KEY, id));
    setWanted(id);
  };
  return <SessionContext value={{ ...session, become }}>{children}</SessionContext>;
}
