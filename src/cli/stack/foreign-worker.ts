import { hostname } from 'node:os';
import type { BatchService } from '../../service/batch-service';
import type { CliFailure } from '../command-report';
import { isAlive } from './running-stack';

/**
 * Looks for a worker on the server that we did not start. It and the local one would take each
 * other's tasks: it may hold the keys of a real account, and the local one would give real batches
 * emulated instances. Only a server that was there before can have one.
 *
 * @param service - connected to the server, before a local worker was started
 * @returns why the local worker must not be started; undefined when it may
 */
export async function findForeignWorker(
  service: BatchService,
): Promise<({ readonly ok: false } & CliFailure) | undefined> {
  const pollers = await service.pollers();
  if (!pollers.ok) return pollers;
  const foreign = pollers.value.find(({ identity }) => !isGone(identity));
  if (foreign === undefined) return undefined;
  return {
    ok: false,
    code: 'refused',
    message:
      `A worker (${foreign.identity}) polls this Temporal server. It and the local worker would ` +
      "take each other's tasks, and it may hold the keys of a real account. Stop it, or unset " +
      'TEMPORAL_ADDRESS, so that a server of our own is started.',
  };
}

/** The server remembers a worker for a minute after its end; `pid@host` tells one of this host. */
function isGone(identity: string): boolean {
  const [pid, host] = identity.split('@');
  return host === hostname() && /^\d+$/.test(pid ?? '') && !isAlive(Number(pid));
}
