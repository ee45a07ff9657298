import { type KeyboardEvent, type ReactNode, useId, useRef } from "react";

export interface Tab {
  readonly name: string;
  readonly title: string;
  readonly show: () => ReactNode;
}

interface TabsProps {
  readonly label: string;
  readonly tabs: readonly Tab[];
  readonly chosen: string;
  readonly choose: (name: string) => void;
}
const STEPS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowLeft: -1 };

/** Parts of a view of which one is shown; the arrow keys go from one to the next. */
export function Tabs({ label, tabs, chosen, choose }: TabsProps) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const at = Math.max(
    0,
    tabs.findIndex(({ name }) => name === chosen),
  );
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = STEPS[event.key];
    const next = step && tabs[(at + step + tabs.length) % tabs.length];
    if (!next) return;
    event.preventDefault();
    choose(next.name);
    list.current?.querySelector<HTMLElement>(`[data-name="${next.name}"]`)?.focus();
  };
  const shown = tabs[at];
  if (!shown) return null;
  return (
    <>
      <div className="tabs" role="tablist" aria-label={label} ref={list} onKeyDown={onKeyDown}>
        {tabs.map(({ name, title }) => (
          <button
            key={name}
            type="button"
            role="tab"
            id={`${id}${name}`}
            data-name={name}
            aria-selected={shown.name === name}
            aria-controls={`${id}panel`}
            tabIndex={shown.name === name ? 0 : -1}
            onClick={() => choose(name)}
          >
            {title}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}panel`} aria-labelledby={`${id}${shown.name}`} className="tabpanel">
        {shown.show()}
      </div>
    </>
  );
}
