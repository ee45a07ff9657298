/** One field of a CSV line (RFC 4180): quoted where it holds a comma, a quote, a line break or outer spaces. */
export const csvField = (text: string): string =>
  /[",\r\n]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text;

/** A spreadsheet runs a cell that begins like a formula; an apostrophe before it makes it text (OWASP, CSV injection). */
export const notFormula = (text: string): string => (/^[\t\r\n]|^\s*[=+\-@|]/.test(text) ? `'${text}` : text);
