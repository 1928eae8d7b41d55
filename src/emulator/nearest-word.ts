/** Longer words are no typing errors, and the comparison takes the square of the length. */
const LENGTH_MAX = 80;

/** So many words are named when none of them is near. */
const LISTED_MAX = 16;

/**
 * Says that a word is none of those that are known, and which one was most likely meant.
 *
 * @param what - what such a word names: `zone`
 * @param known - what there is; when nothing of it is near, the first of it are listed
 */
export function sayUnknown(what: string, word: string, known: readonly string[]): string {
  const nearest = findNearestWord(word, known);
  const hint = nearest === undefined ? `There are: ${toList(known)}.` : `Did you mean ${nearest}?`;
  return `There is no ${what} ${word}. ${hint}`;
}

/**
 * The known word that somebody most likely meant; undefined when more than two of five letters would
 * have to change.
 */
export function findNearestWord(word: string, known: Iterable<string>): string | undefined {
  if (word.length > LENGTH_MAX) return undefined;
  const lowered = word.toLowerCase();
  let nearest: string | undefined;
  let least = Math.max(1, Math.floor(word.length * 0.4)) + 1;
  for (const candidate of known) {
    const edits = countEdits(lowered, candidate.toLowerCase());
    // Of two that are equally near, letters are more often mistaken than left out.
    const distance = edits + Math.abs(word.length - candidate.length) / 1_000;
    if (distance < least) [nearest, least] = [candidate, distance];
  }
  return nearest;
}

function toList(known: readonly string[]): string {
  if (known.length === 0) return 'none';
  const listed = known.slice(0, LISTED_MAX).join(', ');
  return known.length > LISTED_MAX ? `${listed} and ${known.length - LISTED_MAX} more` : listed;
}

/** Letters to insert, delete or replace; two that changed places are one mistake. */
function countEdits(left: string, right: string): number {
  let before: readonly number[] = [];
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= right.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (left[i - 1] === right[j - 1] ? 0 : 1);
      const isSwapped = left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1];
      const swapped = i > 1 && j > 1 && isSwapped ? (before[j - 2] ?? 0) + 1 : Infinity;
      next.push(Math.min(replaced, swapped, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    [before, row] = [row, next];
  }
  return row[right.length] ?? 0;
}
