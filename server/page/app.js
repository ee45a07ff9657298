import { cardOf } from "./cards.js";
import { titleOf } from "./change.js";
import { el } from "./dom.js";
import { ChatError, converse } from "./events.js";
import { EXAMPLES } from "./examples.js";
import { answerMessage, errorMessage, saidByPerson, workingMessage } from "./messages.js";
import { forget, keepSaid, keepThread, keptThread, saidIn } from "./transcript.js";
import { doing } from "./words.js";

const at = (selector) => document.querySelector(selector);
const [log, waiting, start, goesOn, form, box, announce] = [
  "#log",
  "#waiting",
  "#start",
  "#goes-on",
  "#composer",
  "#say",
  "#announce",
].map(at); // prettier-ignore

let thread = keptThread();
let entries = thread ? saidIn(thread) : [];
let busy = false;

/** One turn with the server; everything that the page shows of it passes here. */
async function turn(body, said, byCard = false) {
  if (busy) return;
  setBusy(true);
  const working = workingMessage();
  log.append(saidByPerson(said), working.node);
  showStart();
  working.node.scrollIntoView({ block: "end" });
  thread ??= crypto.randomUUID();
  keepThread(thread);
  tell("Working.");
  try {
    const answer = await converse({ ...body, thread }, (step) => {
      working.step(step);
      if (step.status === "running") tell(`${doing(step.tool)}.`);
    });
    entries.push({ text: said }, { answer });
    keepSaid(thread, entries);
    const message = answerMessage(answer);
    working.node.replaceWith(message);
    showWaiting(answer.pending);
    tell(message.querySelector(".reply")?.textContent ?? "");
    arrive(message, byCard);
  } catch (thrown) {
    const error =
      thrown instanceof ChatError ? thrown : new ChatError("internal", "The page could not show the answer.");
    if (!(thrown instanceof ChatError)) console.error(thrown);
    const message = errorMessage(error, () => {
      message.remove();
      log.lastElementChild?.remove();
      turn(body, said, byCard);
    });
    working.node.replaceWith(message);
    message.scrollIntoView({ block: "nearest" });
  } finally {
    setBusy(false);
  }
}

/** A long answer is read from its beginning; after a button of a card, which is gone now, focus goes to the answer. */
function arrive(message, byCard) {
  (message.previousElementSibling ?? message).scrollIntoView({ block: "start" });
  if (byCard) message.focus({ preventScroll: true });
}

/** What could be pressed rests while an answer is made; a button that a check keeps off stays off. */
function setBusy(now) {
  busy = now;
  for (const button of document.querySelectorAll("#send, #new, #waiting button, #examples button")) {
    if (now && !button.disabled) button.dataset.rests = "";
    else if (now || !("rests" in button.dataset)) continue;
    else delete button.dataset.rests;
    button.disabled = now;
  }
}

function showWaiting(pending) {
  waiting.hidden = !pending.length;
  const decide = (id, approve) => {
    const item = pending.find((one) => one.id === id);
    // The decision stands in the conversation, though nothing was typed.
    turn({ resume: { decisions: [{ id, approve }] } }, `${approve ? "Approved" : "Rejected"}: ${titleOf(item)}`, true);
  };
  waiting.replaceChildren(
    el(
      "h2",
      {},
      pending.length === 1 ? "Waiting for your decision" : `${pending.length} drafts wait for your decision`,
    ),
    ...pending.map((item) => cardOf(item, decide)),
  );
}

function showStart() {
  start.hidden = log.childElementCount > 0 || !goesOn.hidden;
}

function tell(text) {
  announce.textContent = text.trim().slice(0, 600);
}

function resize() {
  box.style.height = "auto";
  box.style.height = `${Math.min(box.scrollHeight, 200)}px`;
}

function say(text) {
  const said = text.trim();
  if (!said || busy) return;
  box.value = "";
  resize();
  goesOn.hidden = true;
  turn({ text: said }, said);
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  say(box.value);
});
box.addEventListener("input", resize);
box.addEventListener("keydown", (event) => {
  // While a character is being composed (Chinese, Japanese, accents), Enter ends the composing.
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  say(box.value);
});
at("#new").addEventListener("click", () => {
  if (busy) return;
  forget();
  thread = null;
  entries = [];
  log.replaceChildren();
  goesOn.hidden = true;
  showWaiting([]);
  showStart();
  tell("A new conversation has begun.");
  box.focus();
});

at("#examples").append(
  ...EXAMPLES.map(({ title, sayings }) =>
    el(
      "section",
      {},
      el("h3", {}, title),
      el(
        "ul",
        {},
        ...sayings.map((text) =>
          el("li", {}, el("button", { type: "button", class: "example", onclick: () => say(text) }, text)),
        ),
      ),
    ),
  ),
);
for (const entry of entries) log.append(entry.answer ? answerMessage(entry.answer) : saidByPerson(entry.text));
showWaiting(entries.findLast((entry) => entry.answer)?.answer.pending ?? []);
goesOn.hidden = !thread || entries.length > 0;
showStart();
(waiting.hidden ? log.lastElementChild : waiting)?.scrollIntoView({ block: "end" });
box.focus();
