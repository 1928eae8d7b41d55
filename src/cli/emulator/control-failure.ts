import type { CliFailure } from '../command-report';
import { PORT_DEFAULT, URL_VARIABLE } from './emulator-place';
import type { EmulatorPlace } from './emulator-place';

/** The value that was asked for, or why it could not be had. */
export type ControlResult<Value> =
  { readonly ok: true; readonly value: Value } | ({ readonly ok: false } & CliFailure);

/** A refusal of the control API. */
interface Problem {
  readonly code: string;
  readonly message: string;
}

/** What a refusal means to whoever called, by its status. */
const CODES: Readonly<Record<number, string>> = { 400: 'invalid-input', 403: 'refused' };

/** What helps with a refusal, by its code, where the emulator itself does not say it. */
const HINTS: Readonly<Record<string, string>> = {
  InvalidConfig: ' "tairfleet emulator config" shows what there is.',
  InvalidFaults: ' "tairfleet emulator faults add --help" shows rules.',
};

const NEXT_STEPS: Readonly<Record<EmulatorPlace['source'], string>> = {
  flag: 'Is it running, and --url the address that it printed when it was ready?',
  variable: `Is it running, and ${URL_VARIABLE} the address that it printed when it was ready?`,
  up: 'The "tairfleet up" of this folder has lost it: stop that and start it again.',
  default:
    `Start one by "tairfleet emulator --port ${PORT_DEFAULT}", or name the one that runs by --url ` +
    `or ${URL_VARIABLE}: it prints its address when it is ready.`,
};

/** What Node calls a certificate that it does not trust. */
const UNTRUSTED = /CERT|SIGNATURE/;

const TRUST =
  'Its certificate is not trusted: set NODE_EXTRA_CA_CERTS to the caFile that it printed when it was ' +
  'ready, or take its http:// address.';

/**
 * The failure of a request that nobody answered.
 *
 * @param place - where the emulator should be
 * @param error - what the request ended with
 */
export function toUnanswered(
  { url, source }: EmulatorPlace,
  error: unknown,
): { readonly ok: false } & CliFailure {
  const reason = toReason(error);
  const nextStep = UNTRUSTED.test(reason) ? TRUST : NEXT_STEPS[source];
  const message = `No emulator answers at ${url} (${reason}). ${nextStep}`;
  return { ok: false, code: 'no-emulator', message };
}

/**
 * The failure of an answer that is no success.
 *
 * @param place - where the emulator should be
 * @param status - HTTP status of the answer
 * @param text - its body
 */
export function toRefusal(
  { url }: EmulatorPlace,
  status: number,
  text: string,
): { readonly ok: false } & CliFailure {
  const problem = readProblem(text);
  if (problem === null) {
    const message = `What answers at ${url} (${status}) is no emulator: check the address.`;
    return { ok: false, code: 'no-emulator', message };
  }
  const reason = `${toSentence(problem.message)}.${HINTS[problem.code] ?? ''}`;
  return {
    ok: false,
    code: CODES[status] ?? 'unexpected',
    message: `The emulator at ${url} refused it, and nothing was changed (${problem.code}): ${reason}`,
    data: { refusal: problem },
  };
}

function readProblem(text: string): Problem | null {
  try {
    const { code, message } = (JSON.parse(text) ?? {}) as Partial<Problem>;
    return typeof code === 'string' && typeof message === 'string' ? { code, message } : null;
  } catch {
    return null;
  }
}

/** A list of what is wrong comes with a mark and a line for each. */
function toSentence(text: string): string {
  return text
    .replace(/\.$/, '')
    .split('✖')
    .map((part) => part.replace(/\s*\n\s*→\s*/g, ' ').trim())
    .filter((part) => part !== '')
    .join('; ');
}

/** The platform's `fetch` hides why in the cause. */
function toReason(error: unknown): string {
  const { cause } = error as {
    readonly cause?: { readonly code?: unknown; readonly message?: unknown };
  };
  if (typeof cause?.code === 'string') return cause.code;
  if (typeof cause?.message === 'string') return cause.message;
  return error instanceof Error ? error.message : String(error);
}
