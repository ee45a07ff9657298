import { type KeyboardEvent, useLayoutEffect, useRef, useState } from "react";
import { t } from "../words/text.ts";

interface ComposerProps {
  readonly busy: boolean;
  readonly say: (text: string) => void;
}

/** The message box: Enter sends, Shift + Enter starts a new line. */
export function Composer({ busy, say }: ComposerProps) {
  const [text, setText] = useState("");
  const box = useRef<HTMLTextAreaElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: its height follows what is typed
  useLayoutEffect(() => {
    if (!box.current) return;
    box.current.style.height = "auto";
    box.current.style.height = `${Math.min(box.current.scrollHeight + 2, 200)}px`;
  }, [text]);
  useLayoutEffect(() => box.current?.focus({ preventScroll: true }), []);
  const send = (): void => {
    if (!text.trim() || busy) return;
    say(text.trim());
    setText("");
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    // While a character is being composed (Chinese, Japanese, accents), Enter ends the composing.
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };
  return (
    <form
      id="composer"
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <label htmlFor="say" className="unseen">
        {t("composer.label")}
      </label>
      <textarea
        id="say"
        ref={box}
        rows={1}
        maxLength={10_000}
        placeholder={t("composer.placeholder")}
        aria-describedby="say-help"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <button type="submit" className="send" disabled={busy || !text.trim()}>
        {t("composer.send")}
      </button>
      <p id="say-help">{t("composer.help")}</p>
    </form>
  );
}
