/** Which rows of a long answer are kept; the others are never held. */
export interface Wanted<Row> {
  readonly limit: number;
  /** Which `limit` of them: the first, and then nothing more is read, or the last. */
  readonly end: 'first' | 'last';
  readonly matches: (row: Row) => boolean;
}

/** Rows, and whether there were more. */
export interface TakenRows<Row> {
  readonly rows: readonly Row[];
  readonly isCut: boolean;
}

/**
 * Takes rows from an answer of a JSON object a line.
 *
 * @param body - the answer; null is an empty one
 * @param wanted - which
 * @throws SyntaxError when a line is no JSON; whatever the body ends with when it breaks
 */
export async function takeRows<Row>(
  body: AsyncIterable<Uint8Array> | null,
  { limit, end, matches }: Wanted<Row>,
): Promise<TakenRows<Row>> {
  let rows: Row[] = [];
  let isCut = false;
  for await (const line of toLines(body)) {
    const row = JSON.parse(line) as Row;
    if (!matches(row)) continue;
    rows.push(row);
    isCut ||= rows.length > limit;
    if (isCut && end === 'first') break;
    // Not at each row: that would move all of them a million times.
    if (rows.length >= 2 * limit) rows = rows.slice(-limit);
  }
  return { rows: end === 'first' ? rows.slice(0, limit) : rows.slice(-limit), isCut };
}

async function* toLines(body: AsyncIterable<Uint8Array> | null): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const piece of body ?? []) {
    const lines = (rest + decoder.decode(piece, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest !== '') yield rest;
}
