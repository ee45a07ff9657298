import DOMPurify from "dompurify";
import { Marked } from "marked";
import type { Answer } from "../../../agents/answer.ts";
import { t } from "../words/text.ts";
import { el } from "./dom.ts";
import { type Figured, namesIn, placeFigures } from "./figures.ts";
import { showsSource } from "./source.ts";

const marked = new Marked({ gfm: true, breaks: false });
/** What a reply may be made of: no pictures, frames, forms, styles or scripts, whoever wrote the words. */
const ALLOWED = {
  ALLOWED_TAGS: "p br strong em del code pre ul ol li blockquote hr a h1 h2 h3 h4 table thead tbody tr th td".split(
    " ",
  ),
  ALLOWED_ATTR: ["href", "start"],
  // A link leads to this server or writes a mail; where somebody else's words would lead is not followed.
  ALLOWED_URI_REGEXP: /^(?:mailto:|\/(?![/\\])|#)/i,
  RETURN_DOM_FRAGMENT: true,
};

/** The reply as a person reads it: sanitised markdown, its figures able to show where they come from. */
export function replyOf(answer: Answer & Figured): HTMLElement {
  const fragment = DOMPurify.sanitize(marked.parse(answer.reply, { async: false }), ALLOWED);
  const body = el("div", { class: "reply" });
  body.append(fragment);
  for (const link of body.querySelectorAll<HTMLAnchorElement>("a[href]")) {
    if (link.getAttribute("href")?.startsWith("#/")) continue;
    link.setAttribute("rel", "noopener noreferrer");
    link.setAttribute("target", "_blank");
  }
  markFigures(body, answer);
  for (const table of body.querySelectorAll("table")) frameTable(table);
  return body;
}

const NUMBER = String.raw`[-−+]?[€$£]?\d[\d.,]*(?:\s?(?:%|points))?`;
/** A number, or a range of two. */
const FIGURE_CELL = new RegExp(`^${NUMBER}(?: to ${NUMBER})?$`);
const DATE_CELL = /^\d{1,2} [A-Z][a-z]+ \d{4}$/;

/** A table scrolls by itself, also by keyboard, and its columns of figures stand right. */
function frameTable(table: HTMLTableElement): void {
  const frame = el("div", { class: "table", role: "group", "aria-label": t("table.name"), tabindex: "0" });
  table.replaceWith(frame);
  frame.append(table);
  const rows = [...table.querySelectorAll<HTMLTableRowElement>("tbody tr")];
  table.querySelectorAll<HTMLTableCellElement>("th").forEach((head, column) => {
    head.setAttribute("scope", "col");
    const cells: HTMLElement[] = [head, ...rows.flatMap((row) => row.cells[column] ?? [])];
    const filled = cells.slice(1).filter((cell) => !/^–?$/.test((cell.textContent ?? "").trim()));
    const every = (pattern: RegExp): boolean =>
      filled.length > 0 && filled.every((cell) => pattern.test((cell.textContent ?? "").trim()));
    const kind = every(FIGURE_CELL) ? "num" : every(DATE_CELL) ? "date" : null;
    if (kind) for (const cell of cells) cell.classList.add(kind);
  });
}

function markFigures(body: HTMLElement, answer: Answer & Figured): void {
  const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
  const nodes: { node: Text; start: number }[] = [];
  let text = "";
  while (walker.nextNode()) {
    // A line between the nodes keeps figures of neighbouring cells apart.
    const node = walker.currentNode as Text;
    nodes.push({ node, start: text.length });
    text += `${node.data}\n`;
  }
  const places = placeFigures(text, answer.figures, namesIn(answer)).reverse();
  const buttons: HTMLElement[] = [];
  for (const { start, end, index } of places) {
    const holder = nodes.findLast((n) => n.start <= start);
    const figure = answer.figures[index];
    if (!holder || !figure) continue;
    const from = start - holder.start;
    if (end - holder.start > holder.node.data.length) continue;
    const piece = holder.node.splitText(from);
    piece.splitText(end - start);
    const button = showsSource(figure, answer.calls[figure.call]);
    piece.replaceWith(button);
    button.append(piece);
    buttons.unshift(button);
  }
  oneTabStop(buttons);
}

const STEPS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** The figures of a reply are one stop of the Tab key; the arrow keys go from one to the next. */
function oneTabStop(buttons: readonly HTMLElement[]): void {
  buttons.forEach((button, i) => {
    button.tabIndex = i === 0 ? 0 : -1;
    button.addEventListener("keydown", (event) => {
      const step = STEPS[event.key];
      const next = step && buttons[i + step];
      if (!next) return;
      event.preventDefault();
      for (const other of buttons) other.tabIndex = other === next ? 0 : -1;
      next.focus();
    });
  });
}
