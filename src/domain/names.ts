/**
 * Instance names are the second key: the only value of ours that the service gives back. All
 * instances of a home chunk share one name, through every epoch, placement and split, so that a late
 * twin shows up wherever it was bought (rule R8). Codes have a fixed width, so that no tag is a part
 * of another one.
 */

const SHARD_DIGITS = 4;
const CHUNK_DIGITS = 4;

/** Which home chunk a name is for. */
export interface HomeChunkPlace {
  readonly groupName: string;
  readonly identityCode: string;
  readonly shard: number;
  readonly chunk: number;
}

/** The name of a home chunk's instances, such as `sessions-q7m2kd4x9a-s0003c0012`. */
export function toInstanceName(place: HomeChunkPlace): string {
  const chunk = String(place.chunk).padStart(CHUNK_DIGITS, '0');
  return `${place.groupName}${toShardTag(place.identityCode, place.shard)}c${chunk}`;
}

/** The part of the names that all instances of a batch have in common, and nobody else's. */
export function toBatchTag(identityCode: string): string {
  return `-${identityCode}-s`;
}

/** The part of the names that all instances of a shard have in common, and nobody else's. */
export function toShardTag(identityCode: string, shard: number): string {
  return `${toBatchTag(identityCode)}${String(shard).padStart(SHARD_DIGITS, '0')}`;
}
