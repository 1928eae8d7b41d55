import type { Parameters } from './protocol/parameters';

const MASK = '***';

const SECRET_NAME_PATTERN = /password|securitytoken|secret/i;

/** Cheap first look: most calls carry no password, and their text is kept as it is. */
const MAYBE_SECRET_PATTERN = /pass|\\u/i;

/**
 * The parameters of a call as the log keeps them: without `Signature`, secrets replaced, also those
 * inside the JSON of `Instances`. What cannot be read as JSON and may hold a password is dropped.
 */
export function redactParameters(parameters: Parameters): Record<string, string> {
  const shown: [string, string][] = [];
  for (const [name, value] of parameters) {
    if (name === 'Signature') continue;
    shown.push([name, SECRET_NAME_PATTERN.test(name) ? MASK : redactValue(value)]);
  }
  return Object.fromEntries(shown);
}

function redactValue(value: string): string {
  if (!MAYBE_SECRET_PATTERN.test(value)) return value;
  try {
    return JSON.stringify(JSON.parse(value), maskSecret);
  } catch {
    return MASK;
  }
}

function maskSecret(key: string, value: unknown): unknown {
  return SECRET_NAME_PATTERN.test(key) ? MASK : value;
}
