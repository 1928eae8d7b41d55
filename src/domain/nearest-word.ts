/** Longer words are no typing errors, and the comparison takes the square of the length. */
const LENGTH_MAX = 60;

/**
 * Finds the word that somebody most likely meant, for "did you mean …".
 *
 * @param word - what was written
 * @param known - what is allowed
 * @returns null when nothing is near: more than two of five letters would have to change
 */
export function findNearestWord(word: string, known: readonly string[]): string | null {
  if (word.length > LENGTH_MAX) return null;
  const lowered = word.toLowerCase();
  let nearest: string | null = null;
  let least = Math.max(1, Math.floor(word.length * 0.4)) + 1;
  for (const candidate of known) {
    const distance = countEdits(lowered, candidate.toLowerCase());
    if (distance < least) [nearest, least] = [candidate, distance];
  }
  return nearest;
}

/** Levenshtein distance: letters to insert, delete or replace. */
function countEdits(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= right.length; j += 1) {
      const replaced = row[j - 1]! + (left[i - 1] === right[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[right.length]!;
}
