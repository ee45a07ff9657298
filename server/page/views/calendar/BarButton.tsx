import { type KeyboardEvent, type PointerEvent, useRef, useState } from "react";
import { goTo } from "../../app/router.ts";
import { t, termOf } from "../../words/text.ts";
import { textOf } from "../../words/values.ts";
import type { PromotionRow } from "../promotions/types.ts";
import { movedBy } from "./layout.ts";

interface BarProps {
  readonly row: PromotionRow;
  /** Days of the whole track. */
  readonly days: number;
  readonly canMove: boolean;
  readonly move: (byDays: number) => void;
}
/** Less than this is a click. */
const LEAST_PIXELS = 6;

/** A promotion in the calendar. A draft is dragged, or moved with the arrow keys and Enter; Escape leaves it where it was. */
export function BarButton({ row, days, canMove, move }: BarProps) {
  const [by, setBy] = useState(0);
  const drag = useRef<{ readonly x: number; readonly perDay: number; moved: boolean } | null>(null);
  const there = movedBy(row, by);
  const dates = textOf("period", { from: there.start, to: there.end });
  const drop = (): void => {
    if (by !== 0) move(by);
    setBy(0);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "Escape") setBy(0);
    const step = canMove && { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step) {
      event.preventDefault();
      setBy(by + step * (event.shiftKey ? 1 : 7));
    }
  };
  const onPointerDown = (event: PointerEvent<HTMLButtonElement>): void => {
    if (!canMove || event.button !== 0) return;
    const track = event.currentTarget.closest(".track");
    if (!track) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { x: event.clientX, perDay: track.getBoundingClientRect().width / days, moved: false };
  };
  const onPointerMove = (event: PointerEvent): void => {
    const begun = drag.current;
    if (!begun) return;
    const pixels = event.clientX - begun.x;
    if (Math.abs(pixels) >= LEAST_PIXELS) begun.moved = true;
    if (begun.moved) setBy(Math.round(pixels / begun.perDay));
  };
  const onPointerUp = (): void => {
    if (drag.current?.moved) drop();
  };
  const onClick = (): void => {
    const moved = drag.current?.moved;
    drag.current = null;
    if (moved) return;
    if (by !== 0) drop();
    else goTo("promotions", row.promotion);
  };
  return (
    <button
      type="button"
      className={`bar-button ${row.status}${canMove ? " movable" : ""}${by ? " moving" : ""}`}
      style={{ translate: `${(by / Math.max(1, daysOf(row))) * 100}% 0` }}
      aria-label={t(by ? "calendar.moving" : canMove ? "calendar.draft" : "calendar.bar", {
        name: row.name,
        state: termOf("state", row.status),
        dates,
      })}
      title={`${row.name}, ${dates}`}
      onKeyDown={onKeyDown}
      onBlur={() => setBy(0)}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onPointerCancel={() => {
        drag.current = null;
        setBy(0);
      }}
      onClick={onClick}
    >
      {row.brand} {row.offer}
    </button>
  );
}

const daysOf = ({ start, end }: PromotionRow): number => (Date.parse(end) - Date.parse(start)) / 86_400_000 + 1;
