import { el } from "./dom.js";
import { label } from "./words.js";

const box = document.querySelector("#source");
let owner = null;
let pinned = false;
let timer = 0;

/** A figure that shows, on pointing at it, focus or a click, the call it came from; a click keeps it open. */
export function showsSource(figure, call) {
  // A span, since the box of a button would break the line between a figure and the full stop behind it.
  const button = el("span", { role: "button", class: "figure", "aria-describedby": "source" });
  button.addEventListener("pointerenter", (event) => {
    if (event.pointerType !== "mouse" || pinned) return;
    clearTimeout(timer);
    timer = setTimeout(() => open(button, figure, call), 180);
  });
  button.addEventListener("pointerleave", () => {
    clearTimeout(timer);
    if (!pinned) timer = setTimeout(close, 180);
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

function open(button, figure, call) {
  close();
  owner = button;
  box.replaceChildren(...contentOf(figure, call));
  box.showPopover();
  place(button);
}

function close() {
  clearTimeout(timer);
  owner?.classList.remove("pinned");
  owner = null;
  pinned = false;
  if (box.matches(":popover-open")) box.hidePopover();
}

function contentOf(figure, call) {
  const args = Object.entries(call?.args ?? {}).filter(([, value]) => value !== null && value !== undefined);
  return [
    el("p", { class: "from" }, "From ", el("strong", {}, label(call?.tool ?? "an unknown call"))),
    el(
      "dl",
      {},
      ...pair("Value", [Number(figure.value.toPrecision(9)), UNITS[figure.unit] ?? figure.unit].join(" ")),
      ...pair("Path", el("code", {}, figure.path)),
      ...args.flatMap(([key, value]) =>
        pair(label(key), el("code", {}, typeof value === "string" ? value : JSON.stringify(value))),
      ),
    ),
  ];
}

/** How the exact value is counted, beside its number. */
const UNITS = { "%": "(a fraction)", pp: "(a fraction)", count: "", ratio: "" };

const pair = (name, value) => [el("dt", {}, name), el("dd", {}, value)];

/** Below the figure, above it where there is no room, and inside the window either way. */
function place(button) {
  const at = button.getBoundingClientRect();
  const { width, height } = box.getBoundingClientRect();
  const left = Math.max(8, Math.min(at.left, innerWidth - width - 8));
  const below = at.bottom + 8;
  box.style.left = `${left}px`;
  box.style.top = `${below + height > innerHeight ? Math.max(8, at.top - height - 8) : below}px`;
}

box.addEventListener("pointerenter", () => clearTimeout(timer));
box.addEventListener("pointerleave", () => {
  if (!pinned) close();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") close();
});
document.addEventListener("pointerdown", (event) => {
  if (owner && !box.contains(event.target) && !owner.contains(event.target)) close();
});
// Focus by keyboard scrolls, and tables scroll by themselves: the box goes along, until its figure is out of sight.
document.addEventListener(
  "scroll",
  () => {
    if (!owner) return;
    const { top, bottom } = owner.getBoundingClientRect();
    if (bottom < 0 || top > innerHeight) close();
    else place(owner);
  },
  { passive: true, capture: true },
);
