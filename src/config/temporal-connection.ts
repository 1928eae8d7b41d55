import { type ClientConnectConfig, loadClientConnectConfig } from '@temporalio/envconfig';
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
 * @throws Error when the named file or profile cannot be read
 */
export function loadTemporalConnection(env: Environment): TemporalConnection {
  const { connectionOptions, namespace } = loadClientConnectConfig({
    overrideEnvVars: toGiven(env),
  });
  // The client fails on options that are there and undefined.
  const given = Object.entries(connectionOptions).filter(([, value]) => value !== undefined);
  return {
    connectionOptions: { address: DEFAULT_ADDRESS, ...Object.fromEntries(given) },
    namespace: namespace ?? 'default',
  };
}

function toGiven(env: Environment): Record<string, string> {
  const given = Object.entries(env).filter((entry): entry is [string, string] => Boolean(entry[1]));
  return Object.fromEntries(given);
}
