/** What the emulator knows about one instance class. */
export interface InstanceClass {
  readonly name: string;
  readonly capacityMb: number;
  readonly architecture: 'standard' | 'cluster' | 'rwsplit';
  /** 1 for the standard architecture. */
  readonly shardCount: number;
}

/** Standard master-replica classes, name part to MB (Overview page of the classic edition). */
const STANDARD_SIZES_MB: Readonly<Record<string, number>> = {
  micro: 256,
  small: 1_024,
  mid: 2_048,
  stand: 4_096,
  large: 8_192,
  '2xlarge': 16_384,
  '4xlarge': 32_768,
  '8xlarge': 65_536,
};

const SHARD_SIZES_GB = [1, 2, 4, 6, 8, 12, 16, 24, 32, 64];
const SHARD_COUNTS = [2, 4, 8, 16, 32, 64, 128, 256];

/**
 * The classes of the default world: `redis.master.*.default`, the family
 * `redis.logic.sharding.<GB>g.<shards>db.0rodb.<proxies>proxy.default` and read/write splitting.
 * The sample class of the CreateInstances page (2025-03-27) is among them. Proxy counts follow the
 * documented names (4 for 2 and 4 shards, else one a shard); which sizes are on sale is a guess.
 */
export function createDefaultClasses(): InstanceClass[] {
  return [...createStandardClasses(), ...createClusterClasses(), ...createSplitClasses()];
}

function createStandardClasses(): InstanceClass[] {
  return Object.entries(STANDARD_SIZES_MB).map(([size, capacityMb]) => ({
    name: `redis.master.${size}.default`,
    capacityMb,
    architecture: 'standard',
    shardCount: 1,
  }));
}

function createClusterClasses(): InstanceClass[] {
  return SHARD_SIZES_GB.flatMap((sizeGb) =>
    SHARD_COUNTS.map((shardCount) => ({
      name: `redis.logic.sharding.${sizeGb}g.${shardCount}db.0rodb.${Math.max(4, shardCount)}proxy.default`,
      capacityMb: sizeGb * 1_024 * shardCount,
      architecture: 'cluster' as const,
      shardCount,
    })),
  );
}

function createSplitClasses(): InstanceClass[] {
  return [1, 3, 5].flatMap((replicas) =>
    Object.entries(STANDARD_SIZES_MB).map(([size, capacityMb]) => ({
      name: `redis.logic.splitrw.${size}.1db.${replicas}rodb.4proxy.default`,
      capacityMb,
      architecture: 'rwsplit' as const,
      shardCount: 1,
    })),
  );
}
