import type { CliContext } from '../cli-context';

/** How variables begin that requests may name by default: secrets, and no settings. */
const SECRET_PREFIX = 'TAIRFLEET_SECRET_';

/**
 * The variables that keep a child from the settings which it would inherit: an empty one counts as not set.
 * Secrets that a request may name stay.
 *
 * @param env - what it would inherit
 * @param prefixes - how the names of the settings begin
 */
export function toBlankedVariables(
  env: CliContext['env'],
  prefixes: readonly string[],
): Record<string, string> {
  const settings = Object.keys(env).filter(
    (name) => !name.startsWith(SECRET_PREFIX) && prefixes.some((prefix) => name.startsWith(prefix)),
  );
  return Object.fromEntries(settings.map((name) => [name, '']));
}
