import fc from 'fast-check';
import type { BatchRequest } from '../../src/domain/batch-request';
import { checkBatchRequest } from '../../src/domain/check-batch-request';
import type { FrozenPlan } from '../../src/domain/frozen-plan';
import type { PlanSettings } from '../../src/domain/plan-settings';
import { createFrozenPlan } from '../../src/domain/plan-settings';
import { hashRequest } from '../../src/domain/request-hash';

/** Two ranked places of one region. */
export const PLACEMENTS = [
  { region: 'cn-hangzhou', zone: 'cn-hangzhou-h', vpcId: 'vpc-1', vSwitchId: 'vsw-1' },
  { region: 'cn-hangzhou', zone: 'cn-hangzhou-i', vpcId: 'vpc-1', vSwitchId: 'vsw-2' },
];

/** Settings of a worker with one account. */
export const PLAN_SETTINGS: PlanSettings = {
  installationId: 'default',
  accounts: ['default'],
  defaultAccount: 'default',
  chunkSlots: 90,
  shardSlots: 5_000,
};

/** A group as somebody submits it, with what a test wants to differ. */
export function createSubmittedGroup(changes: object = {}): object {
  return {
    name: 'sessions',
    count: 3,
    spec: { instanceClass: 'redis.master.small.default' },
    placements: PLACEMENTS,
    ...changes,
  };
}

/** A checked request of one group, with what a test wants to differ. */
export function createCheckedRequest(changes: object = {}): BatchRequest {
  const document = { apiVersion: 'tairfleet/v1', batchId: 'b', groups: [createSubmittedGroup()] };
  const checked = checkBatchRequest({ ...document, ...changes });
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
  return checked.request;
}

/** The plan that a request would freeze. */
export function createFrozen(
  request: BatchRequest,
  settings: Partial<PlanSettings> = {},
): FrozenPlan {
  return createFrozenPlan({ ...PLAN_SETTINGS, ...settings }, request, hashRequest(request))!;
}

/** Requests of up to four groups in two regions. */
export function anyCheckedRequest(): fc.Arbitrary<BatchRequest> {
  const group = fc.record({
    name: fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/),
    count: fc.integer({ min: 1, max: 400 }),
    region: fc.constantFrom('cn-hangzhou', 'cn-beijing'),
  });
  return fc
    .uniqueArray(group, { minLength: 1, maxLength: 4, selector: ({ name }) => name })
    .map((groups) =>
      createCheckedRequest({
        groups: groups.map(({ name, count, region }) =>
          createSubmittedGroup({ name, count, placements: [{ ...PLACEMENTS[0], region }] }),
        ),
      }),
    );
}
