import type { OwnedPath } from '../contract/activity-types';
import type { BatchRequest } from '../domain/batch-request';
import { listIgnoredIds, listOwnedIds, type FailedInstance } from '../domain/home-chunk-state';
import type { Orphan } from '../domain/result';
import type { Proof } from '../domain/proof';
import type { ShardEvent } from '../domain/shard-event';
import { listPaths, type Shard } from '../domain/shard-state';
import { getGroup, getPlacement } from './chunk-input';

/** What a shard holds, as its closing audit and its list need it. */

/** The distinct proofs that paths carry: the audit looks whether one is stale. */
export function listProofs(shard: Shard): readonly Proof[] {
  const byRun = new Map<string, Proof>();
  for (const { path } of listPaths(shard)) {
    if (path.proof !== null) byRun.set(path.proof.runId, path.proof);
  }
  return [...byRun.values()];
}

/** Every id that a slot owns or owned before it was replaced: what the audit must not wonder at. */
export function listKnownIds(shard: Shard): readonly string[] {
  return shard.homes.flatMap(listIgnoredIds);
}

/** What failed and was replaced: it lives, and no slot owns it any more. */
export function listReplaced(
  request: BatchRequest,
  shard: Shard,
  missing: readonly string[],
): readonly Orphan[] {
  const gone = new Set(missing);
  return shard.homes.flatMap((home) => {
    const status = new Map(home.failed.map((failed) => [failed.id, failed.status]));
    const { region } = getPlacement(getGroup(request, home.group), 0);
    return home.replacedIds
      .filter((id) => !gone.has(id))
      .map((id) => ({ id, name: home.name, region, status: status.get(id) ?? 'Error' }));
  });
}

/** Instances that are owned and not ready. */
export function listFailed(shard: Shard): readonly FailedInstance[] {
  return shard.homes.flatMap((home) => home.failed);
}

/** Every path with the instances that stand for its slots. */
export function listOwnedPaths(request: BatchRequest, shard: Shard): readonly OwnedPath[] {
  return listPaths(shard).flatMap(({ home, path }) => {
    const group = getGroup(request, home.group);
    const { region } = getPlacement(group, path.placement);
    const replaced = new Set(home.replacedIds);
    const ids = path.ids.filter((id) => !replaced.has(id));
    if (ids.length === 0) return [];
    return [{ group: group.name, from: path.from, name: home.name, region, ids }];
  });
}

/** What the closing look no longer found is not ready, whatever was seen before. */
export function listMissing(shard: Shard, missing: readonly string[]): readonly ShardEvent[] {
  const gone = new Set(missing);
  return shard.homes.flatMap((home): readonly ShardEvent[] => {
    const known = new Set(home.failed.map(({ id }) => id));
    const ids = listOwnedIds(home).filter((id) => gone.has(id) && !known.has(id));
    if (ids.length === 0) return [];
    const failed = ids.map((id) => ({ id, status: 'missing' }));
    return [{ type: 'readiness', home: home.index, readyCount: -ids.length, failed }];
  });
}
