import { countSlots } from './batch-request';
import type { BatchRequest, Group } from './batch-request';
import { formatDuration } from './duration';

/** What somebody should know before a batch is submitted. */
export interface PlanWarning {
  /** Stable; listed in docs/cli.md. */
  readonly code: PlanWarningCode;
  /** Group it is about; absent for the whole batch. */
  readonly group?: string;
  /** What will happen, and what can be done, in a sentence. */
  readonly message: string;
}

/** Codes of {@link PlanWarning}; stable, since scripts read them. */
export type PlanWarningCode =
  | 'too-many-slots'
  | 'prepaid-not-allowed'
  | 'prepaid'
  | 'pays-at-once'
  | 'unpaid-order'
  | 'auto-renew'
  | 'single-placement'
  | 'fewer-count-as-success'
  | 'none-count-as-success'
  | 'deadline-too-short';

/** What a plan is judged by. */
export interface WarningSettings {
  /** Largest batch that the worker's guard lets in. */
  readonly slotsPerBatchMax: number;
  readonly isPrepaidAllowed: boolean;
  /** How long a lost answer rests before it is looked up, ms (rule R5). */
  readonly settleTimeMs: number;
}

/** Warnings that say that the worker would refuse the batch. */
const REFUSALS: ReadonlySet<string> = new Set<PlanWarningCode>([
  'too-many-slots',
  'prepaid-not-allowed',
]);

/** Whether the worker would refuse the batch for this. */
export function isRefusal({ code }: { readonly code: string }): boolean {
  return REFUSALS.has(code);
}

/**
 * Everything about a request that is allowed and may still surprise.
 *
 * @param request - the checked request
 * @param settings - guards and waits of the worker, as far as they are known here
 */
export function listPlanWarnings(
  request: BatchRequest,
  settings: WarningSettings,
): readonly PlanWarning[] {
  return [
    ...warnOfSize(request, settings),
    ...request.groups.flatMap((group) => warnOfGroup(group, settings)),
    ...warnOfPolicy(request, settings),
  ];
}

function warnOfSize(
  request: BatchRequest,
  { slotsPerBatchMax }: WarningSettings,
): readonly PlanWarning[] {
  const slots = countSlots(request);
  if (slots <= slotsPerBatchMax) return [];
  const message =
    `${format(slots)} instances are more than this installation lets in at once ` +
    `(guards.slotsPerBatchMax is ${format(slotsPerBatchMax)}): split the batch, or have it raised.`;
  return [{ code: 'too-many-slots', message }];
}

function warnOfGroup(group: Group, settings: WarningSettings): readonly PlanWarning[] {
  const warnings = [...warnOfCharge(group, settings)];
  if (group.placements.length === 1) {
    const { zone } = group.placements[0]!;
    const message = `has one placement: when ${zone} is sold out, it waits. A second one would be tried at once.`;
    warnings.push({ code: 'single-placement', group: group.name, message });
  }
  return warnings;
}

function warnOfCharge(group: Group, { isPrepaidAllowed }: WarningSettings): PlanWarning[] {
  const { name, count, spec } = group;
  if (spec.chargeType !== 'PrePaid') return [];
  const months = `${spec.periodMonths ?? 0} month${spec.periodMonths === 1 ? '' : 's'}`;
  const warn = (code: PlanWarningCode, message: string): PlanWarning => ({
    code,
    group: name,
    message,
  });
  return [
    ...(isPrepaidAllowed
      ? []
      : [
          warn(
            'prepaid-not-allowed',
            'is PrePaid, which is off in this installation (guards.prepaidAllowed): use PostPaid, or have it enabled.',
          ),
        ]),
    warn(
      'prepaid',
      `is PrePaid: ${format(count)} instances for ${months} each, which cannot be given back.`,
    ),
    spec.autoPay
      ? warn('pays-at-once', 'pays every order at once (autoPay: true).')
      : warn(
          'unpaid-order',
          'leaves its orders unpaid (autoPay: false): its chunks park until they are paid in the console.',
        ),
    ...(spec.autoRenew
      ? [warn('auto-renew', 'renews itself and pays again at the end of its period.')]
      : []),
  ];
}

function warnOfPolicy(
  { policy, groups }: BatchRequest,
  { settleTimeMs }: WarningSettings,
): readonly PlanWarning[] {
  const slots = countSlots({ groups });
  const needed = Math.ceil(slots * policy.minReadyShare);
  const warnings: PlanWarning[] = [];
  if (needed === 0) {
    const message = 'policy.minReady is 0%: the batch succeeds even when nothing is ready.';
    warnings.push({ code: 'none-count-as-success', message });
  } else if (needed < slots) {
    const message = `policy.minReady lets it succeed with ${format(needed)} of ${format(slots)} ready; the rest is listed in the result.`;
    warnings.push({ code: 'fewer-count-as-success', message });
  }
  const longest = Math.max(settleTimeMs, policy.readyDeadlineMs);
  if (policy.deadlineMs < longest) {
    const what =
      settleTimeMs > policy.readyDeadlineMs
        ? `the ${formatDuration(settleTimeMs)} that a lost answer rests before it is looked up`
        : `policy.readyDeadline (${formatDuration(policy.readyDeadlineMs)})`;
    const message = `policy.deadline (${formatDuration(policy.deadlineMs)}) is shorter than ${what}: what is open then parks.`;
    warnings.push({ code: 'deadline-too-short', message });
  }
  return warnings;
}

function format(count: number): string {
  return count.toLocaleString('en-US');
}
