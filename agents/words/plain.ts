/** What is not seen or turns what is seen around: controls, zero-width and bidirectional marks, tags, variation selectors. */
const UNSEEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e0fff}]|[\ufe00-\ufe0f]/gu;

/** A text as it is seen. */
export const seen = (text: string): string => text.replace(UNSEEN, "");

const ADDRESS = /\b(https?|ftp|file|javascript|vbscript|data|mailto|blob):(?=\/{0,2}[^\s])/gi;
const HOST = /\b(www)\.(?=[a-z0-9-]+\.)/gi;

/** A reply with these names, which are more than names, as quotations: on one line and in its quotation marks. */
export function quotingNames(reply: string, names: Iterable<string>): string {
  const patterns = [...names]
    .sort((a, b) => b.length - a.length)
    .map((name) => name.trim().split(/\s+/).map(literally).join("\\s+"));
  if (!patterns.length) return reply;
  const pieces = new RegExp(`“[^”]*”|(?<![\\p{L}\\p{N}])(?:${patterns.join("|")})(?![\\p{L}\\p{N}])`, "gu");
  return reply.replace(pieces, (piece) => (piece.startsWith("“") ? piece : `“${inQuotes(piece)}”`));
}

const literally = (word: string): string => word.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");

/** A text that stands between quotation marks: on one line, and with no such marks of its own. */
export const inQuotes = (text: string): string =>
  seen(text).replace(/\s+/g, " ").replace(/“/g, "‘").replace(/”/g, "’").trim();

/**
 * A reply holds no picture, link or markup but its own headings, lists, tables and emphasis, whoever wrote the words in it:
 * a picture that is shown, or a link that a chat tool opens to preview it, would tell its owner what the reply says.
 */
export const withoutLinks = (reply: string): string =>
  seen(reply)
    .replace(/(?<!\\)!\[/g, "!\\[")
    .replace(/(?<!\\)\](?=\s?[([:])/g, "\\]")
    .replace(/(?<!\\)<(?=[a-z/!?])/gi, "\\<")
    .replace(ADDRESS, "$1[:]")
    .replace(HOST, "$1[.]");
