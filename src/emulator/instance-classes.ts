/**
 * The families of classes. Each is sold by other operations: CreateInstances knows `classic` only,
 * CreateInstance both open-source families, CreateTairInstance the Tair ones.
 */
export const INSTANCE_FAMILIES = [
  ...(['classic', 'cloud-native', 'tair_rdb', 'tair_scm', 'tair_essd'] as const),
] as const;

/** One family of classes. */
export type InstanceFamily = (typeof INSTANCE_FAMILIES)[number];

/** What the emulator knows about one instance class. */
export interface InstanceClass {
  readonly name: string;
  readonly family: InstanceFamily;
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

/** Cloud-native classes, name part to MB: `redis.shard.small.2.ce` (Overview page of that edition). */
const SHARD_SIZES_MB: Readonly<Record<string, number>> = {
  small: 1_024,
  mid: 2_048,
  large: 4_096,
  xlarge: 8_192,
  '2xlarge': 16_384,
  '4xlarge': 32_768,
};

const TAIR_RDB_SIZES_GB = [1, 2, 4, 8, 16, 24, 32, 64];

/** Persistent-memory classes: cores and GB of the names `tair.scm.standard.<cores>m.<GB>d`. */
const TAIR_SCM_SIZES = [
  [2, 8],
  [4, 16],
  [4, 32],
] as const;

/** Disk classes, name part to MB of memory: `tair.essd.standard.xlarge`. */
const TAIR_ESSD_SIZES_MB = { xlarge: 16_384, '2xlarge': 32_768, '4xlarge': 65_536 };

const SHARD_SIZES_GB = [1, 2, 4, 6, 8, 12, 16, 24, 32, 64];
const SHARD_COUNTS = [2, 4, 8, 16, 32, 64, 128, 256];

/**
 * The classes of the default world: `redis.master.*.default`, the family
 * `redis.logic.sharding.<GB>g.<shards>db.0rodb.<proxies>proxy.default` and read/write splitting.
 * The sample class of the CreateInstances page (2025-03-27) is among them. Proxy counts follow the
 * documented names (4 for 2 and 4 shards, else one a shard); which sizes are on sale is a guess.
 */
export function createDefaultClasses(): InstanceClass[] {
  return [
    ...[...createStandardClasses(), ...createClusterClasses(), ...createSplitClasses()],
    ...[...createCloudNativeClasses(), ...createTairClasses()],
  ];
}

function createCloudNativeClasses(): InstanceClass[] {
  return Object.entries(SHARD_SIZES_MB).flatMap(([size, capacityMb]) =>
    [`redis.shard.${size}.ce`, `redis.shard.${size}.2.ce`].map((name) => ({
      ...{ name, capacityMb, architecture: 'standard' as const, shardCount: 1 },
      family: 'cloud-native' as const,
    })),
  );
}

function createTairClasses(): InstanceClass[] {
  const sizes: (readonly [InstanceFamily, string, number])[] = [
    ...TAIR_RDB_SIZES_GB.map((gb) => ['tair_rdb', `tair.rdb.${gb}g`, gb * 1_024] as const),
    ...TAIR_SCM_SIZES.map(
      ([cores, gb]) => ['tair_scm', `tair.scm.standard.${cores}m.${gb}d`, gb * 1_024] as const,
    ),
    ...Object.entries(TAIR_ESSD_SIZES_MB).map(
      ([size, mb]) => ['tair_essd', `tair.essd.standard.${size}`, mb] as const,
    ),
  ];
  return sizes.map(([family, name, capacityMb]) => ({
    ...{ name, family, capacityMb, architecture: 'standard' as const, shardCount: 1 },
  }));
}

function createStandardClasses(): InstanceClass[] {
  return Object.entries(STANDARD_SIZES_MB).map(([size, capacityMb]) => ({
    name: `redis.master.${size}.default`,
    family: 'classic' as const,
    capacityMb,
    architecture: 'standard',
    shardCount: 1,
  }));
}

function createClusterClasses(): InstanceClass[] {
  return SHARD_SIZES_GB.flatMap((sizeGb) =>
    SHARD_COUNTS.map((shardCount) => ({
      name: `redis.logic.sharding.${sizeGb}g.${shardCount}db.0rodb.${Math.max(4, shardCount)}proxy.default`,
      family: 'classic' as const,
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
      family: 'classic' as const,
      capacityMb,
      architecture: 'rwsplit' as const,
      shardCount: 1,
    })),
  );
}
