import type { WorkerSelf } from '../../src/activities/operation-dependencies';
import type { PreflightPort } from '../../src/cloud/preflight-port';
import type { ReleasePort } from '../../src/cloud/release-port';

/** A worker of the tests, as it sees itself. */
export const TEST_WORKER: WorkerSelf = {
  version: '0.0.0-test',
  sdk: '1.0.0',
  probeResults: () => Promise.resolve({ location: '/results', problem: null }),
  listRegions: () => [],
};

/** Releases for tests in which nothing may ever be taken away. */
export function createForbiddenReleases(): ReleasePort {
  return {
    deleteInstance: ({ id }) => {
      throw new Error(`nobody asked for ${id} to be deleted`);
    },
  };
}

/** Preflights for tests in which nobody may look around. */
export function createForbiddenPreflights(): PreflightPort {
  const refuse = (): never => {
    throw new Error('nobody asked for a preflight');
  };
  return {
    listZones: refuse,
    listGoods: refuse,
    readPrice: refuse,
    findBackup: refuse,
    findVpc: refuse,
    listVSwitches: refuse,
  };
}
