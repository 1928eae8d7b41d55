import type { CliContext } from '../cli-context';
import type { CliFailure } from '../command-report';
import { toPlainUrl } from '../plain-url';
import { findRunningStack } from '../stack/running-stack';

/** Where an emulator is, and who says so. */
export interface EmulatorPlace {
  /** Such as `http://127.0.0.1:8900`, without a slash at its end. */
  readonly url: string;
  readonly source: 'flag' | 'variable' | 'up' | 'default';
}

/** A place, or what is wrong with the one that was named. */
export type FoundEmulator =
  | { readonly ok: true; readonly place: EmulatorPlace }
  | { readonly ok: false; readonly failure: CliFailure };

/** Names the emulator for all commands of a shell. */
export const URL_VARIABLE = 'TAIRFLEET_EMULATOR_URL';

/** The port that compose publishes, and that the documents start one on. */
export const PORT_DEFAULT = 8900;

/** People copy the address of the control page. */
const CONTROL_PATH = /\/_emulator$/;

/**
 * Finds the emulator that a command is about: the one that is named, else that of a running
 * `tairfleet up` of the folder, else one on the usual port of this machine.
 *
 * @param flag - value of `--url`; it wins over the variable
 * @param context - environment and folder
 */
export function findEmulatorPlace(
  flag: string | undefined,
  { env, cwd }: Pick<CliContext, 'env' | 'cwd'>,
): FoundEmulator {
  if (flag !== undefined) return toNamed(flag, 'flag');
  const variable = env[URL_VARIABLE]?.trim() ?? '';
  if (variable !== '') return toNamed(variable, 'variable');
  const stack = findRunningStack(cwd);
  if (stack !== undefined) {
    return { ok: true, place: { url: stack.emulatorUrl, source: 'up' } };
  }
  return { ok: true, place: { url: `http://127.0.0.1:${PORT_DEFAULT}`, source: 'default' } };
}

function toNamed(text: string, source: 'flag' | 'variable'): FoundEmulator {
  const url = toPlainUrl(text)?.replace(CONTROL_PATH, '');
  if (url !== undefined) return { ok: true, place: { url, source } };
  const named = source === 'flag' ? '--url' : URL_VARIABLE;
  const message = `${named} "${text}" is no address of an emulator: write it as http://127.0.0.1:${PORT_DEFAULT}.`;
  return { ok: false, failure: { code: 'usage', message } };
}
