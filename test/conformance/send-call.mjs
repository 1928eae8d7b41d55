/** One call of a run, whatever becomes of it: a connection that breaks is an outcome too. */
import { CLIENTS } from './clients.mjs';
import { sendV1 } from './sign-calls.mjs';
import { fill } from './variables.mjs';

/** Of the product that most cases are about. */
const DEFAULT_VERSION = '2015-01-01';

/** The call of a step, with the values of the run in it. */
export function toCall({ action, version = DEFAULT_VERSION, parameters = {}, keys, place }, run) {
  return { action, version, parameters: fill(parameters, run.variables), keys, place };
}

/**
 * Sends a call with the run's client. It may name keys and a place of its own, to see what the gateway refuses.
 *
 * @returns {Promise<{ status: number, text: string, body: object }>} status 0: there was no whole answer,
 *   and `body.Code` says why
 */
export async function sendCall({ keys, place, ...call }, run) {
  // It ends the whole call: a body that comes in pieces for ever is no answer either.
  const signal = AbortSignal.timeout(run.callTimeoutMs);
  const target = { ...run.target, keys: { ...run.target.keys, ...keys }, signal };
  try {
    if (place !== undefined) return await sendV1(target, call, place);
    return await CLIENTS[run.client](target, call);
  } catch (error) {
    if (signal.aborted) return { status: 0, text: '', body: { Code: 'call timed out' } };
    // Its message may carry the whole URL, keys and all: the code must do.
    return { status: 0, text: '', body: { Code: error.cause?.code ?? error.code ?? error.name } };
  }
}
