let probe: HTMLElement | null = null;

/** A colour of the style sheet as it is now, in light or in dark. */
export function colourOf(token: string): string {
  if (!probe) {
    probe = document.createElement("span");
    probe.hidden = true;
    document.body.append(probe);
  }
  probe.style.color = `var(${token})`;
  return getComputedStyle(probe).color;
}
