import { type CheckPlace, ObjectReader, type ObjectShape, type TextRule } from './check-object';
import { LIMITS } from './limits';

/**
 * Where a secret is, never the secret itself: a request stands in a workflow's history, which many
 * people can read for months. The worker resolves it at the moment of use, within the limits of its
 * configuration (`secrets`).
 */
export type SecretReference =
  /** An environment variable of the worker. */
  | { readonly env: string }
  /** An absolute path on the worker's host, such as a file that the platform mounts. */
  | { readonly file: string };

/** Keys of a reference to a secret. */
export const SECRET_SHAPE: ObjectShape = { required: {}, optional: ['env', 'file'] };

const HINT =
  '{ env: TAIRFLEET_SECRET_NAME } or { file: /run/secrets/name }; ' +
  'the secret itself is never part of a request.';

/** Upper case only, which hardly any secret is: a pasted one must not pass for a name. */
export const VARIABLE_RULE: TextRule = {
  pattern: /^[A-Z_][A-Z0-9_]{0,254}$/,
  description:
    'the name of an environment variable of the worker in upper case, never the secret itself',
};

/** No `..` and no empty part: what is allowed must be seen in the text itself. */
export const FILE_RULE: TextRule = {
  pattern: /^(?=.{2,255}$)(?!.*\/\.\.?(?:\/|$))(?:\/[^/\p{Cc}]+)+$/u,
  description: `an absolute path of at most ${LIMITS.textLengthMax} characters without "." and ".." as its parts`,
};

/**
 * Checks a reference to a secret. What was written is never repeated in a problem, since it may be a
 * secret in the wrong place.
 *
 * @param value - what to read; undefined is no problem here, since whoever requires it says so
 * @returns a stand-in when something is wrong
 */
export function checkSecretReference(value: unknown, place: CheckPlace): SecretReference {
  if (typeof value === 'string' || typeof value === 'number') {
    const message = `must say where the secret is: ${HINT}`;
    place.problems.push({ path: place.path, code: 'wrong-type', message });
    return { env: '' };
  }
  const reader = new ObjectReader(value, SECRET_SHAPE, place);
  if (reader.isObject) checkOne(reader, place);
  if (reader.has('file')) return { file: readText(reader, 'file', FILE_RULE) };
  return { env: readText(reader, 'env', VARIABLE_RULE) };
}

function checkOne(reader: ObjectReader, place: CheckPlace): void {
  if (reader.has('env') && reader.has('file')) {
    reader.report('file', 'conflict', 'cannot go with env; keep one of the two.');
  }
  if (!reader.has('env') && !reader.has('file')) {
    place.problems.push({ path: place.path, code: 'missing', message: `must be ${HINT}` });
  }
}

/** As the reader's own, but for a number, which the reader would repeat. */
function readText(reader: ObjectReader, key: string, rule: TextRule): string {
  if (typeof reader.raw(key) !== 'number') return reader.text(key, rule) ?? '';
  reader.report(key, 'wrong-type', `must be ${rule.description}.`);
  return '';
}

/** How messages call a reference: `variable TAIRFLEET_SECRET_HOOK`, `file /run/secrets/hook`. */
export function formatSecretReference(reference: SecretReference): string {
  return 'env' in reference ? `variable ${reference.env}` : `file ${reference.file}`;
}
