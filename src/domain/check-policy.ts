import { type BatchPolicy, type Group, type InstanceFate, REQUEST_DEFAULTS } from './batch-request';
import { checkDuration } from './check-duration';
import { type CheckPlace, ObjectReader, type ObjectShape } from './check-object';
import { LIMITS } from './limits';
import { PRICE_RULE } from './price';

/** Keys of a policy. */
export const POLICY_SHAPE: ObjectShape = {
  required: {},
  optional: [
    'minReady',
    'readyDeadline',
    'deadline',
    'replaceFailed',
    'approvalAbove',
    'approvalAbovePrice',
    'approvalDeadline',
    'onShortfall',
    'onCancel',
  ],
};

/** Classes whose instances take longer, as `redis.logic.sharding.1g.2db.0rodb.4proxy.default`. */
const CLUSTER_CLASS = /sharding|cluster/i;

/** Checks the policy of a batch; the deadlines' defaults depend on what its groups are. */
export function checkPolicy(
  value: unknown,
  groups: readonly Group[],
  place: CheckPlace,
): BatchPolicy {
  const reader = new ObjectReader(value, POLICY_SHAPE, place);
  const replaceFailed = reader.integer('replaceFailed', { min: 0, max: LIMITS.replacementsMax });
  const approvalAbove = reader.integer('approvalAbove', { min: 0, max: LIMITS.slotsMax });
  const approvalAbovePrice = reader.text('approvalAbovePrice', PRICE_RULE);
  const approvalDeadlineMs = checkDuration(reader, 'approvalDeadline', {
    maxMs: LIMITS.deadlineMaxMs,
  });
  const onShortfall = readFate(reader, 'onShortfall', groups);
  const onCancel = readFate(reader, 'onCancel', groups);
  return {
    minReadyShare: readShare(reader, 'minReady') ?? REQUEST_DEFAULTS.minReadyShare,
    readyDeadlineMs:
      checkDuration(reader, 'readyDeadline', { maxMs: LIMITS.readyDeadlineMaxMs }) ??
      toReadyDeadlineMs(groups),
    deadlineMs:
      checkDuration(reader, 'deadline', { maxMs: LIMITS.deadlineMaxMs }) ??
      REQUEST_DEFAULTS.deadlineMs,
    ...(replaceFailed === undefined || replaceFailed === 0 ? {} : { replaceFailed }),
    ...(approvalAbove === undefined ? {} : { approvalAbove }),
    ...(approvalAbovePrice === undefined ? {} : { approvalAbovePrice }),
    ...(approvalDeadlineMs === undefined ? {} : { approvalDeadlineMs }),
    ...(onShortfall === 'release' ? { onShortfall } : {}),
    ...(onCancel === 'release' ? { onCancel } : {}),
  };
}

function toReadyDeadlineMs(groups: readonly Group[]): number {
  const isRestored = groups.some(({ spec }) => spec.sourceInstanceId !== undefined);
  if (isRestored) return REQUEST_DEFAULTS.readyDeadlineRestoreMs;
  const classes = groups.flatMap(({ spec, placements }) => [
    spec.instanceClass,
    ...placements.map(({ instanceClass }) => instanceClass),
  ]);
  const hasCluster = classes.some((name) => name !== undefined && CLUSTER_CLASS.test(name));
  return hasCluster ? REQUEST_DEFAULTS.readyDeadlineClusterMs : REQUEST_DEFAULTS.readyDeadlineMs;
}

/**
 * Keeping is the default, so it is not written down: the hash stays that of a request without it. What
 * is protected is never released, so one request must not ask for both.
 */
function readFate(
  reader: ObjectReader,
  key: string,
  groups: readonly Group[],
): InstanceFate | undefined {
  const fate = reader.choice<InstanceFate>(key, ['keep', 'release']);
  const guarded = groups.find(({ followUps }) => followUps?.releaseProtection !== undefined);
  if (fate !== 'release' || guarded === undefined) return fate;
  const message = `cannot be release while followUps.releaseProtection protects the group ${guarded.name}; keep one of the two.`;
  return reader.report(key, 'conflict', message);
}

/** `95%`, `99.5%`, or a number from 0 to 1. */
function readShare(reader: ObjectReader, key: string): number | undefined {
  const value = reader.raw(key);
  if (value === undefined) return undefined;
  const percent = typeof value === 'string' ? /^(\d+(?:\.\d+)?) ?%$/.exec(value)?.[1] : undefined;
  const share = percent === undefined ? value : Number(percent) / 100;
  if (typeof share !== 'number') {
    return reader.report(
      key,
      'wrong-type',
      'must be a share such as 95%, or a number from 0 to 1.',
    );
  }
  if (share >= 0 && share <= 1) return share;
  const hint =
    share > 1 && share <= 100 && percent === undefined ? `; did you mean ${share}%?` : '.';
  return reader.report(key, 'out-of-range', `must be from 0% to 100%${hint}`);
}
