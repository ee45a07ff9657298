import { useEffect, useId, useState } from "react";

interface SearchBoxProps {
  readonly label: string;
  readonly value: string;
  readonly change: (value: string) => void;
}
const PAUSE_MS = 300;

/** Looks for words once the person pauses. */
export function SearchBox({ label, value, change }: SearchBoxProps) {
  const id = useId();
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what is typed starts a pause
  useEffect(() => {
    if (typed === value) return;
    const timer = setTimeout(() => change(typed.trim()), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  return (
    <div className="choose">
      <label htmlFor={id}>{label}</label>
      <input id={id} type="search" value={typed} onChange={(event) => setTyped(event.target.value)} />
    </div>
  );
}
