import type { InstanceFamily } from '../instance-classes';
import { getParameter } from '../protocol/parameters';
import type { Parameters } from '../protocol/parameters';
import { createInvalid } from '../refusal';
import type { Refusal } from '../refusal';

/** Families whose shards are not a matter of the class (SDK 6.4.0). */
const FREE_FAMILIES: readonly InstanceFamily[] = ['cloud-native', 'tair_rdb', 'tair_scm'];

/** `ShardCount` is for families that let one choose; of others it can only say what the class has. */
export function checkShardCount(
  parameters: Parameters,
  { family, shardCount }: { readonly family: InstanceFamily; readonly shardCount: number },
): Refusal | undefined {
  const asked = Number(getParameter(parameters, 'ShardCount') ?? shardCount);
  if (FREE_FAMILIES.includes(family) || asked === shardCount) return undefined;
  return createInvalid('InvalidShardInfo.Format', 'ShardCount');
}
