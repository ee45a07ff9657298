import type { CSSProperties, ReactNode } from "react";

interface ScrollBoxProps {
  readonly name: string;
  readonly children: ReactNode;
  readonly className?: string;
  readonly style?: CSSProperties;
}

/** What is wider than the page scrolls by itself, also by keyboard. */
export function ScrollBox({ name, children, className = "table", style }: ScrollBoxProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: it is no set of fields, and many landmarks of one kind would be noise
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls by the arrow keys once it has focus
    <div role="group" className={className} style={style} aria-label={name} tabIndex={0}>
      {children}
    </div>
  );
}
