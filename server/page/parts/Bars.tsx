import { formatFigure } from "../../../data/common/format.ts";

export interface Part {
  readonly name: string;
  readonly value: number;
  readonly tone: string;
}

interface BarProps {
  readonly parts: readonly Part[];
  readonly whole: number;
  readonly currency: string;
}

/** What a whole is made of, as one bar; its legend says the same in words. */
export function Bar({ parts, whole, currency }: BarProps) {
  const shown = parts.filter(({ value }) => value > 0);
  const width = (value: number): string => `${Math.min(100, (value / Math.max(whole, 1e-9)) * 100)}%`;
  return (
    <div className="bar-of">
      <div className="bar" aria-hidden="true">
        {shown.map(({ name, value, tone }) => (
          <i key={name} style={{ width: width(value), background: `var(--${tone})` }} />
        ))}
      </div>
      <ul>
        {shown.map(({ name, value, tone }) => (
          <li key={name}>
            <i aria-hidden="true" style={{ background: `var(--${tone})` }} />
            {name} <b>{formatFigure(value, currency)}</b>
          </li>
        ))}
      </ul>
    </div>
  );
}

interface MeterProps {
  readonly name: string;
  /** From 0 to 1; what is above is full. */
  readonly share: number;
  readonly text: string;
}

/** How much of a whole is there, in words and as a bar. */
export function Meter({ name, share, text }: MeterProps) {
  return (
    <div className="meter">
      <p>
        <span>{name}</span> <b>{text}</b>
      </p>
      <div className="bar" aria-hidden="true">
        <i style={{ width: `${Math.max(0, Math.min(1, share)) * 100}%`, background: "var(--series-1)" }} />
      </div>
    </div>
  );
}
