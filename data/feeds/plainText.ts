const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " " };

/** The five entities of XML, the space of HTML, and characters by number; anything else stays as it is written. */
export const decoded = (text: string): string =>
  text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w{2,6}));/gi, (whole, decimal, hex, name) => {
    if (name) return ENTITIES[name.toLowerCase()] ?? whole;
    const code = decimal ? Number(decimal) : Number.parseInt(hex, 16);
    return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : "";
  });

/**
 * What somebody wrote as one line of plain text: no markup (also not what was hidden as entities), no control characters or marks
 * of direction, and no longer than `most`.
 */
export function plainText(text: string, most: number): string {
  const bare = decoded(
    decoded(text)
      .replace(/<(script|style)\b[\s\S]*?<\/\1\s*>/gi, " ")
      .replace(/<[^>]*>/g, " "),
  )
    .replace(/<[^>]*>/g, " ")
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, " ")
    .replace(/\p{Cf}/gu, "")
    .replace(/\s+/g, " ")
    .trim();
  return bare.length <= most
    ? bare
    : `${[...bare]
        .slice(0, most - 1)
        .join("")
        .trimEnd()}…`;
}
