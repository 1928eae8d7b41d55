import { formatDuration } from '../../../domain/duration';
import type { ResultDocument } from '../../../domain/result';
import type { FinishedBatch } from '../../../service/read-result';
import type { Colors } from '../../cli-io';
import { formatCount, formatCountOf } from './numbers';
import { toTable } from './table';

/**
 * A final document for people: the outcome, a row per group, what went wrong, where the files are.
 *
 * @param finished - the document and where it lies
 * @param colors - colours of the stream it is written to
 */
export function toResultLines(finished: FinishedBatch, colors: Colors): string[] {
  const { document } = finished;
  return [
    toHeadline(document, colors),
    '',
    ...toGroupTable(document),
    '',
    ...toAccountLines(document),
    ...(finished.location === null ? [] : [`result     ${finished.location}`]),
    ...toInstancesLine(finished),
  ];
}

/**
 * What somebody can do after the end.
 *
 * @param document - the final document
 */
export function toResultNextStep(document: ResultDocument): string {
  const name = `${document.tenant}/${document.batchId}`;
  const { counts } = document;
  if (counts.orphans > 0) {
    return `Nobody owns ${formatCountOf(counts.orphans, 'instance')} listed as orphans: look at them before you release them.`;
  }
  if (counts.ready < counts.slots) {
    return `Once the cause is gone, "tairfleet retry ${name}" buys exactly what is missing.`;
  }
  return `All instances are ready: "tairfleet result ${name} --json" gives the document.`;
}

function toHeadline(document: ResultDocument, colors: Colors): string {
  const tookMs = Date.parse(document.finishedAt) - Date.parse(document.startedAt);
  const paint = document.outcome === 'succeeded' ? colors.green : colors.yellow;
  const generation = document.generation === 0 ? '' : `, generation ${document.generation}`;
  return `${document.tenant}/${document.batchId}  ${paint(document.outcome)} in ${formatDuration(tookMs)}${generation}`;
}

function toGroupTable(document: ResultDocument): string[] {
  const { counts } = document;
  const rows = document.groups.map(({ name, slots, ready, failed }) => [
    name,
    slots,
    ready,
    failed,
    slots - ready - failed,
  ]);
  const missing = counts.slots - counts.ready - counts.failed;
  const total = ['total', counts.slots, counts.ready, counts.failed, missing];
  return toTable([
    ['group', 'slots', 'ready', 'failed', 'missing'],
    ...rows,
    ...(rows.length > 1 ? [total] : []),
  ]);
}

function toAccountLines(document: ResultDocument): string[] {
  return [
    `API calls  ${toCountList(document.apiCalls)}`,
    `retries    ${toCountList(document.retries)}`,
    ...document.parked.map(
      ({ chunk, slots, code, nextStep }) =>
        `parked     ${chunk}, ${formatCountOf(slots, 'slot')}: ${code}. ${nextStep}`,
    ),
    ...document.orphans.map(({ id, name, status }) => `orphan     ${id} (${name}, ${status})`),
    ...toOmitted(document.omitted?.orphans ?? 0),
    ...document.missing.map((id) => `gone       ${id} was bought and is no longer found`),
  ];
}

function toInstancesLine({ document, instancesLocation }: FinishedBatch): string[] {
  const location = instancesLocation ?? document.instancesUrl ?? null;
  return location === null ? [] : [`instances  ${location}`];
}

/**
 * `CreateInstances 14, DescribeInstances 120`, the largest first.
 *
 * @param counts - counts by name
 */
export function toCountList(counts: Readonly<Record<string, number>>): string {
  const entries = Object.entries(counts).filter(([, count]) => count > 0);
  if (entries.length === 0) return 'none';
  return entries
    .sort(([, left], [, right]) => right - left)
    .map(([name, count]) => `${name} ${formatCount(count)}`)
    .join(', ');
}

function toOmitted(orphans: number): string[] {
  return orphans === 0 ? [] : [`           … and ${formatCount(orphans)} more`];
}
