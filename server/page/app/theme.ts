import { useSyncExternalStore } from "react";
import { quietly } from "../chat/transcript.ts";

/** Light, dark, or as the device has it. */
export type Theme = "auto" | "light" | "dark";
const KEY = "kam.theme";
const device = matchMedia("(prefers-color-scheme: dark)");
const listeners = new Set<() => void>();

const chosen = (): Theme => {
  const kept = quietly(() => localStorage.getItem(KEY));
  return kept === "light" || kept === "dark" ? kept : "auto";
};
let theme = chosen();
apply();

function apply(): void {
  if (theme === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

export function setTheme(next: Theme): void {
  theme = next;
  quietly(() => localStorage.setItem(KEY, next));
  apply();
  for (const changed of listeners) changed();
}

const subscribe = (changed: () => void): (() => void) => {
  listeners.add(changed);
  device.addEventListener("change", changed);
  return () => {
    listeners.delete(changed);
    device.removeEventListener("change", changed);
  };
};

export function useTheme(): { readonly theme: Theme; readonly isDark: boolean } {
  const now = useSyncExternalStore(subscribe, () => theme);
  const isDark = useSyncExternalStore(subscribe, () => theme === "dark" || (theme === "auto" && device.matches));
  return { theme: now, isDark };
}
