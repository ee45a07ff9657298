/** A figure must not be a part of a longer number: neither "20" in "1,207" nor in "3.20". */
const apart = (text, start, end) =>
  !/\d$|\d[.,]$/.test(text.slice(Math.max(0, start - 2), start)) && !/^(?:\d|[.,]\d)/.test(text.slice(end, end + 2));

/**
 * Where the figures of a reply stand in its text: they are mostly written in reading order, so each is looked for behind the
 * one before, and anywhere else only when it is not there.
 * @returns {{ start: number, end: number, index: number }[]} in reading order; `index` into `figures`; never overlapping
 */
export function placeFigures(text, figures) {
  const places = [];
  let cursor = 0;
  const free = (start, end) => places.every((place) => end <= place.start || start >= place.end);
  const find = (piece, from) => {
    for (let at = text.indexOf(piece, from); at >= 0; at = text.indexOf(piece, at + 1)) {
      if (apart(text, at, at + piece.length) && free(at, at + piece.length)) return at;
    }
    return -1;
  };
  figures.forEach((figure, index) => {
    if (!figure.text) return;
    let start = find(figure.text, cursor);
    if (start < 0) start = find(figure.text, 0);
    if (start < 0) return;
    places.push({ start, end: start + figure.text.length, index });
    cursor = Math.max(cursor, start + figure.text.length);
  });
  return places.sort((a, b) => a.start - b.start);
}
