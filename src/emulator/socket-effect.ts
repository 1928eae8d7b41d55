import type { ServerResponse } from 'node:http';
import type { Effect } from './fault-effect';
import type { WireAnswer } from './protocol/wire-answer';
import type { LogEntry } from './request-log';
import { sleep } from './sleep';

/** Pieces of a body that comes slowly. */
const PIECES = 8;

/** Where an effect is done. */
export interface Wire {
  readonly response: ServerResponse;
  /** Ends the connection by RST. */
  reset(): void;
}

/**
 * Does on the socket what the effect says.
 *
 * @param complete - called before the first byte leaves, so that a client that has its answer
 *   finds it in the log and in the counts
 */
export async function performEffect(
  { effect, entry }: { readonly effect: Effect; readonly entry: LogEntry },
  wire: Wire,
  complete: () => void,
): Promise<void> {
  const { response } = wire;
  if (effect.kind === 'hang') await waitForGivingUp(response, effect.afterMs);
  entry.status = 'answer' in effect ? effect.answer.status : 0;
  complete();
  switch (effect.kind) {
    case 'answer':
      return writeAnswer(response, effect.answer);
    case 'truncate':
      return writeHalf(response, effect.answer);
    case 'slow':
      return writeSlowly(response, effect.answer, effect.overMs);
    case 'reset':
      return wire.reset();
    case 'drop':
    case 'hang':
      response.destroy();
  }
}

/** Writes a whole answer. Nobody waits until it is out: nothing comes after it. */
export function writeAnswer(response: ServerResponse, answer: WireAnswer): void {
  writeHead(response, answer, Buffer.byteLength(answer.body));
  // As text, not as bytes: then Node sends head and body in one write, and not in two.
  response.end(answer.body);
}

/** Announces the whole body and cuts the connection in its middle. */
function writeHalf(response: ServerResponse, answer: WireAnswer): Promise<void> {
  const body = Buffer.from(answer.body);
  writeHead(response, answer, body.length);
  return untilOver(response, () =>
    response.write(body.subarray(0, Math.ceil(body.length / 2)), () => response.destroy()),
  );
}

/** Each piece comes in time for a client that only watches for silence. */
async function writeSlowly(
  response: ServerResponse,
  answer: WireAnswer,
  overMs: number,
): Promise<void> {
  const body = Buffer.from(answer.body);
  writeHead(response, answer, body.length);
  const size = Math.max(1, Math.ceil(body.length / PIECES));
  for (let start = 0; start < body.length && !response.destroyed; start += size) {
    response.write(body.subarray(start, start + size));
    await sleep(overMs / PIECES);
  }
  response.end();
}

function writeHead(response: ServerResponse, answer: WireAnswer, length: number): void {
  response.writeHead(answer.status, {
    ...answer.headers,
    'content-type': answer.contentType,
    'content-length': length,
  });
}

/** A client that has gone away ends the wait as well: there is nobody to answer. */
function untilOver(response: ServerResponse, start: () => void): Promise<void> {
  if (response.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    response.once('close', resolve);
    response.once('finish', resolve);
    start();
  });
}

async function waitForGivingUp(
  response: ServerResponse,
  afterMs: number | undefined,
): Promise<void> {
  const gone = untilOver(response, () => undefined);
  await (afterMs === undefined ? gone : Promise.race([gone, sleep(afterMs)]));
}
