/** Control characters that XML 1.0 cannot hold; a line break and a tab stay. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/** Text without what no file format holds, at most `most` characters of it. */
export function clean(text: string, most: number): string {
  const plain = text.toWellFormed().replace(CONTROL, "");
  return plain.length > most ? `${plain.slice(0, most - 1).toWellFormed()}…` : plain;
}

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** Text as it stands between tags or in an attribute of XML. */
export const xml = (text: string): string => text.replace(/[&<>"]/g, (sign) => ENTITIES[sign]!);
