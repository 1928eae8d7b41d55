import type { BatchPolicy, BatchRequest, Group } from './batch-request';
import { formatExactDuration } from './duration';
import type { Problem } from './problem';

/** One place at which two requests ask for different things. */
export interface RequestDifference {
  /** Keys as they are submitted; a group is named by its name, since its rank may differ too. */
  readonly path: Problem['path'];
  /** What was submitted, or its default; undefined when there was nothing. */
  readonly before: unknown;
  /** What is submitted now, or its default; undefined when there is nothing. */
  readonly now: unknown;
}

type Path = Problem['path'];

/**
 * Lists where two checked requests differ, in the order of the request. Empty exactly when they have
 * the same hash.
 *
 * @param before - the request that is known
 * @param now - the request that is submitted
 */
export function listDifferences(
  before: BatchRequest,
  now: BatchRequest,
): readonly RequestDifference[] {
  const { groups: groupsBefore, policy: policyBefore, ...restBefore } = before;
  const { groups: groupsNow, policy: policyNow, ...restNow } = now;
  return [
    ...compare([], restBefore, restNow),
    ...compareGroups(groupsBefore, groupsNow),
    ...comparePolicies(policyBefore, policyNow),
  ];
}

function compareGroups(
  before: readonly Group[],
  now: readonly Group[],
): readonly RequestDifference[] {
  const names = [...new Set([...before, ...now].map(({ name }) => name))];
  const found = names.flatMap((name) =>
    compare(['groups', name], findGroup(before, name), findGroup(now, name)),
  );
  if (found.length > 0) return found;
  // Slots are numbered by rank, so another order is another request.
  const [orderBefore, orderNow] = [before, now].map((list) => list.map(({ name }) => name));
  return compare(['groups'], orderBefore?.join(', '), orderNow?.join(', '));
}

function findGroup(groups: readonly Group[], wanted: string): Group | undefined {
  return groups.find(({ name }) => name === wanted);
}

function comparePolicies(before: BatchPolicy, now: BatchPolicy): readonly RequestDifference[] {
  const written = [before, now].map(toWrittenPolicy);
  return compare(['policy'], written[0], written[1]);
}

/** Back to how people write it, so that both sides can be copied into a file. */
function toWrittenPolicy({ minReadyShare, readyDeadlineMs, deadlineMs, ...rest }: BatchPolicy) {
  return {
    minReady: toExactShare(minReadyShare),
    readyDeadline: formatExactDuration(readyDeadlineMs),
    deadline: formatExactDuration(deadlineMs),
    ...rest,
  };
}

function toExactShare(share: number): string {
  const percent = Number((share * 100).toPrecision(12));
  return percent / 100 === share ? `${percent}%` : String(share);
}

function compare(path: Path, before: unknown, now: unknown): readonly RequestDifference[] {
  if (isBranch(before) && isBranch(now) && Array.isArray(before) === Array.isArray(now)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(now)])];
    return keys.flatMap((key) =>
      compare([...path, Array.isArray(now) ? Number(key) : key], before[key], now[key]),
    );
  }
  return before === now ? [] : [{ path, before, now }];
}

function isBranch(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
