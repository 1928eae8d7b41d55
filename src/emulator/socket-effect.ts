import type { ServerResponse } from 'node:http';
import type { Effect } from './fault-effect';
import type { WireAnswer } from './protocol/wire-answer';
import type { LogEntry } from './request-log';
import { sleep } from './sleep';

/**
 * Does on the socket what the effect says.
 *
 * @param complete - called before the first byte leaves, so that a client that has its answer
 *   finds it in the log and in the counts
 */
export async function performEffect(
  { effect, entry }: { readonly effect: Effect; readonly entry: LogEntry },
  response: ServerResponse,
  complete: () => void,
): Promise<void> {
  if (effect.kind === 'hang') await waitForGivingUp(response, effect.afterMs);
  const isAnswer = effect.kind === 'answer' || effect.kind === 'truncate';
  entry.status = isAnswer ? effect.answer.status : 0;
  complete();
  if (effect.kind === 'answer') writeAnswer(response, effect.answer);
  else if (effect.kind === 'truncate') await writeHalf(response, effect.answer);
  else response.destroy();
}

/** Writes a whole answer. Nobody waits until it is out: nothing comes after it. */
export function writeAnswer(response: ServerResponse, answer: WireAnswer): void {
  response.writeHead(answer.status, {
    ...answer.headers,
    'content-type': answer.contentType,
    'content-length': Buffer.byteLength(answer.body),
  });
  // As text, not as bytes: then Node sends head and body in one write, and not in two.
  response.end(answer.body);
}

/** Announces the whole body and cuts the connection in its middle. */
function writeHalf(response: ServerResponse, answer: WireAnswer): Promise<void> {
  const body = Buffer.from(answer.body);
  response.writeHead(answer.status, {
    ...answer.headers,
    'content-type': answer.contentType,
    'content-length': body.length,
  });
  return untilOver(response, () =>
    response.write(body.subarray(0, Math.ceil(body.length / 2)), () => response.destroy()),
  );
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
