import type { SeenInstance } from '../cloud/port';
import type { InstanceMatch } from '../contract/activity-types';
import type { InstanceChange } from '../contract/operation-types';
import type { ResultInstance } from '../domain/result';
import { isOurs } from './instance-match';

/** Status of an instance that serves (status page, 2025). */
const READY_STATUS = 'Normal';

/** A home chunk of the plan: who may bear its name, and which slots they may fill. */
export interface PlannedHome {
  readonly group: string;
  readonly from: number;
  readonly count: number;
  readonly matches: readonly InstanceMatch[];
}

/** What is compared. */
export interface ComparisonInput {
  readonly seen: readonly SeenInstance[];
  readonly listed: AsyncIterable<ResultInstance>;
  /** By instance name; null when the request is not known. */
  readonly homes: ReadonlyMap<string, PlannedHome> | null;
  /** As in the configuration: off where the service reports other names for classes. */
  readonly isClassCompared: boolean;
}

/** A slot that an orphan could fill. */
export interface FreeSlot {
  readonly group: string;
  readonly slot: number;
}

/** Everything that differs, complete. */
export interface Comparison {
  readonly both: number;
  readonly missing: readonly string[];
  readonly changes: readonly InstanceChange[];
  /** Instances with at least one change. */
  readonly changed: number;
  readonly orphans: readonly { readonly seen: SeenInstance; readonly fits: FreeSlot | null }[];
}

/**
 * Compares what the cloud has with what a result lists. The list is read once and never held; what
 * the cloud has is, since a search gives it as a whole.
 */
export async function compareInstances(input: ComparisonInput): Promise<Comparison> {
  const unlisted = new Map(input.seen.map((instance) => [instance.id, instance]));
  const taken = new Set<string>();
  const missing: string[] = [];
  const changes: InstanceChange[] = [];
  let both = 0;
  let changed = 0;
  for await (const listed of input.listed) {
    // A released instance that is still there is an orphan: the result no longer owns it.
    if (listed.state === 'released') continue;
    const seen = unlisted.get(listed.id);
    if (seen === undefined) {
      if (listed.state !== 'missing' && listed.state !== 'gone') missing.push(listed.id);
      continue;
    }
    unlisted.delete(listed.id);
    taken.add(toSlotKey(listed));
    both += 1;
    const own = listChanges(listed, seen, input);
    changed += own.length > 0 ? 1 : 0;
    changes.push(...own);
  }
  const orphans = fitOrphans([...unlisted.values()], taken, input);
  return { both, missing, changes, changed, orphans };
}

/** A slot as people write it: `sessions/17`. */
export function toSlotKey({ group, slot }: FreeSlot): string {
  return `${group}/${slot}`;
}

function listChanges(
  listed: ResultInstance,
  seen: SeenInstance,
  { homes }: ComparisonInput,
): InstanceChange[] {
  const { id } = listed;
  const pairs: [InstanceChange['what'], string | undefined, string][] = [
    ['name', listed.name, seen.name],
    // A result that was written before the service showed the zone does not know it.
    ['zone', listed.zone || undefined, seen.zone],
    ['status', listed.state === 'ready' ? READY_STATUS : undefined, seen.status],
    ...listOrderedPairs(homes?.get(listed.name), seen),
  ];
  return pairs
    .filter(([, expected, actual]) => expected !== undefined && expected !== actual)
    .map(([what, expected, actual]) => ({ id, what, expected: expected ?? '', actual }));
}

/** What was ordered, by the placement that is nearest to what is there. */
function listOrderedPairs(
  home: PlannedHome | undefined,
  seen: SeenInstance,
): [InstanceChange['what'], string | undefined, string][] {
  if (home === undefined) return [];
  const match = home.matches.find(({ zone }) => zone === seen.zone) ?? home.matches[0];
  return [
    ['class', match?.instanceClass, seen.instanceClass],
    ['engine', match?.engine, seen.engine],
    ['chargeType', match?.chargeType, seen.chargeType],
    ['vpc', match?.vpcId, seen.vpcId],
  ];
}

function fitOrphans(
  orphans: readonly SeenInstance[],
  taken: Set<string>,
  { homes, isClassCompared }: ComparisonInput,
): Comparison['orphans'] {
  return orphans.map((seen) => {
    const home = homes?.get(seen.name);
    const isFit =
      home !== undefined &&
      seen.status === READY_STATUS &&
      isOurs(seen, home.matches, isClassCompared);
    const fits = isFit ? takeSlot(home, taken) : null;
    return { seen, fits };
  });
}

/** The first free slot of a home chunk; it is no longer free afterwards. */
function takeSlot({ group, from, count }: PlannedHome, taken: Set<string>): FreeSlot | null {
  for (let slot = from; slot < from + count; slot += 1) {
    const key = toSlotKey({ group, slot });
    if (taken.has(key)) continue;
    taken.add(key);
    return { group, slot };
  }
  return null;
}
