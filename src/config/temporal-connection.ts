import {
  type ClientConfigProfile,
  type ClientConnectConfig,
  loadClientConfigProfile,
  toClientOptions,
} from '@temporalio/envconfig';
import type { Environment } from './environment';

/** Address of a local server, when nothing else is said. */
const DEFAULT_ADDRESS = '127.0.0.1:7233';

/** How to reach the Temporal server. The options may hold keys: never log them. */
export interface TemporalConnection {
  readonly connectionOptions: ClientConnectConfig['connectionOptions'] & {
    readonly address: string;
  };
  readonly namespace: string;
}

/**
 * Reads the connection as Temporal's own tools do: `TEMPORAL_ADDRESS`, `TEMPORAL_NAMESPACE`,
 * `TEMPORAL_TLS…`, `TEMPORAL_API_KEY` and the profile of `temporal.toml`; without any of them a local
 * server and the namespace `default`.
 *
 * @throws Error that says what to check when the file or the profile cannot be used
 */
export function loadTemporalConnection(env: Environment): TemporalConnection {
  const { connectionOptions, namespace } = readSettings(env);
  // The client fails on options that are there and undefined.
  const given = Object.entries(connectionOptions).filter(([, value]) => value !== undefined);
  return {
    connectionOptions: { address: DEFAULT_ADDRESS, ...Object.fromEntries(given) },
    namespace: namespace ?? 'default',
  };
}

function readSettings(env: Environment): ClientConnectConfig {
  const profile = orAdvice(() => loadClientConfigProfile({ overrideEnvVars: toGiven(env) }));
  assertWholePair(profile);
  return orAdvice(() => toClientOptions(profile));
}

/** The library's own errors quote the file, in which keys may stand, so none of them gets out. */
function orAdvice<Value>(read: () => Value): Value {
  try {
    return read();
  } catch {
    throw new Error(
      'The connection to Temporal cannot be read. Check that the file of TEMPORAL_CONFIG_FILE ' +
        '(temporal.toml in the configuration folder by default) is TOML, has the profile of ' +
        'TEMPORAL_PROFILE ([profile.default] by default), and that its certificates exist.',
    );
  }
}

/** The library drops half a pair without a word, and the server then refuses an unknown client. */
function assertWholePair({ tls }: ClientConfigProfile): void {
  if ((tls?.clientCert === undefined) === (tls?.clientKey === undefined)) return;
  const missing = tls?.clientKey === undefined ? 'KEY' : 'CERT';
  throw new Error(
    'The client certificate for Temporal and its key belong together, and one is missing. Set ' +
      `TEMPORAL_TLS_CLIENT_${missing}_PATH, or the same in the profile of temporal.toml.`,
  );
}

function toGiven(env: Environment): Record<string, string> {
  const given = Object.entries(env).filter((entry): entry is [string, string] => Boolean(entry[1]));
  return Object.fromEntries(given);
}
