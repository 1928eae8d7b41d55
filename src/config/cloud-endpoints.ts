import { isLoopbackUrl } from '../domain/loopback';
import type { Config } from './config';

/** The emulator's name within the network of docker-compose.yml; no name of the public network. */
const EMULATOR_HOST = 'emulator';

/** Where calls may go, for all accounts; null stands for the cloud's own endpoints. */
export function listCloudEndpoints({ cloud, accounts }: Config): (string | null)[] {
  return Object.values(accounts).flatMap(({ endpoint, endpoints }) => [
    cloud.endpoint ?? endpoint ?? null,
    ...Object.values(endpoints ?? {}),
  ]);
}

/** Whether every call stays on this very host. Not having an endpoint means the real service. */
export function isOnlyLoopback(config: Config): boolean {
  return listCloudEndpoints(config).every((url) => url !== null && isLoopbackUrl(url));
}

/**
 * Whether no call can reach a real account: all go to this very host, or to the emulator of a compose
 * project. In doubt not.
 */
export function isOnlyEmulator(config: Config): boolean {
  return listCloudEndpoints(config).every(
    (url) => url !== null && (isLoopbackUrl(url) || toHostname(url) === EMULATOR_HOST),
  );
}

function toHostname(url: string): string | null {
  return URL.canParse(url) ? new URL(url).hostname : null;
}
