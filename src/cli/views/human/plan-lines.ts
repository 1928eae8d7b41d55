import type { PlannedChunk } from '../../../domain/batch-plan';
import type { BatchPolicy, Group } from '../../../domain/batch-request';
import { formatDuration } from '../../../domain/duration';
import { isRefusal } from '../../../domain/plan-warnings';
import type { Colors } from '../../cli-io';
import type { BatchPreview } from '../../../service/batch-preview';
import { formatCount, formatCountOf } from './numbers';
import { toTable } from './table';

/** Characters of a token that tell tokens apart at a glance; `--json` has all of them. */
const TOKEN_SHOWN = 13;

/**
 * A plan for people: what would be ordered, in which calls, under which names, and what may surprise.
 *
 * @param preview - the plan
 * @param colors - colours of the stream it is written to
 */
export function toPlanLines(preview: BatchPreview, colors: Colors): string[] {
  const { request, plan } = preview;
  const name = colors.bold(`${request.tenant}/${request.batchId}`);
  const calls = formatCountOf(plan.chunks, 'create call');
  const warnings = toWarningLines(preview, colors);
  return [
    `${name}  ${formatCountOf(plan.slots, 'instance')} in ${calls}`,
    '',
    ...toGroupTable(preview),
    '',
    ...toChunkTable(preview, colors),
    '',
    ...toSummaryLines(preview),
    ...(warnings.length === 0 ? [] : ['', ...warnings]),
  ];
}

/**
 * What would happen, in a sentence.
 *
 * @param preview - the plan
 * @param file - what to apply: the request, or the plan that was saved
 */
export function toPlanNextStep({ known, plan }: BatchPreview, file: string): string {
  if (known.kind === 'same') {
    return `Nothing to do: the batch was submitted with this request (${known.status}).`;
  }
  const order = `"tairfleet apply ${file}" orders ${formatCountOf(plan.slots, 'instance')}`;
  if (known.kind === 'new') return `Nothing was sent. ${order}.`;
  return `Nothing was sent. ${order}, unless the batch exists: ${known.why}`.replace(/\.?$/, '.');
}

function toGroupTable({ request, plan }: BatchPreview): string[] {
  const rows = request.groups.map((group, index) => [
    group.name,
    group.count,
    plan.groups[index]?.chunks ?? 0,
    group.spec.instanceClass ?? `${formatCount(group.spec.capacityMb ?? 0)} MB`,
    toChargeText(group),
    toPlacementText(group),
  ]);
  return toTable([['group', 'slots', 'calls', 'class', 'charge', 'placements'], ...rows]);
}

function toChargeText({ spec }: Group): string {
  return spec.chargeType === 'PrePaid' ? `PrePaid, ${spec.periodMonths ?? 0} months` : 'PostPaid';
}

function toPlacementText({ placements, maxPrice }: Group): string {
  return placements
    .map(({ zone, instanceClass, maxPrice: own = maxPrice }) => {
      const notes = [instanceClass, own === undefined ? undefined : `at most ${own}`];
      const written = notes.filter((note) => note !== undefined).join(', ');
      return written === '' ? zone : `${zone} (${written})`;
    })
    .join(', then ');
}

function toChunkTable({ chunks, plan }: BatchPreview, colors: Colors): string[] {
  const table = toTable([
    ['chunk', 'slots', 'zone', 'instance name', 'token'],
    ...chunks.map((chunk) => [
      chunk.chunk,
      chunk.slots,
      chunk.zone,
      chunk.name,
      toTokenText(chunk),
    ]),
  ]);
  const unlisted = plan.chunks - chunks.length;
  if (unlisted === 0) return table;
  return [...table, colors.dim(`… and ${formatCount(unlisted)} more; --all lists them`)];
}

function toTokenText({ token }: PlannedChunk): string {
  return `${token.slice(0, TOKEN_SHOWN)}…`;
}

function toSummaryLines({ request, frozen, source, plan }: BatchPreview): string[] {
  const { minReadyShare, readyDeadlineMs, deadlineMs } = request.policy;
  const share = `${Math.round(minReadyShare * 1_000) / 10}%`;
  const approval = toApprovalText(request.policy);
  const looks = formatCount(plan.calls.DescribeInstances);
  return [
    `calls      CreateInstances ${formatCount(plan.calls.CreateInstances)}, DescribeInstances at least ${looks}`,
    `shards     ${formatCount(plan.shards)} of up to ${formatCount(frozen.shardSlots)} slots, ${formatCount(frozen.chunkSlots)} a call`,
    `account    ${frozen.account}, installation ${frozen.installationId} (from ${source})`,
    `success    ${share} ready, each within ${formatDuration(readyDeadlineMs)}; ends after ${formatDuration(deadlineMs)}`,
    ...(approval === null ? [] : [`approval   ${approval}`]),
  ];
}

/** What makes the batch wait for a person; null: nothing. */
function toApprovalText({ approvalAbove, approvalAbovePrice }: BatchPolicy): string | null {
  const limits = [
    ...(approvalAbove === undefined ? [] : [`${formatCount(approvalAbove)} instances`]),
    ...(approvalAbovePrice === undefined ? [] : [`${approvalAbovePrice} for the first hour`]),
  ];
  return limits.length === 0 ? null : `above ${limits.join(', or above ')}`;
}

function toWarningLines({ warnings }: BatchPreview, colors: Colors): string[] {
  return warnings.map((warning) => {
    const label = isRefusal(warning) ? colors.red('refused') : colors.yellow('warning');
    const group = warning.group === undefined ? '' : `${warning.group} `;
    return `${label}    ${group}${warning.message}`;
  });
}
