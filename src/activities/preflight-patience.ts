import type { Answer } from '../cloud/port';
import type { Fact } from '../domain/preflight-facts';

/** Sends of one question. More would make somebody wait who sits in front of a terminal. */
const TRIES_MAX = 3;

/**
 * Asks a question that may be asked again freely: throttling and broken connections are tried again, and
 * whatever else is in the way makes the answer unknown.
 *
 * @param ask - makes the call once; the limiter spaces it
 * @param signal - fires when nobody waits any longer
 */
export async function askPatiently<Value>(
  ask: () => Promise<Answer<Value>>,
  signal: AbortSignal,
): Promise<Fact<Value>> {
  for (let tries = 1; ; tries += 1) {
    const answer = await ask();
    if (answer.kind === 'ok') return { kind: 'known', value: answer.value };
    if (!isPassing(answer.class) || tries === TRIES_MAX || signal.aborted) {
      const { code, message } = answer;
      return { kind: 'unknown', code, message };
    }
  }
}

function isPassing(errorClass: string): boolean {
  return errorClass === 'throttled' || errorClass === 'transient' || errorClass === 'ambiguous';
}
