import { type ReactNode, useId } from "react";

interface PanelProps {
  readonly title: string;
  readonly children: ReactNode;
  /** Stands at the right of the title. */
  readonly aside?: ReactNode;
}

/** A part of a view under its title. */
export function Panel({ title, aside, children }: PanelProps) {
  const id = useId();
  return (
    <section className="panel" aria-labelledby={id}>
      <header>
        <h2 id={id}>{title}</h2>
        {aside}
      </header>
      {children}
    </section>
  );
}
