import type { NotifyDependencies } from '../../src/activities/notify';
import { createKeptMetrics } from './kept-metrics';
import { createSecretResolver } from '../../src/outbound/secret-resolver';

/** Notices for tests in which nobody outside may be told anything. */
export function createForbiddenNotices(): NotifyDependencies {
  return {
    metrics: createKeptMetrics().metrics,
    secrets: createSecretResolver({ envPrefixes: [], folders: [], byTenant: {} }, {}),
    webhooks: {
      send: ({ event }) => Promise.reject(new Error(`nobody asked for ${event.type} to be told`)),
      close: () => Promise.resolve(),
    },
  };
}
