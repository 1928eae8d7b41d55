import type { Group, Placement } from './batch-request';
import { toUnknownCheck, type PreflightCheck } from './preflight-check';
import type { BackupFact, PreflightFacts, SourceFacts } from './preflight-facts';
import { toOffer, toQuestionKey, toSource } from './preflight-questions';

const MB = 1024 * 1024;

/** Status of a backup set that is complete, and of one that becomes so (DescribeBackups, SDK 6.4.0). */
const COMPLETE = 'Success';
const IN_THE_MAKING = 'Running';

/**
 * Whether what a group begins with is there: the source, and its backup set.
 *
 * @returns nothing for a group that begins empty
 */
export function checkSource(facts: PreflightFacts, group: Group): readonly PreflightCheck[] {
  const source = toSource(group);
  if (source === null) return [];
  const found = findSource(facts, group);
  const instance = checkInstance(group, found);
  return source.backupId === null ? [instance] : [instance, checkBackup(source.backupId, found)];
}

/**
 * Whether a placement's class holds the data of the source. A set is kept compressed, so that the
 * capacity of its source says more.
 */
export function checkCapacity(
  facts: PreflightFacts,
  group: Group,
  placement: Placement,
): readonly PreflightCheck[] {
  if (toSource(group) === null) return [];
  const found = findSource(facts, group);
  const key = toQuestionKey(toOffer(group, placement));
  const sale = facts.sales.find(({ question }) => toQuestionKey(question) === key)?.fact;
  const hasMb = sale?.kind === 'known' ? (sale.value.capacityMb ?? null) : null;
  const wantedMb = toWantedMb(found);
  if (hasMb === null || wantedMb === null) {
    const message = 'nobody tells whether the data has room: compare the class with the source.';
    return [{ about: 'capacity', verdict: 'unknown', message }];
  }
  if (hasMb >= wantedMb) {
    const message = `${hasMb} MB hold the data of the source.`;
    return [{ about: 'capacity', verdict: 'ok', message }];
  }
  const message = `it has ${hasMb} MB, and the source up to ${wantedMb}: take a larger class unless the data is known to be small.`;
  return [{ about: 'capacity', verdict: 'warning', message }];
}

function findSource({ sources = [] }: PreflightFacts, group: Group): SourceFacts | undefined {
  const key = toQuestionKey(toSource(group) ?? {});
  return sources.find(({ question }) => toQuestionKey(question) === key);
}

function checkInstance({ spec }: Group, found: SourceFacts | undefined): PreflightCheck {
  if (found?.instance.kind !== 'known') return toUnknownCheck('source', found?.instance);
  const id = found.question.sourceInstanceId;
  const living = found.instance.value;
  if (living !== null && spec.rebuildInstance) {
    const message = `${id} lives (${living.status}): only what was released can be rebuilt.`;
    return { about: 'source', verdict: 'impossible', message };
  }
  if (living !== null) return { about: 'source', verdict: 'ok', message: `${id} is there.` };
  const message = `${id} does not live in ${found.question.region}: it must be in the recycle bin, where no call can look.`;
  return { about: 'source', verdict: spec.rebuildInstance ? 'unknown' : 'warning', message };
}

function checkBackup(backupId: string, found: SourceFacts | undefined): PreflightCheck {
  if (found?.backup?.kind !== 'known') return toUnknownCheck('backup', found?.backup);
  const backup = found.backup.value;
  const id = found.question.sourceInstanceId;
  if (backup === null) {
    const message = `${id} has no backup set ${backupId}: take one of DescribeBackups.`;
    return { about: 'backup', verdict: 'impossible', message };
  }
  return checkStatus(backupId, backup);
}

function checkStatus(backupId: string, { status }: BackupFact): PreflightCheck {
  if (status === COMPLETE) {
    return { about: 'backup', verdict: 'ok', message: `backup set ${backupId} is complete.` };
  }
  const verdict = status === IN_THE_MAKING ? 'warning' : 'impossible';
  const next = status === IN_THE_MAKING ? 'wait until it is complete' : 'take another one';
  return { about: 'backup', verdict, message: `backup set ${backupId} is ${status}: ${next}.` };
}

/** What surely holds the data: as much as its source, or more where the set alone is larger. */
function toWantedMb(found: SourceFacts | undefined): number | null {
  const instance = found?.instance.kind === 'known' ? found.instance.value : null;
  const backup = found?.backup?.kind === 'known' ? found.backup.value : null;
  const sizes = [
    instance?.capacityMb ?? null,
    backup?.sizeBytes == null ? null : Math.ceil(backup.sizeBytes / MB),
  ].filter((size) => size !== null);
  return sizes.length === 0 ? null : Math.max(...sizes);
}
