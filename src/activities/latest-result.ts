import { activityInfo } from '@temporalio/activity';
import type { ConfirmedResult } from '../contract/operation-types';
import { toWorkflowId } from '../contract/workflow-id';
import type { FrozenPlan } from '../domain/frozen-plan';
import { toIdentityCode } from '../domain/identity';
import { toBatchTag } from '../domain/names';
import type { ResultDocument } from '../domain/result';
import type { BatchKey, StoredResult } from '../outbound/result-store';
import type { ActivityDependencies } from './dependencies';
import { toOperationRefused } from './failures';

/** An ended batch: its latest document, and what its instances are found by. */
export interface EndedBatch {
  readonly document: ResultDocument;
  /** Where the document lies. */
  readonly location: string;
  readonly frozen: FrozenPlan;
  /** The part of the names that all its instances have in common. */
  readonly nameTag: string;
}

/**
 * The latest document of a batch that has ended. Nothing is changed while a run of it is open, which
 * would buy again, or adopt, what is being taken away; but for that run itself, once it buys no more.
 *
 * @throws a failure of type OperationRefused that says what to do
 */
export async function readEndedBatch(
  dependencies: ActivityDependencies,
  key: BatchKey,
): Promise<EndedBatch> {
  const workflowId = toWorkflowId(key.tenant, key.batchId);
  const isByItself = activityInfo().workflowExecution?.workflowId === workflowId;
  if (!isByItself && !(await dependencies.runs.hasEnded(workflowId))) {
    throw toOperationRefused(
      `the batch ${key.tenant}/${key.batchId} is running; wait for its end, or cancel it first`,
    );
  }
  return readLatestBatch(dependencies, key);
}

/**
 * As {@link readEndedBatch}, whether a run of it is open or not.
 *
 * @throws a failure of type OperationRefused that says what to do
 */
export async function readLatestBatch(
  { results, plan }: Pick<ActivityDependencies, 'results' | 'plan'>,
  key: BatchKey,
): Promise<EndedBatch> {
  const name = `${key.tenant}/${key.batchId}`;
  const stored = (await results.list(key)).at(-1);
  if (stored === undefined) {
    throw toOperationRefused(
      `the batch ${name} has no result in this worker's store; run it to its end first`,
    );
  }
  if (!plan.accounts.includes(stored.document.account)) {
    throw toOperationRefused(
      `the batch ${name} belongs to the account '${stored.document.account}', which this worker ` +
        'does not have; add it to the configuration',
    );
  }
  return toEndedBatch(stored);
}

/**
 * As {@link readEndedBatch}, and refuses when the document has changed since somebody looked at it.
 */
export async function readConfirmedBatch(
  dependencies: ActivityDependencies,
  confirmed: ConfirmedResult,
): Promise<EndedBatch> {
  const batch = await readEndedBatch(dependencies, confirmed);
  const { generation, revision } = batch.document;
  if (generation === confirmed.generation && revision === confirmed.revision) return batch;
  throw toOperationRefused(
    `the result of ${confirmed.tenant}/${confirmed.batchId} has changed since it was looked at; ` +
      'look at it again',
  );
}

function toEndedBatch({ document, location }: StoredResult): EndedBatch {
  const frozen = document.frozen as FrozenPlan;
  const { tenant, batchId } = document;
  const { installationId, account } = frozen;
  const code = toIdentityCode({ installationId, account, tenant, batchId });
  return { document, location, frozen, nameTag: toBatchTag(code) };
}
