import type { ColumnUnit } from "../report.ts";

/** How numbers are shown: Excel's own codes 3, 4 (with thousands), the rest in the formats below. */
const FORMAT_IDS: Readonly<Record<ColumnUnit, number>> = {
  text: 0,
  quote: 0,
  count: 3,
  units: 3,
  money: 164,
  "%": 165,
  ratio: 166,
  date: 167,
};
const FORMAT_CODES: readonly (readonly [number, string])[] = [
  [164, "#,##0.00;[Red]-#,##0.00"],
  [165, "0.0%"],
  [166, "0.00;[Red]-0.00"],
  [167, "yyyy-mm-dd"],
];

/** Text keeps its distance from a figure beside it; quotations wrap. */
const ALIGN: Readonly<Partial<Record<ColumnUnit, string>>> = {
  text: '<alignment horizontal="left" indent="1"/>',
  quote: '<alignment horizontal="left" vertical="top" wrapText="1" indent="1"/>',
  date: '<alignment horizontal="center"/>',
};

const UNITS = Object.keys(FORMAT_IDS) as readonly ColumnUnit[];
export type Look = "plain" | "total";
/** The styles that stand before those of the units. */
const FIRST = ["general", "header", "title", "strong", "wrapped"] as const;
export type Named = (typeof FIRST)[number];

export const styleOf = (unit: ColumnUnit, look: Look): number =>
  FIRST.length + UNITS.indexOf(unit) * 2 + (look === "total" ? 1 : 0);
export const namedStyle = (name: Named): number => FIRST.indexOf(name);

const font = (size: number, more: string): string => `<font>${more}<sz val="${size}"/><name val="Calibri"/></font>`;
const WHITE = '<color rgb="FFFFFFFF"/>';

/** `xl/styles.xml`: a header, a title, and each unit plain and as a total. */
export function stylesXml(): string {
  const formats = FORMAT_CODES.map(([id, code]) => `<numFmt numFmtId="${id}" formatCode="${code}"/>`).join("");
  const fonts = [font(11, ""), font(11, `<b/>${WHITE}`), font(16, "<b/>"), font(11, "<b/>")];
  const fill = (inner: string): string => `<fill><patternFill ${inner}</patternFill></fill>`;
  const fills = [
    fill('patternType="none">'),
    fill('patternType="gray125">'),
    fill('patternType="solid"><fgColor rgb="FF1F3A5F"/><bgColor indexed="64"/>'),
    fill('patternType="solid"><fgColor rgb="FFEAF0F7"/><bgColor indexed="64"/>'),
  ];
  const none = "<left/><right/><top/><bottom/><diagonal/>";
  const borders = [none, '<left/><right/><top style="thin"><color rgb="FF1F3A5F"/></top><bottom/><diagonal/>'];
  const xf = (format: number, fontId: number, fillId: number, borderId: number, align = ""): string =>
    `<xf numFmtId="${format}" fontId="${fontId}" fillId="${fillId}" borderId="${borderId}" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1"${align ? ` applyAlignment="1">${align}</xf>` : "/>"}`;
  const styles = [
    xf(0, 0, 0, 0, ALIGN.text),
    xf(0, 1, 2, 0, '<alignment vertical="center" wrapText="1"/>'),
    xf(0, 2, 0, 0),
    xf(0, 3, 0, 0),
    xf(0, 0, 0, 0, ALIGN.quote),
    ...UNITS.flatMap((unit) => [xf(FORMAT_IDS[unit], 0, 0, 0, ALIGN[unit]), xf(FORMAT_IDS[unit], 3, 3, 1)]),
  ];
  const list = (tag: string, items: readonly string[]): string =>
    `<${tag} count="${items.length}">${items.join("")}</${tag}>`;
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="${FORMAT_CODES.length}">${formats}</numFmts>${list("fonts", fonts)}${list("fills", fills)}${list(
    "borders",
    borders.map((b) => `<border>${b}</border>`),
  )}<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>${list("cellXfs", styles)}<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;
}
