import type { AdmitAnswer, AdmitInput } from '../contract/activity-types';
import { FAILURES } from '../contract/failure-types';
import type { GroupPrice } from '../domain/batch-price';
import type { BatchRequest } from '../domain/batch-request';
import type { FrozenPlan } from '../domain/frozen-plan';
import { createFrozenPlan } from '../domain/plan-settings';
import type { Refusal } from '../domain/refusal';
import type { StoredResult } from '../outbound/result-store';
import type { ActivityDependencies, ListedRun } from './dependencies';
import { checkDoor } from './door';
import { toRetryable } from './failures';
import { withHeartbeat } from './heartbeat';
import { currentRunId, currentWorkflowId } from './moment';
import { checkRelease } from './release-guard';

/** What is known of a batch that was let in before; nulls for one that was not. */
interface Known {
  readonly frozen: FrozenPlan | null;
  readonly prices: readonly GroupPrice[] | null;
}

/**
 * Lets a batch in: the worker's guards, the plan that is fixed for this batch id (rule R11), and the
 * generation (rule R10). An earlier run's plan wins over today's config, since names and tokens
 * depend on it.
 */
export function createAdmit(dependencies: ActivityDependencies) {
  const { results, runs } = dependencies;
  return (input: AdmitInput): Promise<AdmitAnswer> =>
    withHeartbeat(async ({ signal }) => {
      const { tenant, batchId } = input.request;
      const listed = await runs.listRuns(currentWorkflowId());
      if (!listed.some((run) => run.runId === currentRunId())) {
        throw toRetryable(
          FAILURES.runNotListed,
          'the list of runs does not show this run yet, so it may hide earlier ones; tried again',
        );
      }
      const stored = await results.list({ tenant, batchId });
      return admit(dependencies, { input, stored, known: toKnown(listed, stored), signal });
    });
}

interface Candidate {
  readonly input: AdmitInput;
  /** The documents of the batch. */
  readonly stored: readonly StoredResult[];
  readonly known: Known;
  readonly signal: AbortSignal;
}

async function admit(
  dependencies: ActivityDependencies,
  { input, stored, known, signal }: Candidate,
): Promise<AdmitAnswer> {
  const { request, firstExecutionRunId } = input;
  const released = await checkRelease(dependencies, request, stored);
  if (released !== null) return { kind: 'refused', refusal: released };
  const frozen = fixPlan(dependencies, input, known.frozen);
  if ('code' in frozen) return { kind: 'refused', refusal: frozen };
  let { prices } = known;
  if (known.frozen === null) {
    const verdict = await checkDoor(dependencies, { request, account: frozen.account, signal });
    if (verdict.kind === 'refused') return verdict;
    ({ prices } = verdict);
  }
  const generation = stored.filter(
    ({ document }) => document.firstRunId !== firstExecutionRunId,
  ).length;
  const { tuning } = dependencies;
  return { kind: 'admitted', frozen, generation, tuning, ...(prices === null ? {} : { prices }) };
}

function toKnown(listed: readonly ListedRun[], stored: readonly StoredResult[]): Known {
  const latest = stored.at(-1)?.document;
  const run = listed.find(({ frozen }) => frozen !== null);
  const frozen = run?.frozen ?? (latest?.frozen as FrozenPlan | undefined) ?? null;
  return { frozen, prices: run?.prices ?? latest?.prices ?? null };
}

/** The plan of the batch, or why there is none. */
function fixPlan(
  dependencies: ActivityDependencies,
  { request, requestHash, frozen: submitted }: AdmitInput,
  known: FrozenPlan | null,
): FrozenPlan | Refusal {
  const { plan } = dependencies;
  const frozen = known ?? submitted ?? createFrozenPlan(plan, request, requestHash);
  if (frozen === null) return toAccountRefusal(dependencies, request);
  if (frozen.requestHash !== requestHash) return PLAN_CONFLICT;
  return plan.accounts.includes(frozen.account) ? frozen : toAccountRefusal(dependencies, request);
}

const PLAN_CONFLICT: Refusal = {
  class: 'conflict',
  code: 'plan-conflict',
  message:
    'another request is known under this batch id; submit the original one, or choose a new batch id',
};

function toAccountRefusal({ plan }: ActivityDependencies, request: BatchRequest): Refusal {
  const known = plan.accounts.join(', ');
  return {
    class: 'denied',
    code: 'unknown-account',
    message:
      request.account === undefined
        ? `several accounts are configured (${known}); name one in the request's 'account'`
        : `the worker knows no account '${request.account}'; it knows ${known}`,
  };
}
