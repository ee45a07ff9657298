import type { ReactNode } from "react";

interface PanelProps {
  readonly title: string;
  readonly children: ReactNode;
  /** Stands at the right of the title. */
  readonly aside?: ReactNode;
}

/** A part of a view under its title. */
export function Panel({ title, aside, children }: PanelProps) {
  return (
    <section className="panel">
      <header>
        <h2>{title}</h2>
        {aside}
      </header>
      {children}
    </section>
  );
}
