import type { Instance } from '../../instance';
import { getParameter } from '../../protocol/parameters';
import { createInvalid, createRefusal } from '../../refusal';
import type { Refusal } from '../../refusal';
import { ignored, optional, optionals, withoutEffect } from '../action-parameters';
import { createFreeOrder } from '../billing/change-order';
import { EFFECTIVE_TIME } from '../effective-time';
import { createModification } from '../modification';
import { toOrderNumber } from '../order';
import { isBooleanText, isIntegerIn } from '../value-rules';

/** As many shards as a cluster has at most (API metadata, 2024-07-30: 256 of a class). */
const SHARDS_MAX = 256;

const SHARD_COUNT = optional('ShardCount', isIntegerIn(1, SHARDS_MAX), 'InvalidShardInfo.Format');

/** AddShardingNode: so many shards more; one, unless told otherwise. */
export const addShardingNodeAction = createModification({
  name: 'AddShardingNode',
  parameters: [
    SHARD_COUNT,
    withoutEffect(optional('AutoPay', isBooleanText)),
    withoutEffect(optional('ForceTrans', isBooleanText)),
    ...ignored('BusinessInfo', 'CouponNo', 'SourceBiz', 'VSwitchId'),
  ],
  taskType: 'AddInsNode',
  change: (instance, { parameters }) => {
    const added = Number(getParameter(parameters, 'ShardCount') ?? 1);
    const before = instance.spec.shardCount;
    const refusal = checkShards(instance, before + added);
    if (refusal !== undefined) return refusal;
    const NodeIds = Array.from({ length: added }, (_, i) => `${instance.id}-db-${before + i}`);
    const order = createFreeOrder((orderId) => ({ NodeIds, OrderId: toOrderNumber(orderId) }));
    return { spec: { shardCount: before + added }, order };
  },
});

/** DeleteShardingNode: so many shards fewer, or those that `NodeId` names. */
export const deleteShardingNodeAction = createModification({
  name: 'DeleteShardingNode',
  parameters: [
    SHARD_COUNT,
    withoutEffect(optional('ForceTrans', isBooleanText)),
    EFFECTIVE_TIME,
    ...optionals('NodeId'),
  ],
  taskType: 'DeleteInsNode',
  change: (instance, { parameters }) => {
    const named = getParameter(parameters, 'NodeId')?.split(',').length;
    const removed = named ?? Number(getParameter(parameters, 'ShardCount') ?? 1);
    const shardCount = instance.spec.shardCount - removed;
    return (
      checkShards(instance, shardCount) ?? {
        spec: { shardCount },
        order: createFreeOrder(),
      }
    );
  },
});

function checkShards({ spec }: Instance, shardCount: number): Refusal | undefined {
  if (spec.architecture !== 'cluster') {
    return createRefusal(
      403,
      'IncorrectDBInstanceType',
      'Current DB instance type does not support this operation.',
    );
  }
  return shardCount >= 1 && shardCount <= SHARDS_MAX
    ? undefined
    : createInvalid('InvalidShardInfo.Format', 'ShardCount');
}
