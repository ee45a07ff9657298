import type { Call, Figure } from "../../../agents/answer.ts";
import { label, t } from "../words/text.ts";
import { el } from "./dom.ts";

/** The one box that shows where a figure comes from: made with the first figure, it stands beside the one that is looked at. */
let box: HTMLElement | null = null;
let owner: HTMLElement | null = null;
let pinned = false;
let timer = 0;

/** A figure that shows, on pointing at it, focus or a click, the call it came from; a click keeps it open. */
export function showsSource(figure: Figure, call: Call | undefined): HTMLElement {
  // A span, since the box of a button would break the line between a figure and the full stop behind it.
  const button = el("span", { role: "button", class: "figure", "aria-describedby": "source" });
  box ??= makeBox();
  button.addEventListener("pointerenter", (event) => {
    if (event.pointerType !== "mouse" || pinned) return;
    clearTimeout(timer);
    timer = setTimeout(() => open(button, figure, call), 180) as unknown as number;
  });
  button.addEventListener("pointerleave", () => {
    clearTimeout(timer);
    if (!pinned) timer = setTimeout(close, 180) as unknown as number;
  });
  button.addEventListener("focus", () => {
    if (button.matches(":focus-visible")) open(button, figure, call);
  });
  button.addEventListener("blur", () => {
    if (!pinned) close();
  });
  button.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    button.click();
  });
  button.addEventListener("click", () => {
    if (pinned && owner === button) return close();
    open(button, figure, call);
    pinned = true;
    button.classList.add("pinned");
  });
  return button;
}

function open(button: HTMLElement, figure: Figure, call: Call | undefined): void {
  close();
  if (!box) return;
  owner = button;
  box.replaceChildren(...contentOf(figure, call));
  box.showPopover();
  place(box, button);
}

function close(): void {
  clearTimeout(timer);
  owner?.classList.remove("pinned");
  owner = null;
  pinned = false;
  if (box?.matches(":popover-open")) box.hidePopover();
}

function contentOf(figure: Figure, call: Call | undefined): Node[] {
  const args = Object.entries(call?.args ?? {}).filter(([, value]) => value !== null && value !== undefined);
  const row = rowOf(call?.result, figure.path);
  const code = (value: unknown): HTMLElement =>
    el("code", {}, typeof value === "string" ? value : JSON.stringify(value));
  return [
    el("p", { class: "from" }, t("source.from"), " ", el("strong", {}, label(call?.tool ?? "unknown"))),
    el(
      "dl",
      {},
      ...pair(t("source.value"), [Number(figure.value.toPrecision(9)), UNITS[figure.unit] ?? figure.unit].join(" ")),
      ...pair(t("source.path"), code(figure.path)),
      ...args.flatMap(([key, value]) => pair(label(key), code(value))),
    ),
    ...(row.length
      ? [
          el("p", { class: "from" }, t("source.row")),
          el("dl", {}, ...row.flatMap(([key, value]) => pair(label(key), String(value)))),
        ]
      : []),
  ];
}

const MOST_OF_ROW = 8;

/** The plain values that stand beside a figure in its result. */
function rowOf(result: unknown, path: string): [string, string | number | boolean][] {
  let at: unknown = result;
  for (const key of path.split("/").slice(1, -1))
    at = (at as Record<string, unknown> | null | undefined)?.[key.replaceAll("~1", "/").replaceAll("~0", "~")];
  if (at === null || typeof at !== "object" || Array.isArray(at) || at === result) return [];
  return Object.entries(at)
    .filter((entry): entry is [string, string | number | boolean] =>
      ["string", "number", "boolean"].includes(typeof entry[1]),
    )
    .slice(0, MOST_OF_ROW);
}

/** How the exact value is counted, beside its number. */
const UNITS: Readonly<Record<string, string>> = {
  "%": t("source.fraction"),
  pp: t("source.fraction"),
  count: "",
  ratio: "",
};

const pair = (name: string, value: Node | string): Node[] => [el("dt", {}, name), el("dd", {}, value)];

/** Below the figure, above it where there is no room, and inside the window either way. */
function place(here: HTMLElement, button: HTMLElement): void {
  const at = button.getBoundingClientRect();
  const { width, height } = here.getBoundingClientRect();
  const left = Math.max(8, Math.min(at.left, innerWidth - width - 8));
  const below = at.bottom + 8;
  here.style.left = `${left}px`;
  here.style.top = `${below + height > innerHeight ? Math.max(8, at.top - height - 8) : below}px`;
}

function makeBox(): HTMLElement {
  const made = el("div", { id: "source", class: "source", popover: "manual", role: "tooltip" });
  document.body.append(made);
  made.addEventListener("pointerenter", () => clearTimeout(timer));
  made.addEventListener("pointerleave", () => {
    if (!pinned) close();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
  document.addEventListener("pointerdown", (event) => {
    const target = event.target as Node;
    if (owner && !made.contains(target) && !owner.contains(target)) close();
  });
  addEventListener("hashchange", close);
  // Focus by keyboard scrolls, and tables scroll by themselves: the box goes along, until its figure is out of sight.
  document.addEventListener(
    "scroll",
    () => {
      if (!owner) return;
      const { top, bottom } = owner.getBoundingClientRect();
      if (bottom < 0 || top > innerHeight || !owner.isConnected) close();
      else place(made, owner);
    },
    { passive: true, capture: true },
  );
  return made;
}
