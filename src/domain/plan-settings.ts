import type { BatchRequest } from './batch-request';
import type { FrozenPlan } from './frozen-plan';

/** What of a worker's configuration a new batch freezes (rule R11). */
export interface PlanSettings {
  readonly installationId: string;
  /** Names of the accounts that the worker has keys for. */
  readonly accounts: readonly string[];
  /** Account of a request that names none; null when there are several. */
  readonly defaultAccount: string | null;
  readonly chunkSlots: number;
  readonly shardSlots: number;
}

/** Home chunks of one shard: its state must fit into one payload, however small the chunks are. */
const HOMES_MAX = 500;

/**
 * The plan that a new batch would freeze under these settings.
 *
 * @param settings - of the worker
 * @param request - the checked request
 * @param requestHash - its hash
 * @returns null when the request's account is not one of the worker's, or is not clear
 */
export function createFrozenPlan(
  settings: PlanSettings,
  request: BatchRequest,
  requestHash: string,
): FrozenPlan | null {
  const account = request.account ?? settings.defaultAccount;
  if (account === null || !settings.accounts.includes(account)) return null;
  return {
    installationId: settings.installationId,
    account,
    chunkSlots: settings.chunkSlots,
    shardSlots: Math.min(settings.shardSlots, HOMES_MAX * settings.chunkSlots),
    naming: 'shared',
    requestHash,
  };
}
